import { useClerk, useSession } from '@clerk/chrome-extension';
import { validateReverificationConfig } from '@clerk/shared/authorization';
import { useEffect, useSyncExternalStore } from 'react';
import { authStore } from '../../client/auth-store';
import { reverificationAsked, watchClerkView } from '../clerk-host';
import { currentRoute, startAtRoute } from './route';

/** Opens Clerk's dialog for who is asked to verify that it is them, as soon as Clerk has that person here. */
export function Reverifications() {
  const clerk = useClerk();
  const { session } = useSession();
  const asked = useSyncExternalStore(watchClerkView, reverificationAsked);
  const activeId = useSyncExternalStore(authStore.subscribe, activeSessionId);
  // Without a session Clerk would do nothing, and never say so (clerk-js 6.40.0, core/clerk.ts, __internal_openReverification).
  const isThere = session?.status === 'active' && session.id === activeId;

  useEffect(() => {
    if (!asked) return;
    // Clerk's dialog is for the active session, and the request is not of that one any more.
    if (activeId !== asked.sessionId) asked.end(false);
    if (activeId !== asked.sessionId || !isThere) return;
    asked.begin();
    // Clerk's steps look for it, also where no form has been shown yet.
    if (currentRoute() === null) startAtRoute('/');
    const configOf = validateReverificationConfig(asked.wanted as never);
    clerk.__internal_openReverification({
      ...(configOf && { level: configOf().level }),
      afterVerification: () => asked.end(true),
      afterVerificationCancelled: () => asked.end(false),
    });
    return () => {
      // Signed out, or already done, which changes nothing any more.
      asked.end(false);
      clerk.__internal_closeReverification();
    };
  }, [clerk, asked, isThere, activeId]);

  return null;
}

const activeSessionId = () => authStore.get().user?.sessionId;
