import { inTransaction, requested } from '../shared/database';

/** A credential that nobody finds by reading the database; the retry of a sign-out opens it. */
export interface SealedCredential {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

const KEY_NAME = 'sign-out';
const ALGORITHM = { name: 'AES-GCM', length: 256 } as const;

/**
 * Seals a credential with a key that no script can read out, so that what a script copies from the database is of no use
 * elsewhere. No more than that: the key lies beside it in the same profile, where a script of this extension can use it,
 * and a copy of the profile's files holds both.
 */
export async function seal(credential: string): Promise<SealedCredential> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = new TextEncoder().encode(credential);
  return { iv, data: await crypto.subtle.encrypt({ name: ALGORITHM.name, iv }, await sealingKey(), bytes) };
}

/** @throws {DOMException} When it was sealed with another key. */
export async function unseal({ iv, data }: SealedCredential): Promise<string> {
  const bytes = await crypto.subtle.decrypt({ name: ALGORITHM.name, iv }, await sealingKey(), data);
  return new TextDecoder().decode(bytes);
}

async function sealingKey(): Promise<CryptoKey> {
  const kept = await inTransaction(['keys'], 'readonly', ({ keys }) =>
    requested<CryptoKey | undefined>(keys.get(KEY_NAME)),
  );
  if (kept) return kept;
  const created = await crypto.subtle.generateKey(ALGORITHM, false, ['encrypt', 'decrypt']);
  return inTransaction(['keys'], 'readwrite', async ({ keys }) => {
    // Another call may have been first: its key has perhaps sealed something already.
    const first = await requested<CryptoKey | undefined>(keys.get(KEY_NAME));
    if (!first) keys.put(created, KEY_NAME);
    return first ?? created;
  });
}
