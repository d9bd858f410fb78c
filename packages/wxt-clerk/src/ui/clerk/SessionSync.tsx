import { useClerk } from '@clerk/chrome-extension';
import { useEffect, useMemo, useRef } from 'react';
import { MessageError } from '../../messages/message-error';
import { sendMessage } from '../../messages/send-message';
import { useKnownAuth } from '../../react/useKnownAuth';
import { createSessionAligner } from './align-session';

/** Keeps this page's Clerk and the background's auth state at one: each learns what the other did. */
export function SessionSync() {
  const clerk = useClerk();
  const { user } = useKnownAuth();
  // As long as nothing is known, what Clerk has stays.
  const sessionId = user === undefined ? undefined : (user?.sessionId ?? null);
  const known = useRef<string | null>(null);

  useEffect(() => {
    return clerk.addListener(({ session, user, organization }) => {
      const seen = JSON.stringify([session?.id, user?.updatedAt, organization?.id]);
      // `undefined` is Clerk between two states, in the middle of a sign-out or a switch.
      if (session === undefined || seen === known.current) return;
      known.current = seen;
      report(() => known.current === seen);
    });
  }, [clerk]);

  const align = useMemo(() => createSessionAligner(clerk, () => window.location.reload()), [clerk]);
  const isFirst = useRef(true);
  useEffect(() => {
    // What Clerk has just loaded is newer than what the background knew before.
    if (isFirst.current) isFirst.current = false;
    else if (sessionId !== undefined) align(sessionId);
  }, [align, sessionId]);

  return null;
}

const RETRY_MS = 2000;

/** Tells the background, again and again until it knows: without it nobody shows the person who signed in here. */
function report(isCurrent: () => boolean): void {
  sendMessage('session-changed').catch((error) => {
    const waitMs = (error instanceof MessageError && error.retryAfterMs) || RETRY_MS;
    setTimeout(() => isCurrent() && report(isCurrent), waitMs);
  });
}
