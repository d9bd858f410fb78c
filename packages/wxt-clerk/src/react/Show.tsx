import type { ReactNode } from 'react';
import type { SessionOptions } from '../messages/protocol';
import { asksForClaims } from '../shared/authorization';
import type { AuthorizationParams, CheckAuthorization } from '../shared/clerk-types';
import { type UseAuthReturn, useAuth } from './useAuth';
import { useAreClaimsSettled } from './useClaims';

type SignedInAuth = Extract<UseAuthReturn, { isSignedIn: true }>;

/**
 * When `Show` shows its children. Who has a task left to do is `pending`, and `signed-out` until it is done. A role,
 * permission, feature or plan is asked of `has` (`AuthorizationParams`: `{ role }`, `{ permission }`, `{ feature }` or
 * `{ plan }`, also with a `reverification`), and a function is given `has`, which also carries what `useAuth` tells; nobody
 * never passes either.
 */
export type ShowWhen =
  | 'signed-in'
  | 'signed-out'
  | 'pending'
  | AuthorizationParams
  | ((has: CheckAuthorization & SignedInAuth) => boolean);

export interface ShowProps extends SessionOptions {
  when: ShowWhen;
  /** Shown instead when the condition does not hold. */
  fallback?: ReactNode;
  children?: ReactNode;
}

/**
 * Shows its children to whom they are for, live with their role. Nothing at all before it is known who is signed in, as
 * Clerk's own `Show`, nor before the claims are there that a feature or plan is in; where they cannot be had, the fallback.
 */
export function Show({ when, fallback = null, children, sessionId }: ShowProps): ReactNode {
  const auth = useAuth({ sessionId });
  const areClaimsSettled = useAreClaimsSettled(
    auth.isSignedIn ? { sessionId: auth.sessionId, organizationId: auth.orgId } : undefined,
  );
  if (!auth.isLoaded) return null;
  if (isMet(when, auth)) return children;
  const isWaiting = typeof when === 'object' && asksForClaims(when) && !areClaimsSettled;
  return isWaiting ? null : fallback;
}

function isMet(when: ShowWhen, auth: UseAuthReturn): boolean {
  if (when === 'signed-out') return !auth.isSignedIn;
  if (when === 'pending') return auth.sessionStatus === 'pending';
  if (!auth.isSignedIn) return false;
  if (when === 'signed-in') return true;
  return typeof when === 'function' ? when(hasWith(auth)) : auth.has(when);
}

// By its descriptors: to copy what `sessionClaims` reads would have the background get a token.
function hasWith(auth: SignedInAuth): CheckAuthorization & SignedInAuth {
  const has: CheckAuthorization = (params) => auth.has(params);
  return Object.defineProperties(has, Object.getOwnPropertyDescriptors(auth)) as CheckAuthorization &
    SignedInAuth;
}
