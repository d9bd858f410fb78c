/** What a page of the extension has kept under a name; `null` for nothing, also where the browser keeps nothing. */
export function readText(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** What a text says, whatever wrote it; `null` for nothing and for what is no JSON. */
export function parseText(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

/** Keeps a value for the next page, or forgets the one there is. Does nothing where the browser keeps nothing. */
export function keep(key: string, value: object | null): void {
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch {
    // A page works without it.
  }
}
