import { useMemo } from 'react';
import type { SessionOptions } from '../messages/protocol';
import { type PageUser, pageUserOf } from './page-user';
import { useKnownAuth } from './useKnownAuth';

/** As Clerk's own `useUser` has it. */
export type UseUserReturn =
  | { isLoaded: false; isSignedIn: undefined; user: undefined }
  | { isLoaded: true; isSignedIn: false; user: null }
  | { isLoaded: true; isSignedIn: true; user: PageUser };

/**
 * Who is signed in, by name and picture. Live, from the background, without Clerk in the page.
 *
 * @param options.sessionId About this session, whichever is active.
 */
export function useUser(options?: SessionOptions): UseUserReturn {
  const { user } = useKnownAuth(options);
  return useMemo(() => {
    if (user === undefined) return { isLoaded: false, isSignedIn: undefined, user };
    if (user === null) return { isLoaded: true, isSignedIn: false, user };
    return { isLoaded: true, isSignedIn: true, user: pageUserOf(user) };
  }, [user]);
}
