import { useClerk } from '@clerk/chrome-extension';
import { useEffect, useMemo, useRef } from 'react';
import { authStore, type KnownAuth } from '../../client/auth-store';
import { type ErrorCode, toMessageError } from '../../messages/message-error';
import type { SetActiveOptions } from '../../messages/protocol';
import { sendMessage } from '../../messages/send-message';
import { useKnownAuth } from '../../react/useKnownAuth';
import { createSessionAligner, isSameSession, isTakingOver, type KnownSession } from './align-session';
import { hasCredential } from './page-credential';
import { createRetry } from './retry';
import { tellTrouble } from './trouble';

type Clerk = ReturnType<typeof useClerk>;

// To ask again would change nothing.
const REFUSALS: readonly ErrorCode[] = ['not-a-member', 'not-found', 'refused'];

/** Keeps this page's Clerk and the background's auth state at one: each learns what the other did. */
export function SessionSync() {
  const clerk = useClerk();
  const session = useKnownSession(useKnownAuth());

  const align = useMemo(
    () =>
      createSessionAligner(clerk, {
        onTrouble: tellTrouble,
        onStuck: () => window.location.reload(),
        hasCredential,
      }),
    [clerk],
  );
  useEffect(() => reportChanges(clerk, align), [clerk, align]);

  const isFirst = useRef(true);
  useEffect(() => {
    // What Clerk has just loaded is newer than what the background knew before.
    if (isFirst.current) isFirst.current = false;
    // As long as nothing is known, what Clerk has stays.
    else if (session !== undefined) align(session);
  }, [align, session]);

  return null;
}

/** The session that the background knows, the same object as long as that stays so; `undefined` while it knows nothing. */
function useKnownSession({
  user,
  pending,
}: Pick<KnownAuth, 'user' | 'pending'>): KnownSession | null | undefined {
  const { sessionId, status, organizationId = null } = user ?? pending ?? {};
  const isKnown = user !== undefined;
  return useMemo(() => {
    if (sessionId && status) return { sessionId, status, organizationId };
    return isKnown ? null : undefined;
  }, [sessionId, status, organizationId, isKnown]);
}

/**
 * Tells the background of every change of what Clerk has, again and again until it knows: without it nobody shows the
 * person who signed in here.
 *
 * @param align Takes the session that the background then has from the server: Clerk may hold one that a sign-out
 *   elsewhere has ended while it was being made.
 * @returns Ends it.
 */
function reportChanges(clerk: Clerk, align: (session: KnownSession | null) => void): () => void {
  let known: string | undefined;
  let last: Choice | undefined;
  let untold: SetActiveOptions | undefined;
  const retry = createRetry(() => void report());

  async function report(): Promise<void> {
    const reported = known;
    try {
      const user = await (untold ? sendMessage('set-active', untold) : sendMessage('session-changed'));
      if (reported !== known) return;
      untold = undefined;
      retry.end();
      tellTrouble(null);
      if (!isSameSession(clerk, user)) align(user);
    } catch (reason) {
      if (reported !== known) return;
      const error = toMessageError(reason);
      if (untold && REFUSALS.includes(error.code)) {
        untold = undefined;
        return report();
      }
      tellTrouble({ error, retry: retry.now });
      retry.later(error.retryAfterMs);
    }
  }

  const stop = clerk.addListener(({ session, user }) => {
    // `undefined` is Clerk between two states, in the middle of a sign-out or a switch (clerk-js 6.40.0, core/clerk.ts,
    // #setTransitiveState).
    if (session === undefined) return;
    const choice = session && choiceOf(session);
    // Not the client's list: a new session is in it before Clerk has taken it over, and the background would be first.
    const seen = JSON.stringify([choice, session?.status, user?.updatedAt]);
    if (seen === known) return;
    known = seen;
    untold = choice && !isTakingOver() && isUntold(choice, last) ? choice : undefined;
    last = choice ?? undefined;
    retry.end();
    void report();
  });
  return () => {
    known = undefined;
    retry.end();
    stop();
  };
}

interface Choice {
  sessionId: string;
  organizationId: string | null;
}

function choiceOf(session: { id: string; lastActiveOrganizationId?: string | null }): Choice {
  return { sessionId: session.id, organizationId: session.lastActiveOrganizationId ?? null };
}

/**
 * Was an organization chosen here of which nobody has heard? Clerk itself tells the server only in a page that has the focus
 * (clerk-js 6.40.0, core/clerk.ts, setActive), which a panel may have lost meanwhile.
 */
function isUntold({ sessionId, organizationId }: Choice, last: Choice | undefined): boolean {
  if (document.hasFocus() || last?.sessionId !== sessionId || last.organizationId === organizationId)
    return false;
  const { user, pending } = authStore.get();
  const background = user ?? pending;
  return background?.sessionId === sessionId && background.organizationId !== organizationId;
}
