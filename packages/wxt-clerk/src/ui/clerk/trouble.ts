import { useSyncExternalStore } from 'react';
import { MessageError } from '../../messages/message-error';

/** Why this page's Clerk and the background are not at one about who is signed in. */
export interface Trouble {
  error: MessageError;
  /** Tries again at once, instead of after the pause. */
  retry: () => void;
}

let current: Trouble | null = null;
const listeners = new Set<() => void>();

/** Says what is in the way, or by `null` that nothing is any more. */
export function tellTrouble(trouble: Trouble | null): void {
  if (trouble === current) return;
  current = trouble;
  for (const notify of listeners) notify();
}

/** What is in the way of showing who is signed in, `null` when nothing is. */
export function useTrouble(): Trouble | null {
  return useSyncExternalStore(watch, () => current);
}

/** The Frontend API could not be reached, or gave no answer that helps. */
export function unavailable(): MessageError {
  return new MessageError(navigator.onLine ? 'unavailable' : 'offline');
}

function watch(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}
