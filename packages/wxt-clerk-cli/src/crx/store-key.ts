import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { CRX_PUBLIC_KEY_VARIABLE } from 'wxt-clerk/build';
import { invocationOf } from '../command-line.ts';
import { withVariable } from './env-file.ts';
import { extensionIdOfKey } from './extension-id.ts';
import type { CrxKey } from './key-pair.ts';

/** Both are ignored by git. */
export const PRIVATE_KEY_FILE = '.keys/crx.pem';
export const PUBLIC_KEY_FILE = '.env.local';

/**
 * Writes the private half where only its owner reads it, and the public half into `.env.local`.
 *
 * @throws {Error} When there is a key already and `replace` is false.
 */
export async function storeKey(
  { privateKey, publicKey }: CrxKey,
  { root, replace }: { root: string; replace: boolean },
): Promise<void> {
  const privatePath = join(root, PRIVATE_KEY_FILE);
  const publicPath = join(root, PUBLIC_KEY_FILE);
  const text = existsSync(publicPath) ? await readFile(publicPath, 'utf8') : '';
  if (!replace) refuseToReplace(existsSync(privatePath), parseEnv(text)[CRX_PUBLIC_KEY_VARIABLE]);

  // A new file: the mode counts only where one is made. A private half without its public one is of no use.
  await rm(privatePath, { force: true });
  if (privateKey !== null) {
    await mkdir(dirname(privatePath), { recursive: true, mode: 0o700 });
    await writeFile(privatePath, privateKey, { mode: 0o600, flag: 'wx' });
  }
  await writeFile(publicPath, withVariable(text, CRX_PUBLIC_KEY_VARIABLE, publicKey));
}

function refuseToReplace(hasPrivateKey: boolean, publicKey: string | undefined): void {
  if (!hasPrivateKey && !publicKey) return;
  const places = [
    ...(hasPrivateKey ? [PRIVATE_KEY_FILE] : []),
    ...(publicKey ? [`${PUBLIC_KEY_FILE} (id ${extensionIdOfKey(Buffer.from(publicKey, 'base64'))})`] : []),
  ];
  throw new Error(
    `There is a key already, in ${places.join(' and ')}, and another one means another id. ` +
      `To replace it: ${invocationOf('crx-key')} --force`,
  );
}
