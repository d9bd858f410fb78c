import { useClerk } from '@clerk/chrome-extension';
import { useEffect, useMemo, useRef } from 'react';
import { sendMessage } from '../../utils/send-message';
import { createSessionAligner } from './align-session';

/** Keeps this page's Clerk and the background's auth state at one: each learns what the other did. */
export function SessionSync({ sessionId }: { sessionId: string | null }) {
  const clerk = useClerk();
  const known = useRef<string | null>(null);

  useEffect(() => {
    return clerk.addListener(({ session, user, organization }) => {
      const seen = JSON.stringify([session?.id, user?.updatedAt, organization?.id]);
      // `undefined` is Clerk between two states, in the middle of a sign-out or a switch.
      if (session === undefined || seen === known.current) return;
      known.current = seen;
      // A failure changes nothing here: the page goes on showing what the background last published.
      sendMessage('session-changed').catch(() => {});
    });
  }, [clerk]);

  const align = useMemo(() => createSessionAligner(clerk, () => window.location.reload()), [clerk]);
  const isFirst = useRef(true);
  useEffect(() => {
    // What Clerk has just loaded is newer than what the background knew before.
    if (isFirst.current) isFirst.current = false;
    else align(sessionId);
  }, [align, sessionId]);

  return null;
}
