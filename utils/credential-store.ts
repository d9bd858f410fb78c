/**
 * The long-lived client credential, in extension-origin IndexedDB: content scripts can read and write
 * `storage.local` in Firefox always and in Chrome by default, but never this.
 */

const DATABASE = 'clerk';
const STORE = 'credentials';

/** The shape that Clerk's SDK expects of its `storageCache` option. */
export interface CredentialStore {
  createKey(...parts: (string | undefined)[]): string;
  // Generic because Clerk's own type is; what is stored is always a string.
  get<T = string>(key: string): Promise<T | undefined>;
  set(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
}

// Clerk's own name for it (@clerk/chrome-extension, STORAGE_KEY_CLIENT_JWT), so that pages and background share one entry.
const CREDENTIAL_NAME = ['__clerk_client_jwt', 'v2'] as const;

/** The store that every context of the extension shares. */
export const credentialStore: CredentialStore = {
  createKey: (...parts) => parts.filter(Boolean).join('|'),
  get: (key) => withStore('readonly', (store) => store.get(key)),
  set: async (key, value) => void (await withStore('readwrite', (store) => store.put(value, key))),
  remove: async (key) => void (await withStore('readwrite', (store) => store.delete(key))),
};

/** The key under which the credential of one instance is kept. */
export function credentialKey(frontendApi: string): string {
  return credentialStore.createKey(frontendApi, ...CREDENTIAL_NAME);
}

async function withStore<T>(
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await openDatabase();
  try {
    const transaction = database.transaction(STORE, mode);
    const request = use(transaction.objectStore(STORE));
    await committed(transaction);
    return request.result;
  } finally {
    // Held open it would block a later version's upgrade in another context.
    database.close();
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// The request's own success comes before the commit: a popup that closes in between would lose the write.
function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}
