import { exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';

type Json = Record<string, unknown>;

/** The parts of a token, read without a look at its signature. */
export function partsOf(token: string): { header: Json; claims: Json; signature: string } {
  const [header = '', claims = '', signature = ''] = token.split('.');
  return { header: decode(header), claims: decode(claims), signature };
}

/** A token with other words under the signature it had. */
export function rewrite(
  token: string,
  { header = {}, claims = {} }: { header?: Json; claims?: Json },
): string {
  const parts = partsOf(token);
  return [
    encode({ ...parts.header, ...header }),
    encode({ ...parts.claims, ...claims }),
    parts.signature,
  ].join('.');
}

/** The same words, unsigned. */
export function unsigned(token: string): string {
  return new UnsecuredJWT(partsOf(token).claims).encode();
}

/** The same words, signed with the public key as if it were a secret. */
export function signedWithPublicKey(token: string, jwtKey: string): Promise<string> {
  const { header, claims } = partsOf(token);
  return new SignJWT(claims)
    .setProtectedHeader({ ...header, alg: 'HS256' })
    .sign(new TextEncoder().encode(jwtKey));
}

/** The same words, signed by somebody who made a key of their own, and put it into the header where `withKey` says so. */
export async function signedByStranger(token: string, header: Json = {}): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const parts = partsOf(token);
  return new SignJWT(parts.claims)
    .setProtectedHeader({ ...parts.header, alg: 'RS256', ...header })
    .sign(privateKey);
}

/** An instance whose tokens say what the test wants, with the key that belongs to it. */
export async function createMint() {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048 });
  return {
    jwtKey: await exportSPKI(publicKey),
    mint: (like: string, { header = {}, claims = {} }: { header?: Json; claims?: Json } = {}) => {
      const parts = partsOf(like);
      return new SignJWT({ ...parts.claims, ...claims })
        .setProtectedHeader({ ...parts.header, alg: 'RS256', ...header })
        .sign(privateKey);
    },
  };
}

function decode(part: string): Json {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}

function encode(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
