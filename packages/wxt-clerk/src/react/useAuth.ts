import { useMemo } from 'react';
import { getToken, signOut } from '../client/index';
import type { SessionTask, UserSnapshot } from '../messages/protocol';
import { useKnownAuth } from './useKnownAuth';

interface AuthActions {
  /** A session token that is valid now, `null` when nobody is signed in. Rejects with a `MessageError`. */
  getToken: typeof getToken;
  /** Signs out everywhere in the extension. Rejects with a `MessageError`. */
  signOut: typeof signOut;
}

type Ids<Id> = { userId: Id; sessionId: Id; orgId: Id };

type Active = { sessionStatus: 'active'; currentTask: null };
type Pending = { sessionStatus: 'pending'; currentTask: SessionTask | null };
type None = { sessionStatus: null; currentTask: null };
type Unknown = { sessionStatus: undefined; currentTask: undefined };

/**
 * As Clerk's own `useAuth` has it. A person with a task left to do is not signed in, as Clerk has it by default, and yet
 * not nobody: their `sessionStatus` is `pending`.
 */
export type UseAuthReturn = AuthActions &
  (
    | ({ isLoaded: false; isSignedIn: undefined } & Ids<undefined> & Unknown)
    | ({ isLoaded: true; isSignedIn: false } & Ids<null> & (Pending | None))
    | ({ isLoaded: true; isSignedIn: true; userId: string; sessionId: string; orgId: string | null } & Active)
  );

/** Who is signed in, by ids, and what can be done with it. Live, from the background, without Clerk in the page. */
export function useAuth(): UseAuthReturn {
  const { user, pending } = useKnownAuth();
  return useMemo(() => ({ ...stateOf(user, pending), getToken, signOut }), [user, pending]);
}

const NOTHING_KNOWN = {
  isLoaded: false,
  isSignedIn: undefined,
  userId: undefined,
  sessionId: undefined,
  orgId: undefined,
  sessionStatus: undefined,
  currentTask: undefined,
} as const;

function stateOf(user: UserSnapshot | null | undefined, pending: UserSnapshot | null) {
  if (user === undefined) return NOTHING_KNOWN;
  if (user === null) {
    const nobody = { isLoaded: true, isSignedIn: false, userId: user, sessionId: user, orgId: user } as const;
    return pending
      ? ({ ...nobody, sessionStatus: 'pending', currentTask: pending.currentTask } as const)
      : ({ ...nobody, sessionStatus: null, currentTask: null } as const);
  }
  const { userId, sessionId, organizationId: orgId } = user;
  const ids = { userId, sessionId, orgId };
  return { isLoaded: true, isSignedIn: true, ...ids, sessionStatus: 'active', currentTask: null } as const;
}
