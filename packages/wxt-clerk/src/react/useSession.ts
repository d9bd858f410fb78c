import { useMemo } from 'react';
import type { SessionOptions } from '../messages/protocol';
import { type PageSession, pageSessionOf } from './page-session';
import { useClaims } from './useClaims';
import { useKnownAuth } from './useKnownAuth';

/** As Clerk's own `useSession` has it: the session of somebody with a task left to do is there, and not signed in. */
export type UseSessionReturn =
  | { isLoaded: false; isSignedIn: undefined; session: undefined }
  | { isLoaded: true; isSignedIn: false; session: PageSession | null }
  | { isLoaded: true; isSignedIn: true; session: PageSession };

/**
 * The active session. Live, from the background, without Clerk in the page.
 *
 * @param options.sessionId This session, whichever is active.
 */
export function useSession(options?: SessionOptions): UseSessionReturn {
  const { session, user } = useKnownAuth(options);
  const readClaims = useClaims(session?.user);
  const isSignedIn = Boolean(user);
  return useMemo(() => {
    if (session === undefined) return { isLoaded: false, isSignedIn: undefined, session };
    if (session === null) return { isLoaded: true, isSignedIn: false, session };
    return { isLoaded: true, isSignedIn, session: pageSessionOf(session, readClaims) };
  }, [session, isSignedIn, readClaims]);
}
