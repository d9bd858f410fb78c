import type { ReactNode } from 'react';
import { type UseAuthReturn, useAuth } from './useAuth';

type SignedInAuth = Extract<UseAuthReturn, { isSignedIn: true }>;

/**
 * When `Show` shows its children. Who has a task left to do is `pending`, and `signed-out` until it is done. A function
 * is asked about who is signed in; nobody never passes it.
 */
export type ShowWhen = 'signed-in' | 'signed-out' | 'pending' | ((auth: SignedInAuth) => boolean);

export interface ShowProps {
  when: ShowWhen;
  /** Shown instead when the condition does not hold. */
  fallback?: ReactNode;
  children?: ReactNode;
}

/** Shows its children to whom they are for. Nothing at all before it is known who is signed in, as Clerk's own `Show`. */
export function Show({ when, fallback = null, children }: ShowProps): ReactNode {
  const auth = useAuth();
  if (!auth.isLoaded) return null;
  return isMet(when, auth) ? children : fallback;
}

function isMet(when: ShowWhen, auth: UseAuthReturn): boolean {
  if (when === 'signed-out') return !auth.isSignedIn;
  if (when === 'pending') return auth.sessionStatus === 'pending';
  if (!auth.isSignedIn) return false;
  return when === 'signed-in' || when(auth);
}
