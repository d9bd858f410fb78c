/**
 * Everything that the extension keeps anywhere, as text by its place. Runs in one of its own pages; sent there as source text, it may
 * use nothing outside itself.
 */
export async function dumpOwnStorage(): Promise<Record<string, string>> {
  interface Area {
    get(key: null): Promise<unknown>;
  }
  interface Api {
    storage: Record<string, Area | undefined>;
  }
  const scope = globalThis as unknown as { browser?: Api; chrome: Api };
  const { storage } = scope.browser ?? scope.chrome;
  const settle = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const readable = (_key: string, value: unknown) => {
    if (value instanceof CryptoKey) return `key, ${value.extractable ? 'extractable' : 'not extractable'}`;
    const bytes = ArrayBuffer.isView(value) ? value.buffer : value;
    // Text that was only encoded would be readable again; what is encrypted is not.
    return bytes instanceof ArrayBuffer ? new TextDecoder('latin1').decode(bytes) : value;
  };

  const found: Record<string, unknown> = {};
  for (const area of ['local', 'sync', 'session']) found[`storage.${area}`] = await storage[area]?.get(null);
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await settle(indexedDB.open(name));
    for (const store of database.objectStoreNames)
      found[`${name}.${store}`] = await settle(database.transaction(store).objectStore(store).getAll());
    database.close();
  }
  found.localStorage = { ...localStorage };
  found.sessionStorage = { ...sessionStorage };
  found.cookies = document.cookie;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    const rows = (await cache.keys()).map(async (request) => [
      request.url,
      await (await cache.match(request))?.text(),
    ]);
    found[`cache ${name}`] = await Promise.all(rows);
  }
  return Object.fromEntries(
    Object.entries(found).map(([place, value]) => [place, JSON.stringify(value, readable)]),
  );
}
