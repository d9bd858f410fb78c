import { createHash } from 'node:crypto';

/** The id that Chrome derives from a public key (DER, SPKI). */
export function extensionIdOfKey(publicKey: Buffer): string {
  return extensionIdOf(publicKey);
}

/** The id that Chrome gives an unpacked extension without a key: another one for each folder it is loaded from. */
export function extensionIdOfFolder(path: string, platform: NodeJS.Platform = process.platform): string {
  // Chrome hashes the path as the system keeps it, and writes Windows drives with a capital letter.
  if (platform !== 'win32') return extensionIdOf(Buffer.from(path));
  return extensionIdOf(
    Buffer.from(
      path.replace(/^[a-z]:/, (drive) => drive.toUpperCase()),
      'utf16le',
    ),
  );
}

// Half of a SHA-256, in the letters a to p instead of 0 to f.
function extensionIdOf(source: Buffer): string {
  const hex = createHash('sha256').update(source).digest('hex').slice(0, 32);
  return hex.replace(/./g, (digit) => String.fromCharCode('a'.charCodeAt(0) + Number.parseInt(digit, 16)));
}
