import { createPublicKey } from 'node:crypto';
import type { ConfigEnv, UserManifest } from 'wxt';
import { parseStripOrigin, STRIP_ORIGIN_VARIABLE } from '../shared/strip-origin.ts';
import { withPermissions } from './manifest.ts';

/** Base64 of the public half of an RSA key (DER, SPKI), from which Chrome derives the extension's id. */
export const CRX_PUBLIC_KEY_VARIABLE = 'WXT_CRX_PUBLIC_KEY';

/** What `WXT_STRIP_ORIGIN=true` asks for. */
export const STRIP_ORIGIN_PERMISSION = 'declarativeNetRequestWithHostAccess' as const;

type Environment = Record<string, string | undefined>;

/**
 * Adds to a manifest what variables of the environment ask for.
 *
 * - `WXT_STRIP_ORIGIN=true`: the permission that `parseStripOrigin` speaks of.
 * - `WXT_CRX_PUBLIC_KEY`: Chrome's `key`, for an id that stays the same on every computer. Only in development mode and
 *   in builds of another mode than production (`npm run build -- --mode test`): the Chrome Web Store refuses it.
 *
 * @throws {Error} For a value that is neither, naming the variable.
 */
export function withBuildOptions(
  manifest: UserManifest,
  { browser, command, mode }: ConfigEnv,
  environment: Environment,
): UserManifest {
  const stripsOrigin = parseStripOrigin(environment[STRIP_ORIGIN_VARIABLE]);
  const permissions = stripsOrigin ? [STRIP_ORIGIN_PERMISSION] : [];
  const isForStore = command === 'build' && mode === 'production';
  const key = isForStore || browser === 'firefox' ? null : readCrxPublicKey(environment);
  return { ...withPermissions(manifest, { permissions }), ...(key === null ? {} : { key }) };
}

/** @throws {Error} When the variable is set to something else than such a key. */
export function readCrxPublicKey(environment: Environment): string | null {
  const seen = environment[CRX_PUBLIC_KEY_VARIABLE]?.trim() ?? '';
  if (seen === '') return null;
  if (isRsaPublicKey(seen)) return seen;
  throw new Error(
    `${CRX_PUBLIC_KEY_VARIABLE} is not the base64 of an RSA public key (DER, SPKI). ` +
      'Make one with "npx --no-install wxt-clerk crx-key", or delete the variable from .env.local.',
  );
}

function isRsaPublicKey(base64: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return false;
  try {
    const key = Buffer.from(base64, 'base64');
    return createPublicKey({ key, format: 'der', type: 'spki' }).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
