/**
 * The extension's own IndexedDB, which content scripts cannot see: they can read and write `storage.local` in Firefox
 * always and in Chrome by default. It outlives the browser.
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/storage/StorageArea/setAccessLevel
 */

const DATABASE = 'clerk';

/** What is kept, a store each. */
const STORES = ['credentials', 'quarantine', 'people', 'sign-outs', 'keys'] as const;
type StoreName = (typeof STORES)[number];

/** A transaction's stores, each by its name. */
export type Stores<Name extends StoreName> = { [N in Name]: IDBObjectStore };

/**
 * Runs one transaction and waits until it is committed: a popup that closes before would lose the write.
 *
 * @param use May start requests only; an `await` of anything else would end the transaction.
 * @throws {DOMException} What IndexedDB failed with, a full disk for example. Nothing of the transaction is then kept.
 */
export async function inTransaction<Name extends StoreName, Result>(
  names: Name[],
  mode: IDBTransactionMode,
  use: (stores: Stores<Name>) => Promise<Result> | Result,
): Promise<Result> {
  const database = await openDatabase();
  try {
    const transaction = database.transaction(names, mode);
    const committed = whenCommitted(transaction);
    const stores = Object.fromEntries(
      names.map((name) => [name, transaction.objectStore(name)]),
    ) as Stores<Name>;
    const [result] = await Promise.all([use(stores), committed]);
    return result;
  } finally {
    // Held open it would block a later version's upgrade in another context.
    database.close();
  }
}

/** The result of one request, for use inside a transaction. */
export function requested<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    for (const name of STORES) request.result.createObjectStore(name);
  };
  return requested(request);
}

function whenCommitted(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('Aborted', 'AbortError'));
  });
}
