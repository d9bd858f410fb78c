import { useMemo } from 'react';
import { getToken, signOut } from '../client/index';
import type { UserSnapshot } from '../messages/protocol';
import { useKnownAuth } from './useKnownAuth';

interface AuthActions {
  /** A session token that is valid now, `null` when nobody is signed in. Rejects with a `MessageError`. */
  getToken: typeof getToken;
  /** Signs out everywhere in the extension. Rejects with a `MessageError`. */
  signOut: typeof signOut;
}

type Ids<Id> = { userId: Id; sessionId: Id; orgId: Id };

/** As Clerk's own `useAuth` has it. */
export type UseAuthReturn = AuthActions &
  (
    | ({ isLoaded: false; isSignedIn: undefined } & Ids<undefined>)
    | ({ isLoaded: true; isSignedIn: false } & Ids<null>)
    | { isLoaded: true; isSignedIn: true; userId: string; sessionId: string; orgId: string | null }
  );

/** Who is signed in, by ids, and what can be done with it. Live, from the background, without Clerk in the page. */
export function useAuth(): UseAuthReturn {
  const { user } = useKnownAuth();
  return useMemo(() => ({ ...stateOf(user), getToken, signOut }), [user]);
}

function stateOf(user: UserSnapshot | null | undefined) {
  if (user === undefined)
    return { isLoaded: false, isSignedIn: undefined, userId: user, sessionId: user, orgId: user } as const;
  if (user === null)
    return { isLoaded: true, isSignedIn: false, userId: user, sessionId: user, orgId: user } as const;
  const { userId, sessionId, organizationId: orgId } = user;
  return { isLoaded: true, isSignedIn: true, userId, sessionId, orgId } as const;
}
