import { createPublicKey } from 'node:crypto';
import {
  isDevelopmentFromPublishableKey,
  isDevelopmentFromSecretKey,
  isPublishableKey,
} from '@clerk/shared/keys';
import { type Parties, parseParties } from './access/parties.ts';
import { StartError } from './http/start-error.ts';

/** All that the server is told by its environment. */
export interface Config {
  /** 0: a free one. */
  port: number;
  publishableKey: string;
  secretKey: string;
  /** PEM of the key that session tokens are verified by, without a network. */
  jwtKey: string;
  /** Of the webhook endpoint; without it webhooks are refused. */
  webhookSigningSecret: string | null;
  /** Whose session tokens count. */
  parties: Parties;
  /** A file; made when it is not there. */
  database: string;
  /** Where Clerk's Backend API is. `null`: Clerk's own. */
  apiUrl: string | null;
}

type Environment = Record<string, string | undefined>;

const DEFAULT_PORT = 3000;
const DEFAULT_DATABASE = 'notes.sqlite';

/**
 * Reads the settings.
 * @throws {StartError} with one sentence for each variable that is missing or wrong; no secret is in it.
 */
export function readConfig(env: Environment): Config {
  const problems: string[] = [];
  const read = <T>(name: string, parse: (value: string | null) => T): T => {
    try {
      return parse(env[name]?.trim() || null);
    } catch (error) {
      problems.push(`${name} ${(error as Error).message}`);
      return undefined as T;
    }
  };
  const config: Config = {
    port: read('PORT', parsePort),
    publishableKey: read('CLERK_PUBLISHABLE_KEY', parsePublishableKey),
    secretKey: read('CLERK_SECRET_KEY', (value) => parseSecretKey(value, env.CLERK_PUBLISHABLE_KEY)),
    jwtKey: read('CLERK_JWT_KEY', parseJwtKey),
    webhookSigningSecret: read('CLERK_WEBHOOK_SIGNING_SECRET', parseSigningSecret),
    parties: read('AUTHORIZED_PARTIES', parseParties),
    database: env.DATABASE?.trim() || DEFAULT_DATABASE,
    apiUrl: read('CLERK_API_URL', parseApiUrl),
  };
  if (problems.length > 0) throw new StartError(problems.join('\n'));
  return config;
}

function parsePort(value: string | null): number {
  if (value === null) return DEFAULT_PORT;
  const port = Number(value);
  if (/^\d+$/.test(value) && port <= 65_535) return port;
  throw new Error(`must be a number from 0 (a free port) to 65535, got "${value}".`);
}

function parsePublishableKey(value: string | null): string {
  if (value === null) throw new Error('is not set. It is on the page "API keys" of Clerk’s dashboard: pk_…');
  if (isPublishableKey(value)) return value;
  throw new Error(`must be a publishable key, pk_test_… or pk_live_…, got "${value}".`);
}

function parseSecretKey(value: string | null, publishableKey = ''): string {
  if (value === null) throw new Error('is not set. It is on the page "API keys" of Clerk’s dashboard: sk_…');
  if (!/^sk_(test|live)_\S+$/.test(value)) throw new Error('must be a secret key, sk_test_… or sk_live_….');
  if (isDevelopmentFromSecretKey(value) !== isDevelopmentFromPublishableKey(publishableKey.trim()))
    throw new Error('and CLERK_PUBLISHABLE_KEY are of two instances: one says "test", the other "live".');
  return value;
}

function parseJwtKey(value: string | null): string {
  if (value === null)
    throw new Error(
      'is not set. It is on the page "API keys" of Clerk’s dashboard, "JWKS Public Key", as a PEM.',
    );
  const pem = withLineEnds(value);
  if (pem !== null && isRsa2048(pem)) return pem;
  throw new Error(
    'must be the public key as a PEM: "-----BEGIN PUBLIC KEY-----", lines of base64, "-----END PUBLIC KEY-----".',
  );
}

/** Files and hosts that keep a variable on one line write line ends as `\n`, or leave them out. */
function withLineEnds(value: string): string | null {
  const base64 = /^-----BEGIN PUBLIC KEY-----(.+)-----END PUBLIC KEY-----(\\n)?$/s.exec(value)?.[1];
  const lines = base64?.replaceAll(/\\n|\s/g, '').match(/.{1,64}/g);
  return lines ? `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n` : null;
}

/** The only size that `@clerk/backend` reads from a PEM. */
function isRsa2048(pem: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(pem);
    return asymmetricKeyType === 'rsa' && asymmetricKeyDetails?.modulusLength === 2048;
  } catch {
    return false;
  }
}

function parseSigningSecret(value: string | null): string | null {
  if (value === null || /^whsec_[A-Za-z0-9+/]{16,}={0,2}$/.test(value)) return value;
  throw new Error('must be the signing secret of a webhook endpoint, whsec_….');
}

function parseApiUrl(value: string | null): string | null {
  if (value === null) return null;
  const url = URL.parse(value);
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search) return url.origin;
  throw new Error(`must be an address like http://127.0.0.1:8444, without a path, got "${value}".`);
}
