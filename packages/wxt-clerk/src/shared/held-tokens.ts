import { browser } from 'wxt/browser';
import type { SessionToken } from '../messages/protocol';

/** A token as the background keeps it in `storage.session`. Times in milliseconds. */
export interface StoredToken extends SessionToken {
  /** How long the server made it to live: `exp` − `iat`. */
  lifetimeMs: number;
  /** When it was asked for, by the person's clock. */
  askedAt: number;
}

export type StoredTokens = Record<string, StoredToken>;

// Written by the background alone: background/session-memory.ts.
const STORAGE_KEY = 'tokens';

/**
 * Under which key a token is kept: what it was asked for with.
 *
 * @param organizationId `null` for the personal account.
 * @param template `undefined` for the session token.
 */
export function tokenKeyOf(
  sessionId: string,
  organizationId: string | null,
  template: string | undefined,
): string {
  return JSON.stringify([sessionId, organizationId, template ?? null]);
}

/** Every token that the background keeps, by its key; own pages may read them, content scripts may not. */
export async function readHeldTokens(): Promise<StoredTokens> {
  const stored = await browser.storage.session.get(STORAGE_KEY);
  return (stored[STORAGE_KEY] as StoredTokens | undefined) ?? {};
}

/**
 * Calls back with all of them whenever the background keeps or forgets one.
 *
 * @returns Stops the calls.
 */
export function watchHeldTokens(onChange: (tokens: StoredTokens) => void): () => void {
  const listener = (changes: Record<string, { newValue?: unknown }>, area: string) => {
    const change = area === 'session' ? changes[STORAGE_KEY] : undefined;
    if (change) onChange((change.newValue as StoredTokens | undefined) ?? {});
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}
