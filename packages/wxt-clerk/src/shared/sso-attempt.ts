import { browser } from 'wxt/browser';
import type { ErrorCode } from '../messages/message-error';

/** What a provider's answer is for: a sign-in, a sign-up, or an account that a signed-in person connects. */
export type SsoKind = 'sign-in' | 'sign-up' | 'connection';

/**
 * An attempt to sign in with a provider, as the background and the pages share it. It is in `storage.session`, so that it
 * outlives the popup and the background, and nothing in it is secret: no nonce, no code, no address.
 */
export interface SsoAttempt {
  id: string;
  kind: SsoKind;
  /** Id of the sign-in or sign-up; of a connection that of the session which it belongs to. */
  resourceId: string;
  /** The tab with the provider's page, `NO_TAB` before there is one. Only what comes back from there is ours. */
  tabId: number;
  state: SsoState;
  /** Why it has failed. */
  error?: ErrorCode;
}

/**
 * `opening`: its window is being opened. `open`: the provider's page is there. `finishing`: it came back, and the server is asked. All others are ends:
 * `more-to-do` waits for a second factor or a missing field, `refused` is the provider's or the server's no.
 */
export type SsoState =
  | 'opening'
  | 'open'
  | 'finishing'
  | 'signed-in'
  | 'connected'
  | 'more-to-do'
  | 'refused'
  | 'closed'
  | 'failed';

/** As `browser.tabs.TAB_ID_NONE`. */
export const NO_TAB = -1;

const UNDER_WAY: readonly SsoState[] = ['opening', 'open', 'finishing'];

const STORAGE_KEY = 'ssoAttempt';

export function isOver({ state }: SsoAttempt): boolean {
  return !UNDER_WAY.includes(state);
}

/** The newest attempt, `null` when there was none since the browser started, or its end was seen. */
export async function readSsoAttempt(): Promise<SsoAttempt | null> {
  const stored = await browser.storage.session.get(STORAGE_KEY);
  return (stored[STORAGE_KEY] as SsoAttempt | undefined) ?? null;
}

/** Only the background writes it. */
export async function writeSsoAttempt(attempt: SsoAttempt | null): Promise<void> {
  if (attempt) await browser.storage.session.set({ [STORAGE_KEY]: attempt });
  else await browser.storage.session.remove(STORAGE_KEY);
}

/**
 * Calls back on every change of the newest attempt, in every context.
 *
 * @returns Stops the calls.
 */
export function watchSsoAttempt(onChange: (attempt: SsoAttempt | null) => void): () => void {
  const listener = (changes: Record<string, { newValue?: unknown }>, area: string) => {
    const change = area === 'session' ? changes[STORAGE_KEY] : undefined;
    if (change) onChange((change.newValue as SsoAttempt | undefined) ?? null);
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}
