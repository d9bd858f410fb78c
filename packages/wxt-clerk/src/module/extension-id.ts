import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The id that Chrome derives from a public key (DER, SPKI). */
export function extensionIdOfKey(publicKey: Buffer): string {
  return extensionIdOf(publicKey);
}

/**
 * The id that Chrome gives an unpacked extension without a key: another one for each folder it is loaded from.
 *
 * @param path Absolute. The folder need not be there yet.
 */
export function extensionIdOfFolder(path: string, platform: NodeJS.Platform = process.platform): string {
  // Chrome hashes the path as the system keeps it. It follows links everywhere but in Windows (MakeAbsoluteFilePath:
  // https://source.chromium.org/chromium/chromium/src/+/main:base/files/file_util.h), where it writes drives with a capital letter.
  if (platform !== 'win32') return extensionIdOf(Buffer.from(realPathOf(path)));
  return extensionIdOf(
    Buffer.from(
      path.replace(/^[a-z]:/, (drive) => drive.toUpperCase()),
      'utf16le',
    ),
  );
}

/** The path without links, as far as there is something at it. */
function realPathOf(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(realPathOf(parent), basename(path));
}

// Half of a SHA-256, in the letters a to p instead of 0 to f.
function extensionIdOf(source: Buffer): string {
  const hex = createHash('sha256').update(source).digest('hex').slice(0, 32);
  return hex.replace(/./g, (digit) => String.fromCharCode('a'.charCodeAt(0) + Number.parseInt(digit, 16)));
}
