/** Things with an id, in the order in which they came. */
export class Entries<T extends { id: string }> {
  readonly #byId = new Map<string, T>();

  add(entry: T): T {
    this.#byId.set(entry.id, entry);
    return entry;
  }

  find(id: string): T | null {
    return this.#byId.get(id) ?? null;
  }

  all(): T[] {
    return [...this.#byId.values()];
  }

  /** Deletes all that a condition holds for. */
  remove(isGone: (entry: T) => boolean): void {
    for (const entry of this.all()) if (isGone(entry)) this.#byId.delete(entry.id);
  }

  /** Takes up the entries of an earlier run. */
  restore(entries: readonly T[]): void {
    for (const entry of entries) this.add(entry);
  }

  clear(): void {
    this.#byId.clear();
  }
}
