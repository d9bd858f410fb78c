/** What a test may have the hostile content script of one frame do; `frames.ts` carries it there and back. */
export type Command =
  /** Sends messages to the background, all at once, and gives each raw reply in order. */
  | { do: 'ask'; messages: unknown[] }
  /** Gives everything it can see now, and all it has seen pass by since its page opened, as text. */
  | { do: 'loot' }
  /** Writes a value wherever it may, under every key, and says where it could. */
  | { do: 'plant'; keys: string[]; value: string };

/** What came of one message: the background's reply, or the browser's own words when there was none. */
export type Outcome = { reply: unknown } | { failure: string };

/** Everything of one kind that was looted, as text. */
export type Loot = Record<string, string[]>;

/**
 * A content script in the hands of an attacker, which is what a compromised renderer amounts to. It watches all that
 * passes by from the start, and does what the page tells it.
 *
 * It becomes a file of its own by its source text: it may use nothing outside itself.
 */
export function hostileContentScript(): void {
  interface Area {
    get(key: null): Promise<unknown>;
    set(values: object): Promise<void>;
  }
  interface Event<Listener> {
    addListener(listener: Listener): void;
  }
  interface Api {
    runtime: {
      sendMessage(message: unknown): Promise<unknown>;
      onMessage: Event<(message: unknown) => void>;
    };
    storage: Record<string, Area | undefined> & { onChanged: Event<(...change: unknown[]) => void> };
    dom?: { openOrClosedShadowRoot(element: Element): ShadowRoot | null };
  }
  type AnyElement = Element & { openOrClosedShadowRoot?: ShadowRoot | null };
  const scope = globalThis as unknown as { browser?: Api; chrome: Api };
  const api = scope.browser ?? scope.chrome;
  const seen: Record<string, Set<string>> = {};

  const note = (kind: string, value: unknown) => {
    seen[kind] ??= new Set();
    seen[kind].add(typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)));
  };
  const attempt = async (kind: string, look: () => unknown) => {
    try {
      note(kind, await look());
    } catch (error) {
      note(kind, `refused: ${error}`);
    }
  };

  // Passes by: what the storage, the background and other documents of the origin say.
  api.storage.onChanged.addListener((...change) => note('storage.onChanged', change));
  api.runtime.onMessage.addListener((message) => note('runtime.onMessage', message));
  for (const name of ['clerk', 'clerk:session_token']) {
    // A sandboxed frame has no origin to open a channel on.
    try {
      new BroadcastChannel(name).onmessage = ({ data }) => note(`BroadcastChannel ${name}`, data);
    } catch {}
  }

  const readDatabase = async (name: string): Promise<unknown> => {
    const settle = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await settle(indexedDB.open(name));
    const stores = [...database.objectStoreNames];
    const rows = stores.map((store) => settle(database.transaction(store).objectStore(store).getAll()));
    const found = await Promise.all(rows);
    database.close();
    return { name, stores, found };
  };
  const textOf = (root: Document | ShadowRoot): string =>
    [...root.querySelectorAll<AnyElement>('*')].reduce((text, element) => {
      const isHtml = element instanceof HTMLElement;
      const shadow =
        element.openOrClosedShadowRoot ?? (isHtml ? api.dom?.openOrClosedShadowRoot(element) : null);
      return shadow ? text + textOf(shadow) : text;
    }, root.textContent ?? '');

  const loot = async () => {
    for (const area of ['local', 'sync', 'session', 'managed']) {
      await attempt(`storage.${area}`, () => api.storage[area]?.get(null) ?? 'not there');
    }
    await attempt('indexedDB.databases', () => indexedDB.databases());
    await attempt('indexedDB', async () =>
      Promise.all((await indexedDB.databases()).map(({ name }) => readDatabase(name ?? ''))),
    );
    await attempt('localStorage', () => ({ ...localStorage }));
    await attempt('sessionStorage', () => ({ ...sessionStorage }));
    await attempt('document.cookie', () => document.cookie);
    await attempt('DOM', () => document.documentElement.outerHTML);
    await attempt('DOM in shadow roots', () => textOf(document));
    await attempt('resources', () => performance.getEntriesByType('resource').map(({ name }) => name));
    return Object.fromEntries(Object.entries(seen).map(([kind, values]) => [kind, [...values]]));
  };

  const plant = async (keys: string[], value: string) => {
    const places: Record<string, (key: string) => unknown> = {
      'storage.local': (key) => api.storage.local?.set({ [key]: value }),
      'storage.sync': (key) => api.storage.sync?.set({ [key]: value }),
      'storage.session': (key) => api.storage.session?.set({ [key]: value }),
      localStorage: (key) => localStorage.setItem(key, value),
      sessionStorage: (key) => sessionStorage.setItem(key, value),
      // biome-ignore lint/suspicious/noDocumentCookie: the attacker writes as the page would.
      'document.cookie': (key) => (document.cookie = `${encodeURIComponent(key)}=${value}; path=/`),
      indexedDB: async (key) => {
        const request = indexedDB.open('clerk', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('credentials');
        await new Promise((resolve) => {
          request.onsuccess = resolve;
        });
        const transaction = request.result.transaction('credentials', 'readwrite');
        transaction.objectStore('credentials').put(value, key);
        await new Promise((resolve) => {
          transaction.oncomplete = resolve;
        });
        request.result.close();
      },
      'BroadcastChannel clerk:session_token': () =>
        new BroadcastChannel('clerk:session_token').postMessage({ tokenRaw: value }),
    };
    const written: string[] = [];
    for (const [place, write] of Object.entries(places)) {
      try {
        for (const key of keys) await write(key);
        if (!place.startsWith('storage.') || api.storage[place.slice(8)]) written.push(place);
      } catch {
        // Closed to it, as it should be.
      }
    }
    return written;
  };

  const ask = async (message: unknown): Promise<Outcome> => {
    try {
      return { reply: await api.runtime.sendMessage(message) };
    } catch (error) {
      return { failure: String(error) };
    }
  };
  const obey = (command: Command): unknown => {
    if (command.do === 'ask') return Promise.all(command.messages.map(ask));
    return command.do === 'loot' ? loot() : plant(command.keys, command.value);
  };

  addEventListener('message', ({ data, source }: MessageEvent) => {
    if (typeof data?.order !== 'string') {
      if (typeof data?.answers !== 'string') note('window messages', data);
      return;
    }
    const answer = (outcome: unknown) =>
      (source as Window).postMessage({ answers: data.order, outcome: JSON.stringify(outcome) }, '*');
    Promise.resolve(obey(data.command)).then(answer, (error) => answer({ failure: String(error) }));
  });
}
