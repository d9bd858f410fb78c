import { generateKeyPairSync } from 'node:crypto';
import { abbreviate, readCrxPublicKey } from 'wxt-clerk/build';

export interface CrxKey {
  /** PEM (PKCS #8), as Chrome takes it for packing; `null` when the store keeps it. */
  privateKey: string | null;
  /** Base64 of the DER (SPKI), as the manifest's `key` holds it. */
  publicKey: string;
}

/** A new RSA key pair of the size Chrome uses. */
export function createKeyPair(): CrxKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  };
}

/**
 * Reads a public key as the Chrome Web Store shows it: PEM, or its base64 alone.
 *
 * @throws {Error} When it is none.
 */
export function readPublicKey(text: string): CrxKey {
  const base64 = text.replace(/-----(BEGIN|END) PUBLIC KEY-----/g, '').replace(/\s+/g, '');
  const problem = `This is not an RSA public key: ${JSON.stringify(abbreviate(text))}. `;
  const hint = 'Copy it from the Chrome Web Store dashboard: Package, "View public key".';
  if (/PRIVATE KEY/.test(text))
    throw new Error(`This is a private key, which must not leave its file. ${hint}`);
  try {
    const key = readCrxPublicKey({ WXT_CRX_PUBLIC_KEY: base64 });
    if (key) return { privateKey: null, publicKey: key };
  } catch {
    // Its sentence speaks of the variable.
  }
  throw new Error(problem + hint);
}
