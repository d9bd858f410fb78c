import { useSyncExternalStore } from 'react';

/** Something that a page has to say as long as it is so; `null` is nothing. */
export interface Notice<Value> {
  get(): Value | null;
  tell(value: Value | null): void;
  /** What it says now. Renders anew when that changes. */
  use(): Value | null;
}

/** A notice of this page, which says nothing yet: told where something is noticed, used where it is shown. */
export function createNotice<Value>(): Notice<Value> {
  let current: Value | null = null;
  const listeners = new Set<() => void>();
  const get = () => current;
  const watch = (onChange: () => void) => {
    listeners.add(onChange);
    return () => listeners.delete(onChange);
  };
  return {
    get,
    tell(value) {
      if (value === current) return;
      current = value;
      for (const notify of listeners) notify();
    },
    use: () => useSyncExternalStore(watch, get),
  };
}
