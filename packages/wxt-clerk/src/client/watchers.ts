import type { ListedSession, SessionOptions, SessionSnapshot, UserSnapshot } from '../messages/protocol';
import { authStore, type KnownAuth } from './auth-store';
import { viewOf } from './session-view';

/** Who is signed in, as `watchAuth` tells it. */
export type Auth =
  | { isSignedIn: true; user: UserSnapshot }
  /** `pending`: somebody who has a task left to do, which their `currentTask` names. */
  | { isSignedIn: false; user: null; pending?: UserSnapshot };

/**
 * Follows who is signed in: calls back with the state now, as soon as it is known, and with every change of it.
 *
 * @param options.sessionId Follows this session, whichever is active.
 * @returns Stops the calls.
 */
export function watchAuth(onChange: (auth: Auth) => void, { sessionId }: SessionOptions = {}): () => void {
  const personOf = (known: KnownAuth) => {
    const { user, pending } = viewOf(known, sessionId);
    return user === undefined ? undefined : (user ?? pending);
  };
  return follow(personOf, (person) => {
    if (person?.status === 'active') onChange({ isSignedIn: true, user: person });
    else onChange({ isSignedIn: false, user: null, ...(person && { pending: person }) });
  });
}

/**
 * Follows the active session, as `watchAuth` does the person; `null` when there is none.
 *
 * @param options.sessionId Follows this session, whichever is active.
 * @returns Stops the calls.
 */
export function watchSession(
  onChange: (session: SessionSnapshot | null) => void,
  { sessionId }: SessionOptions = {},
): () => void {
  return follow((known) => viewOf(known, sessionId).session, onChange);
}

/**
 * Follows every session of this extension.
 *
 * @returns Stops the calls.
 */
export function watchSessionList(onChange: (sessions: ListedSession[]) => void): () => void {
  let told: Partial<KnownAuth> = {};
  return callNowAndLater(() => {
    const { sessions, activeSessionId } = authStore.get();
    const isTold = sessions === told.sessions && activeSessionId === told.activeSessionId;
    if (!sessions || isTold) return;
    told = { sessions, activeSessionId };
    onChange(sessions.map((session) => ({ ...session, isActive: session.id === activeSessionId })));
  });
}

/** Calls back with what is known now, and whenever that is another; `undefined` is not known yet. */
function follow<Value>(read: (known: KnownAuth) => Value | undefined, onChange: (value: Value) => void) {
  let told: Value | undefined;
  return callNowAndLater(() => {
    const value = read(authStore.get());
    if (value === undefined || value === told) return;
    told = value;
    onChange(value);
  });
}

function callNowAndLater(tell: () => void): () => void {
  const stop = authStore.subscribe(tell);
  tell();
  return stop;
}
