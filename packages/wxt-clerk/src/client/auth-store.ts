import { type MessageError, toMessageError } from '../messages/message-error';
import type { UserSnapshot } from '../messages/protocol';
import { askBackground } from '../messages/send-message';
import { readAuthState, watchAuthState } from '../shared/auth-state';

/** What a page knows of who is signed in. */
export interface KnownAuth {
  /** `null` is nobody; `undefined` as long as there was no answer. */
  user: UserSnapshot | null | undefined;
  /** Why the background did not answer the last time it was asked. What was known before still stands. */
  error: MessageError | null;
}

const NOTHING_KNOWN: KnownAuth = { user: undefined, error: null };

/**
 * What the background says of who is signed in, once for a whole page: all hooks and screens look at this one. It asks
 * nothing before somebody subscribes.
 */
export function createAuthStore() {
  let known = NOTHING_KNOWN;
  let revision = -1;
  let firstRead: Promise<void> | undefined;
  let stop: (() => void) | undefined;
  const listeners = new Set<() => void>();

  function publish(next: KnownAuth): void {
    if (next.user === known.user && next.error === known.error) return;
    known = next;
    for (const notify of listeners) notify();
  }

  function take(user: UserSnapshot | null, itsRevision: number): void {
    if (itsRevision < revision) return;
    // The same revision is the same state: its first copy is kept, so that nothing is rendered anew.
    const isSame = itsRevision === revision && known.user !== undefined;
    revision = itsRevision;
    publish({ user: isSame ? known.user : user, error: null });
  }

  /** Takes what the background has published, which needs no background. Never rejects. */
  function read(): Promise<void> {
    firstRead ??= readAuthState()
      .then((state) => {
        if (state) take(state.user, state.revision);
      })
      // The background is asked anyway, and its answer says what is wrong.
      .catch(() => {});
    return firstRead;
  }

  /** Asks the background, which may know better than what it published last. */
  async function ask(): Promise<void> {
    publish({ ...known, error: null });
    try {
      const { value, revision: itsRevision } = await askBackground({ type: 'get-user' });
      take(value as UserSnapshot | null, itsRevision);
    } catch (error) {
      publish({ ...known, error: toMessageError(error) });
    }
  }

  function start(): () => void {
    const stopWatching = watchAuthState((state) => take(state.user, state.revision));
    // A page that was out of sight, or offline, may have missed something that the background has not.
    const askWhenVisible = () => {
      if (document.visibilityState === 'visible') void ask();
    };
    document.addEventListener('visibilitychange', askWhenVisible);
    window.addEventListener('online', ask);
    void read();
    void ask();
    return () => {
      stopWatching();
      document.removeEventListener('visibilitychange', askWhenVisible);
      window.removeEventListener('online', ask);
    };
  }

  /** The first subscriber starts the watch, which then lasts as long as the page: who comes later finds what is so now. */
  function subscribe(onChange: () => void): () => void {
    listeners.add(onChange);
    stop ??= start();
    return () => listeners.delete(onChange);
  }

  /** Back to the start, as in a page that was just opened; for tests. */
  function forget(): void {
    stop?.();
    stop = undefined;
    firstRead = undefined;
    revision = -1;
    known = NOTHING_KNOWN;
  }

  return { get: () => known, subscribe, read, ask, forget };
}

export type AuthStore = ReturnType<typeof createAuthStore>;

/** The one of this page. */
export const authStore: AuthStore = createAuthStore();
