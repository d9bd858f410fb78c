import { useClerk } from '@clerk/chrome-extension';
import { useEffect, useMemo, useRef } from 'react';
import { toMessageError } from '../../messages/message-error';
import { sendMessage } from '../../messages/send-message';
import { useKnownAuth } from '../../react/useKnownAuth';
import { createSessionAligner } from './align-session';
import { createRetry } from './retry';
import { tellTrouble } from './trouble';

type Clerk = ReturnType<typeof useClerk>;

/** Keeps this page's Clerk and the background's auth state at one: each learns what the other did. */
export function SessionSync() {
  const clerk = useClerk();
  const { user, pending } = useKnownAuth();
  // As long as nothing is known, what Clerk has stays.
  const sessionId = user === undefined ? undefined : ((user ?? pending)?.sessionId ?? null);

  const align = useMemo(
    () => createSessionAligner(clerk, { onTrouble: tellTrouble, onStuck: () => window.location.reload() }),
    [clerk],
  );
  useEffect(() => reportChanges(clerk, align), [clerk, align]);

  const isFirst = useRef(true);
  useEffect(() => {
    // What Clerk has just loaded is newer than what the background knew before.
    if (isFirst.current) isFirst.current = false;
    else if (sessionId !== undefined) align(sessionId);
  }, [align, sessionId]);

  return null;
}

/**
 * Tells the background of every change of what Clerk has, again and again until it knows: without it nobody shows the
 * person who signed in here.
 *
 * @param align Takes the session that the background then has from the server: Clerk may hold one that a sign-out
 *   elsewhere has ended while it was being made.
 * @returns Ends it.
 */
function reportChanges(clerk: Clerk, align: (sessionId: string | null) => void): () => void {
  let known: string | undefined;
  let isFirst = true;
  const retry = createRetry(() => void report());

  async function report(): Promise<void> {
    const reported = known;
    try {
      const user = await sendMessage('session-changed');
      if (reported !== known) return;
      retry.end();
      tellTrouble(null);
      const target = user?.sessionId ?? null;
      // Both have just asked the server: nothing that this page could load anew would bring Clerk there.
      const isHopeless = isFirst && target === null;
      isFirst = false;
      if (isHopeless || clerk.session?.status === 'pending') return;
      if (target !== (clerk.session?.id ?? null)) align(target);
    } catch (reason) {
      if (reported !== known) return;
      const error = toMessageError(reason);
      tellTrouble({ error, retry: retry.now });
      retry.later(error.retryAfterMs);
    }
  }

  const stop = clerk.addListener(({ session, user, organization }) => {
    // `undefined` is Clerk between two states, in the middle of a sign-out or a switch.
    if (session === undefined) return;
    const seen = JSON.stringify([session?.id, session?.status, user?.updatedAt, organization?.id]);
    if (seen === known) return;
    known = seen;
    retry.end();
    void report();
  });
  return () => {
    known = undefined;
    retry.end();
    stop();
  };
}
