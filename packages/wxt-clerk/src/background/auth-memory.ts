import type { UserSnapshot } from '../messages/protocol';
import type { AuthState } from '../shared/auth-state';
import type { UserStore } from '../shared/user-store';
import type { LiveSession, SignedIn } from './clerk-script/client-resource';
import type { Clock } from './clock';
import { createHeldTokens, type HeldTokens } from './held-tokens';
import { changedSessions, isSame, movedSessions, nextActive, sessionsNow, sessionsOf } from './session-list';
import type { MemoryStore, SessionMemory } from './session-memory';
import type { HeldToken } from './token-freshness';

type Facts = Omit<SessionMemory, 'tokens'>;

/**
 * The one owner of what the background knows: who is signed in, their tokens, and what has begun and is not finished.
 * It is kept in memory and, for the next life of the background, in its store. All that changes it is here.
 */
export interface AuthMemory {
  readonly known: Readonly<Partial<Facts>>;
  readonly tokens: ReadonlyMap<string, HeldToken>;
  /** Grows with every sign-out of all: an answer to a question from before it says nothing any more. */
  era(): number;
  /** Another one after everything that may make an answer about the client older than what is known. */
  stamp(): number;
  /** A change of the client has begun, or has been made: what was asked before may not have it. */
  noteChange(): number;
  /** What is known is no longer all there is, until the server is asked anew. @see doubts */
  doubt(): Promise<void>;
  /** Grows with each: an answer settles only those from before its question. */
  doubts(): number;
  /** Another one whenever the tokens of a session are forgotten: what was asked for before belongs to nobody any more. */
  tokenGeneration(sessionId: string): string;
  /** Who is signed in, as far as it is known now; `null` for nobody. */
  user(): UserSnapshot | null;
  /** Every session that is known and not being ended. */
  sessions(): LiveSession[];
  /** One of them; `undefined` for any other. */
  session(sessionId: string): LiveSession | undefined;
  /** Are they all? Not before the server was asked in this run of the browser, nor after a change that is not known yet. */
  isComplete(): boolean;
  /** Has this session been ended here? */
  isEnded(sessionId: string): boolean;
  /** Takes up what an earlier life of the background stored. */
  load(): Promise<void>;
  remember(changes: Partial<Facts>): Promise<void>;
  keepToken(key: string, token: HeldToken): Promise<void>;
  /** Begins a new era: forgets every token, also those that are on their way. */
  wipe(): Promise<void>;
  /** Says who is signed in, `null` for nobody: to our own pages by the store, to others by `onPublished`. */
  publish(signedIn: SignedIn | null): Promise<void>;
  /** Sessions that are over here, whatever the server says of them. They are gone when this returns, and published as gone by `publishEnded`. */
  markEnded(sessionIds: string[]): Promise<void>;
  /** It could not be made to last: they are there again. */
  unmarkEnded(sessionIds: string[]): Promise<void>;
  /** Publishes those that go on, and forgets the tokens of the others. */
  publishEnded(): Promise<void>;
}

export interface AuthMemoryDependencies {
  store: MemoryStore;
  users: UserStore;
  clock: Clock;
  /** Told of every new auth state, as soon as our own pages can read it. */
  onPublished(state: AuthState, before: AuthState | undefined): void;
}

export function createAuthMemory(dependencies: AuthMemoryDependencies): AuthMemory {
  const { store, clock } = dependencies;
  const facts = createFacts(store);
  const { known, isEnded, live, remember } = facts;
  const tokens = createHeldTokens(store, clock);
  let era = 0;
  let stamp = 0;
  let doubts = 0;
  const noteChange = () => ++stamp;
  const publish = createPublish({ ...dependencies, facts, tokens });

  return {
    known,
    tokens: tokens.all,
    era: () => era,
    stamp: () => stamp,
    noteChange,
    async doubt() {
      doubts += 1;
      await remember({ isOutdated: true });
    },
    doubts: () => doubts,
    tokenGeneration: tokens.generation,
    user: () => nextActive(live(), known.authState?.user?.sessionId)?.user ?? null,
    sessions: live,
    session: (sessionId) => live().find(({ id }) => id === sessionId),
    isComplete: () => Boolean(known.verifiedAt) && !known.isOutdated,
    isEnded,
    load: async () => tokens.load(await facts.load()),
    remember,
    keepToken: tokens.keep,
    async wipe() {
      era += 1;
      await tokens.wipe();
    },
    async publish(signedIn) {
      noteChange();
      await publish(signedIn);
    },
    async markEnded(sessionIds) {
      noteChange();
      tokens.forget(sessionIds);
      await remember({ endedIds: [...new Set([...(known.endedIds ?? []), ...sessionIds])] });
    },
    unmarkEnded: (sessionIds) =>
      remember({ endedIds: known.endedIds?.filter((id) => !sessionIds.includes(id)) ?? [] }),
    async publishEnded() {
      await store.write(tokens.stored());
      const { user } = nextActive(live(), known.authState?.user?.sessionId) ?? {};
      const { sessionIds = [] } = known;
      await publish(user ? { user, sessions: live(), sessionIds } : null);
    },
  };
}

/** What is known, but for the tokens. */
function createFacts(store: MemoryStore) {
  const known: Partial<Facts> = {};
  const isEnded = (id: string) => known.endedIds?.includes(id) ?? false;
  return {
    known,
    isEnded,
    /** Sessions that are there and not being ended. */
    live: () => (known.isSigningOut ? [] : sessionsOf(known.authState).filter(({ id }) => !isEnded(id))),
    async remember(changes: Partial<Facts>): Promise<void> {
      Object.assign(known, changes);
      await store.write(changes);
    },
    /** @returns The tokens that were stored with it. */
    async load() {
      const { tokens, authState, ...facts } = await store.read();
      // A version before several accounts left one without them: it is determined anew.
      Object.assign(known, facts, authState?.sessions && { authState });
      return tokens;
    },
  };
}

interface PublishDependencies extends AuthMemoryDependencies {
  facts: ReturnType<typeof createFacts>;
  tokens: HeldTokens;
}

function createPublish({ store, users, onPublished, facts, tokens }: PublishDependencies) {
  const { known, isEnded, remember } = facts;

  async function writeState(next: Omit<AuthState, 'revision'>, sessionIds: string[]): Promise<void> {
    const before = known.authState;
    // A token says whether its session has tasks left.
    const changed = changedSessions(before, next);
    tokens.forget(changed);
    const moved = movedSessions(before, next);
    tokens.forgetTemplates(moved);
    const authState = { revision: (before?.revision ?? 0) + 1, ...next };
    Object.assign(known, { authState, sessionIds });
    await store.write({ authState, sessionIds, ...(changed.length + moved.length > 0 && tokens.stored()) });
    onPublished(authState, before);
  }

  return async function publish(signedIn: SignedIn | null): Promise<void> {
    const last = known.authState;
    const sessions = signedIn ? sessionsNow(signedIn, last).filter(({ id }) => !isEnded(id)) : [];
    const user = nextActive(sessions, signedIn?.user.sessionId)?.user ?? null;
    const sessionIds = signedIn?.sessionIds.filter((id) => !isEnded(id)) ?? [];
    const next = { user, sessions };
    if (last && isSame(last, next))
      return remember({ authState: { revision: last.revision, ...next }, sessionIds });
    // Begun together, so that two changes at once are not stored in the other order.
    await Promise.all([
      writeState(next, sessionIds),
      // Only a convenience after the next start of the browser; without a credential it is never read.
      users.write(user && { user, sessions }).catch(() => {}),
    ]);
  };
}
