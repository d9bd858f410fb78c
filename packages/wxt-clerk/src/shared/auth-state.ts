import { browser } from 'wxt/browser';
import type { SessionSnapshot, UserSnapshot } from '../messages/protocol';

/** What the background last published about who is signed in. Pages read it; only the background writes it. */
export interface AuthState {
  /** Grows with every change, so that an older state never replaces a newer one. */
  revision: number;
  /** The person of the active session; `null` is nobody. One whose `status` is `pending` is neither nobody nor signed in yet. */
  user: UserSnapshot | null;
  /** Every session that is not over, the active one among them. After a start of the browser others may follow. */
  sessions: SessionSnapshot[];
}

// Written by the background alone: background/session-memory.ts.
const STORAGE_KEY = 'authState';

/** The published state, or `null` when the background has not published one since the browser started. */
export async function readAuthState(): Promise<AuthState | null> {
  const stored = await browser.storage.session.get(STORAGE_KEY);
  return (stored[STORAGE_KEY] as AuthState | undefined) ?? null;
}

/**
 * Calls back on every published change, in every context, without a connection that could break.
 *
 * @returns Stops the calls.
 */
export function watchAuthState(onChange: (state: AuthState) => void): () => void {
  const listener = (changes: Record<string, { newValue?: unknown }>, area: string) => {
    const state = area === 'session' ? (changes[STORAGE_KEY]?.newValue as AuthState | undefined) : undefined;
    if (state) onChange(state);
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}
