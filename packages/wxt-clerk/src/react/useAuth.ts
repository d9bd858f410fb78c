import { useMemo } from 'react';
import type { getToken, signOut } from '../client/actions';
import type { SessionOptions, SessionTask, UserSnapshot } from '../messages/protocol';
import { asksForClaims, isAuthorized } from '../shared/authorization';
import type { ActClaim, CheckAuthorization, RoleKey, SessionClaims } from '../shared/clerk-types';
import { useActions } from './useActions';
import { useClaims } from './useClaims';
import { type SessionAuth, useKnownAuth } from './useKnownAuth';

interface AuthActions {
  /** A session token that is valid now, `null` when nobody is signed in. Rejects with a `MessageError`. */
  getToken: typeof getToken;
  /** Ends the session that is named or pinned, else every session of the extension. Rejects with a `MessageError`. */
  signOut: typeof signOut;
  /** What Clerk's own `has` answers; `false` as long as nobody is signed in. */
  has: CheckAuthorization;
}

type Facts<None> = {
  userId: None;
  sessionId: None;
  /** Claims of the session token; who reads them has the background get one. */
  sessionClaims: None;
  /** Who acts in the person's name, where somebody does. */
  actor: None;
  orgId: None;
  orgRole: None;
  orgSlug: None;
};

type SignedInFacts = {
  userId: string;
  sessionId: string;
  /** `undefined` until there is a token. */
  sessionClaims: SessionClaims | undefined;
  actor: ActClaim | null;
  orgId: string | null;
  orgRole: RoleKey | null;
  orgSlug: string | null;
};

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
    | ({ isLoaded: false; isSignedIn: undefined } & Facts<undefined> & Unknown)
    | ({ isLoaded: true; isSignedIn: false } & Facts<null> & (Pending | None))
    | ({ isLoaded: true; isSignedIn: true } & SignedInFacts & Active)
  );

/**
 * Who is signed in, by ids, and what they may do. Live, from the background, without Clerk in the page.
 *
 * @param options.sessionId About this session, whichever is active.
 */
export function useAuth(options?: SessionOptions): UseAuthReturn {
  const auth = useKnownAuth(options);
  const { user, pending, session, pinnedId } = auth;
  const readClaims = useClaims(user);
  const { getToken, signOut } = useActions(pinnedId);
  return useMemo(() => {
    const actions = { getToken, signOut, has: () => false };
    return user
      ? signedIn({ user, session }, readClaims, actions)
      : { ...actions, ...withoutUser(user, pending) };
  }, [user, pending, session, readClaims, getToken, signOut]);
}

function factsOf<Value>(none: Value): Facts<Value> {
  return {
    userId: none,
    sessionId: none,
    sessionClaims: none,
    actor: none,
    orgId: none,
    orgRole: none,
    orgSlug: none,
  };
}

function withoutUser(user: null | undefined, pending: UserSnapshot | null) {
  if (user === undefined) {
    const unknown = { sessionStatus: undefined, currentTask: undefined };
    return { isLoaded: false, isSignedIn: undefined, ...factsOf(undefined), ...unknown } as const;
  }
  const nobody = { isLoaded: true, isSignedIn: false, ...factsOf(null) } as const;
  return pending
    ? ({ ...nobody, sessionStatus: 'pending', currentTask: pending.currentTask } as const)
    : ({ ...nobody, sessionStatus: null, currentTask: null } as const);
}

type Known = { user: UserSnapshot } & Pick<SessionAuth, 'session'>;

function signedIn(
  { user, session }: Known,
  readClaims: () => SessionClaims | undefined,
  actions: AuthActions,
) {
  const facts = session ?? { user, factorVerificationAge: null };
  return {
    ...actions,
    isLoaded: true,
    isSignedIn: true,
    userId: user.userId,
    sessionId: user.sessionId,
    // Not before it is read: the background would have to get a token for who needs none.
    get sessionClaims() {
      return readClaims();
    },
    actor: (session?.actor as ActClaim | null | undefined) ?? null,
    orgId: user.organizationId,
    orgRole: user.organizationRole as RoleKey | null,
    orgSlug: user.organizationSlug,
    has: (params) => isAuthorized(facts, (asksForClaims(params) && readClaims()) || null, params),
    sessionStatus: 'active',
    currentTask: null,
  } satisfies UseAuthReturn as UseAuthReturn;
}
