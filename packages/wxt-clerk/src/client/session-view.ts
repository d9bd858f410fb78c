import type { SessionSnapshot, UserSnapshot } from '../messages/protocol';
import { activeUser } from '../shared/active-user';
import type { KnownAuth } from './auth-store';

/** What a page knows of one session and its person. */
export interface SessionView {
  /** Who is signed in with it. `null` is nobody, or somebody who is `pending`; `undefined` as long as it is not known. */
  user: UserSnapshot | null | undefined;
  /** Who has a task left to do before they are signed in with it. */
  pending: UserSnapshot | null;
  /** `null` when there is none, or no longer; `undefined` as long as it is not known. */
  session: SessionSnapshot | null | undefined;
}

/**
 * What is known of the active session, or of the one that is pinned: of that one alone, whichever is active.
 *
 * @param pinnedId Id of the pinned session. When it is over nobody is signed in.
 */
export function viewOf(known: KnownAuth, pinnedId?: string): SessionView {
  const { user, pending, sessions, activeSessionId } = known;
  const sessionId = pinnedId ?? activeSessionId;
  const session = sessions?.find(({ id, status }) => id === sessionId && isThere(status));
  if (sessionId === activeSessionId)
    return { user, pending, session: session ?? (sessionId === null ? null : undefined) };
  if (!session?.user) {
    const nobody = sessions ? null : undefined;
    return { user: nobody, pending: null, session: nobody };
  }
  const active = activeUser(session.user);
  return { user: active, pending: active ? null : session.user, session };
}

function isThere(status: string): boolean {
  return status === 'active' || status === 'pending';
}
