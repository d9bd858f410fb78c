import type { UserSnapshot } from '../messages/protocol';
import type { AuthState } from '../shared/auth-state';
import type { UserStore } from '../shared/user-store';
import type { SignedIn } from './client-resource';
import type { Clock } from './clock';
import type { MemoryStore, SessionMemory } from './session-memory';
import { type HeldToken, type StoredToken, storableTokens, takeUp } from './token-freshness';

type Facts = Omit<SessionMemory, 'tokens'>;

/**
 * The one owner of what the background knows: who is signed in, their tokens, and what has begun and is not finished.
 * It is kept in memory and, for the next life of the background, in its store. All that changes it is here.
 */
export interface AuthMemory {
  readonly known: Readonly<Partial<Facts>>;
  readonly tokens: ReadonlyMap<string, HeldToken>;
  /** Grows with every sign-out: an answer to a question from before it says nothing any more. */
  era(): number;
  /** Grows whenever all tokens are forgotten: what was asked for before belongs to nobody any more. */
  tokenGeneration(): number;
  /** Who is signed in, as far as it is known now; `null` for nobody. */
  user(): UserSnapshot | null;
  /** Takes up what an earlier life of the background stored. */
  load(): Promise<void>;
  remember(changes: Partial<Facts>): Promise<void>;
  keepToken(key: string, token: HeldToken): Promise<void>;
  /** Begins a new era: forgets every token, also those that are on their way. */
  wipe(): Promise<void>;
  /** Says who is signed in, `null` for nobody: to our own pages by the store, to others by `onPublished`. */
  publish(signedIn: SignedIn | null): Promise<void>;
}

export interface AuthMemoryDependencies {
  store: MemoryStore;
  users: UserStore;
  clock: Clock;
  /** Told of every new auth state, as soon as our own pages can read it. */
  onPublished(state: AuthState): void;
}

export function createAuthMemory({ store, users, clock, onPublished }: AuthMemoryDependencies): AuthMemory {
  const known: Partial<Facts> = {};
  const tokens = new Map<string, HeldToken>();
  let era = 0;
  let generation = 0;

  function forgetTokens(): void {
    generation += 1;
    tokens.clear();
  }

  async function remember(changes: Partial<Facts>): Promise<void> {
    Object.assign(known, changes);
    await store.write(changes);
  }

  async function writeState(authState: AuthState, sessionIds: string[], isOther: boolean): Promise<void> {
    if (isOther) forgetTokens();
    Object.assign(known, { authState, sessionIds });
    await store.write({ authState, sessionIds, ...(isOther ? { tokens: {} } : {}) });
    onPublished(authState);
  }

  return {
    known,
    tokens,
    era: () => era,
    tokenGeneration: () => generation,
    user: () => (known.isSigningOut ? null : (known.authState?.user ?? null)),
    async load() {
      const { tokens: stored = {}, ...facts } = await store.read();
      Object.assign(known, facts);
      for (const [key, token] of takeUpAll(stored, clock)) tokens.set(key, token);
    },
    remember,
    async keepToken(key, token) {
      tokens.set(key, token);
      await store.write({ tokens: storableTokens(tokens, clock) });
    },
    async wipe() {
      era += 1;
      forgetTokens();
      await store.write({ tokens: {} });
    },
    async publish(signedIn) {
      const last = known.authState;
      const user = signedIn?.user ?? null;
      const sessionIds = signedIn?.sessionIds ?? [];
      if (last && isSame(last.user, user)) return remember({ sessionIds });
      const state = { revision: (last?.revision ?? 0) + 1, user };
      // A token says whether its session has tasks left.
      const isOther = last?.user?.sessionId !== user?.sessionId || last?.user?.status !== user?.status;
      // Begun together, so that two changes at once are not stored in the other order.
      await Promise.all([
        writeState(state, sessionIds, isOther),
        // Only a convenience after the next start of the browser; without a credential it is never read.
        users.write(user).catch(() => {}),
      ]);
    },
  };
}

function takeUpAll(stored: Record<string, StoredToken>, clock: Clock): [string, HeldToken][] {
  return Object.entries(stored).flatMap(([key, each]) => {
    const token = takeUp(each, clock);
    return token ? [[key, token] as [string, HeldToken]] : [];
  });
}

function isSame(a: UserSnapshot | null, b: UserSnapshot | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
