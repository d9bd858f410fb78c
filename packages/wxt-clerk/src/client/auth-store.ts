import { type MessageError, toMessageError } from '../messages/message-error';
import type { SessionSnapshot, UserSnapshot } from '../messages/protocol';
import { askBackground } from '../messages/send-message';
import { activeUser } from '../shared/active-user';
import { type AuthState, readAuthState, watchAuthState } from '../shared/auth-state';

/** What a page knows of who is signed in. */
export interface KnownAuth {
  /** Who is signed in. `null` is nobody, or somebody who is `pending`; `undefined` as long as there was no answer. */
  user: UserSnapshot | null | undefined;
  /** Who has a task left to do before they are signed in; `null` when that is nobody. */
  pending: UserSnapshot | null;
  /** Every session that is not over; `undefined` as long as nothing was published. */
  sessions: SessionSnapshot[] | undefined;
  /** The session of `user` or `pending`. */
  activeSessionId: string | null | undefined;
  /** Why the background did not answer the last time it was asked. What was known before still stands. */
  error: MessageError | null;
}

const NOTHING_KNOWN: KnownAuth = {
  user: undefined,
  pending: null,
  sessions: undefined,
  activeSessionId: undefined,
  error: null,
};

/** The background's answer, which says nothing of the sessions. */
type Answer = Pick<AuthState, 'user' | 'revision'>;

/**
 * What the background says of who is signed in, once for a whole page: all hooks and screens look at this one. It asks
 * nothing before somebody subscribes. Its methods are bound, for `useSyncExternalStore`.
 */
export class AuthStore {
  #known = NOTHING_KNOWN;
  #revision = -1;
  /** That of the sessions, which are only in what is published. */
  #sessionsRevision = -1;
  #firstRead: Promise<void> | undefined;
  #stop: (() => void) | undefined;
  readonly #listeners = new Set<() => void>();

  readonly get = (): KnownAuth => this.#known;

  /** The first subscriber starts the watch, which then lasts as long as the page: who comes later finds what is so now. */
  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange);
    this.#stop ??= this.#start();
    return () => this.#listeners.delete(onChange);
  };

  /** Takes what the background has published, which needs no background. Never rejects. */
  readonly read = (): Promise<void> => {
    // The background is asked anyway, and its answer says what is wrong.
    this.#firstRead ??= this.#readPublished().catch(() => {});
    return this.#firstRead;
  };

  /** Asks the background, which may know better than what it published last. Never rejects. */
  readonly ask = async (): Promise<void> => {
    this.#publish({ ...this.#known, error: null });
    try {
      const { value, revision } = await askBackground({ type: 'get-user' });
      if (revision > this.#sessionsRevision) await this.#readPublished().catch(() => {});
      this.#take({ user: value as UserSnapshot | null, revision });
    } catch (error) {
      this.#publish({ ...this.#known, error: toMessageError(error) });
    }
  };

  /** Back to the start, as in a page that was just opened; for tests. */
  forget(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#firstRead = undefined;
    this.#revision = -1;
    this.#sessionsRevision = -1;
    this.#known = NOTHING_KNOWN;
  }

  #start(): () => void {
    const stopWatching = watchAuthState((state) => this.#take(state));
    // A page that was out of sight, or offline, may have missed something that the background has not.
    const askWhenVisible = () => {
      if (document.visibilityState === 'visible') void this.ask();
    };
    document.addEventListener('visibilitychange', askWhenVisible);
    window.addEventListener('online', this.ask);
    void this.read();
    void this.ask();
    return () => {
      stopWatching();
      document.removeEventListener('visibilitychange', askWhenVisible);
      window.removeEventListener('online', this.ask);
    };
  }

  async #readPublished(): Promise<void> {
    const state = await readAuthState();
    if (state) this.#take(state);
  }

  #take({ user, revision, sessions }: Answer & Partial<AuthState>): void {
    if (revision < this.#revision) return;
    const known = this.#known;
    // The same revision is the same state: its first copy is kept. What is published again has newer times.
    if (!sessions && revision === this.#revision && known.user !== undefined) {
      this.#publish({ ...known, error: null });
      return;
    }
    this.#revision = revision;
    if (sessions) this.#sessionsRevision = revision;
    const ofAll = sessions ? keptSessions(known.sessions, sessions) : known.sessions;
    // The active person is published twice. It is one object, also for who is pinned to that session.
    const ofSession = ofAll?.find(({ id }) => id === user?.sessionId)?.user;
    const person = kept(ofSession, kept(known.user ?? known.pending, user));
    const active = activeUser(person);
    this.#publish({
      user: active,
      pending: active ? null : person,
      sessions: ofAll,
      activeSessionId: user?.sessionId ?? null,
      error: null,
    });
  }

  #publish(next: KnownAuth): void {
    const names = Object.keys(next) as (keyof KnownAuth)[];
    if (names.every((name) => next[name] === this.#known[name])) return;
    this.#known = next;
    for (const notify of this.#listeners) notify();
  }
}

/** The one of this page. */
export const authStore = new AuthStore();

// What says the same is the same, so that nothing is rendered anew for it.
function kept<Value>(last: Value | undefined, next: Value): Value {
  return last !== undefined && JSON.stringify(last) === JSON.stringify(next) ? last : next;
}

function keptSessions(last: SessionSnapshot[] = [], next: SessionSnapshot[]): SessionSnapshot[] {
  const sessions = next.map((session) => {
    const before = last.find(({ id }) => id === session.id);
    return kept(before, { ...session, user: kept(before?.user, session.user) });
  });
  const isSame =
    sessions.length === last.length && sessions.every((session, index) => session === last[index]);
  return isSame ? last : sessions;
}
