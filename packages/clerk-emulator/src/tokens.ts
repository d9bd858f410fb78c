import {
  type CryptoKey,
  decodeJwt,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import type { KeptKey } from './kept-state.ts';
import { generateId } from './state/ids.ts';

/** Marks a JWT's class in its header; `authenticateRequest` of `@clerk/backend` looks at it. */
const CATEGORY = { session: 'cl_B7d4PD111AAA', template: 'cl_B7d4PD222AAA' } as const;

export type TokenCategory = keyof typeof CATEGORY;

const NOT_BEFORE_LEEWAY_SECONDS = 10;

export interface TokenSigner {
  /** PEM (SPKI), RSA-2048: `@clerk/backend` reads no other size from a PEM. */
  publicKeyPem: string;
  jwks: { keys: JWK[] };
  /** What makes the same signer again. */
  key: KeptKey;
  /** Adds `iat`, `exp`, `nbf` and `jti`. `now` is in Unix ms. */
  signToken(
    category: TokenCategory,
    claims: Record<string, unknown>,
    now: number,
    lifetimeSeconds: number,
  ): Promise<string>;
  /** A JWT without expiry: the client JWT and the dev browser. */
  signCredential(claims: Record<string, unknown>): Promise<string>;
}

/** Makes the instance's RSA key, or takes that of an earlier run, and the functions that sign with it. */
export async function createTokenSigner(kept?: KeptKey): Promise<TokenSigner> {
  const { privateKey, publicKey } = kept
    ? await importKeyPair(kept.privateKey)
    : await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const kid = kept?.kid ?? generateId('ins');
  const jwk = { ...(await exportJWK(publicKey)), use: 'sig', alg: 'RS256', kid };

  return {
    publicKeyPem: await exportSPKI(publicKey),
    jwks: { keys: [jwk] },
    key: { privateKey: await exportJWK(privateKey), kid },
    signToken(category, claims, now, lifetimeSeconds) {
      const iat = Math.floor(now / 1000);
      // oiat decides which of two tokens is fresher; clerk-js drops a token that lacks it.
      const header = { alg: 'RS256', typ: 'JWT', kid, cat: CATEGORY[category], oiat: iat };
      const times = { iat, nbf: iat - NOT_BEFORE_LEEWAY_SECONDS, exp: iat + lifetimeSeconds };
      const payload = { ...claims, ...times, jti: crypto.randomUUID().replaceAll('-', '') };
      return new SignJWT(payload).setProtectedHeader(header).sign(privateKey);
    },
    signCredential(claims) {
      return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid }).sign(privateKey);
    },
  };
}

async function importKeyPair(jwk: JWK): Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> {
  const { kty, n, e } = jwk;
  const keys = [jwk, { kty, n, e } as JWK].map((one) => importJWK(one, 'RS256', { extractable: true }));
  const [privateKey, publicKey] = await Promise.all(keys);
  return { privateKey: privateKey as CryptoKey, publicKey: publicKey as CryptoKey };
}

/** What a token says, unchecked; `null` when it is no token. */
export function unverifiedClaims(token: string): JWTPayload | null {
  try {
    return decodeJwt(token);
  } catch {
    return null;
  }
}
