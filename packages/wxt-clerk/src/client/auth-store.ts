import { type MessageError, toMessageError } from '../messages/message-error';
import type { UserSnapshot } from '../messages/protocol';
import { askBackground } from '../messages/send-message';
import { activeUser } from '../shared/active-user';
import { readAuthState, watchAuthState } from '../shared/auth-state';

/** What a page knows of who is signed in. */
export interface KnownAuth {
  /** Who is signed in. `null` is nobody, or somebody who is `pending`; `undefined` as long as there was no answer. */
  user: UserSnapshot | null | undefined;
  /** Who has a task left to do before they are signed in; `null` when that is nobody. */
  pending: UserSnapshot | null;
  /** Why the background did not answer the last time it was asked. What was known before still stands. */
  error: MessageError | null;
}

const NOTHING_KNOWN: KnownAuth = { user: undefined, pending: null, error: null };

/**
 * What the background says of who is signed in, once for a whole page: all hooks and screens look at this one. It asks
 * nothing before somebody subscribes. Its methods are bound, for `useSyncExternalStore`.
 */
export class AuthStore {
  #known = NOTHING_KNOWN;
  #revision = -1;
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
    this.#firstRead ??= readAuthState()
      .then((state) => {
        if (state) this.#take(state.user, state.revision);
      })
      // The background is asked anyway, and its answer says what is wrong.
      .catch(() => {});
    return this.#firstRead;
  };

  /** Asks the background, which may know better than what it published last. Never rejects. */
  readonly ask = async (): Promise<void> => {
    this.#publish({ ...this.#known, error: null });
    try {
      const { value, revision } = await askBackground({ type: 'get-user' });
      this.#take(value as UserSnapshot | null, revision);
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
    this.#known = NOTHING_KNOWN;
  }

  #start(): () => void {
    const stopWatching = watchAuthState((state) => this.#take(state.user, state.revision));
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

  #take(user: UserSnapshot | null, revision: number): void {
    if (revision < this.#revision) return;
    // The same revision is the same state: its first copy is kept, so that nothing is rendered anew.
    const isSame = revision === this.#revision && this.#known.user !== undefined;
    this.#revision = revision;
    const active = activeUser(user);
    this.#publish(
      isSame ? { ...this.#known, error: null } : { user: active, pending: active ? null : user, error: null },
    );
  }

  #publish(next: KnownAuth): void {
    const { user, pending, error } = this.#known;
    if (next.user === user && next.pending === pending && next.error === error) return;
    this.#known = next;
    for (const notify of this.#listeners) notify();
  }
}

/** The one of this page. */
export const authStore = new AuthStore();
