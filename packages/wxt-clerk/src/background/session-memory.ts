import { browser } from 'wxt/browser';
import type { AuthState } from '../shared/auth-state';
import type { StoredToken } from '../shared/held-tokens';

/** What outlives the background but not the browser, in `storage.session`: memory only, closed to content scripts. */
export interface SessionMemory {
  authState: AuthState;
  /** Every session of the client, to be ended at sign-out. */
  sessionIds: string[];
  /** When the Frontend API last said who is signed in, in Unix ms. */
  verifiedAt: number;
  tokens: Record<string, StoredToken>;
  /** Until when there are no more requests of a kind, in Unix ms: the Frontend API wants none, or has just answered. */
  limits: Record<string, number>;
  /** A page changed who is signed in, and the Frontend API could not be asked. */
  isOutdated: boolean;
  /** Sessions that were ended here: they never come back, whatever the server says of them. */
  endedIds: string[];
  /** A sign-out has begun and is not yet safe in the database. */
  isSigningOut: boolean;
}

/** A place for the memory; a test gives its own. */
export interface MemoryStore {
  read(): Promise<Partial<SessionMemory>>;
  write(changes: Partial<SessionMemory>): Promise<void>;
}

const KEYS: (keyof SessionMemory)[] = [
  'authState',
  'sessionIds',
  'verifiedAt',
  'tokens',
  'limits',
  'isOutdated',
  'endedIds',
  'isSigningOut',
];

export const sessionMemory: MemoryStore = {
  read: () => browser.storage.session.get<SessionMemory>(KEYS),
  write: (changes) => browser.storage.session.set(changes),
};
