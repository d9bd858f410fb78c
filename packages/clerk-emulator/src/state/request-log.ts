import type { LoggedRequest } from '../types.ts';

/** Enough for any test; keeps a server that runs all day from growing. */
const MAX_ENTRIES = 10_000;

/** The Frontend API requests in order of arrival. */
export class RequestLog {
  #entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    if (this.#entries.length > MAX_ENTRIES) this.#entries.shift();
  }

  /** Copies: an entry changes when its answer goes out. */
  all(): LoggedRequest[] {
    return this.#entries.map((entry) => ({ ...entry, query: { ...entry.query } }));
  }

  clear(): void {
    this.#entries = [];
  }
}
