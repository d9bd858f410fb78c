import { useCallback, useContext, useLayoutEffect, useRef } from 'react';
import { getToken, getUser } from '../client/actions';
import { authStore } from '../client/auth-store';
import '../shared/texts/page-errors';
import { MessageError, toMessageError, withSent } from '../messages/message-error';
import type { ApiTokenOptions } from '../messages/protocol';
import { isReverificationHint } from '../shared/authorization';
import { ReverificationContext } from './reverification';
import { useKnownAuth } from './useKnownAuth';

/**
 * Clerk's `useReverification`: when the API wants a recent verification, and says so with Clerk's 403
 * (https://clerk.com/docs/guides/secure/reverification), the person is asked for it in Clerk's dialog, and the request is made once
 * more with a new token. Outside of an `AuthScreen` there is no dialog: the 403 is handed on.
 *
 * What the function gives may be an answer of `fetchApi`, or Clerk's error itself. It fails with `reverification-cancelled` when the
 * person closes the dialog, and with `signed-out` when another account has become the active one: the request is never repeated for
 * that one.
 *
 * @param fetcher Makes the request.
 * @param options With which token it does: that one is asked for anew.
 */
export function useReverification<Args extends unknown[], Result>(
  fetcher: (...args: Args) => Promise<Result>,
  options: ApiTokenOptions = {},
): (...args: Args) => Promise<Result> {
  const openOfScreen = useContext(ReverificationContext);
  const { pinnedId, activeSessionId } = useKnownAuth(options);
  const isClerks = pinnedId === undefined || pinnedId === activeSessionId;
  const open = isClerks ? openOfScreen : null;
  const sessionId = pinnedId ?? activeSessionId ?? undefined;
  const now = { fetcher, open, token: { ...options, sessionId }, isPinned: pinnedId !== undefined };
  const latest = useRef(now);
  useLayoutEffect(() => {
    latest.current = now;
  });

  return useCallback(async (...args) => {
    const { fetcher, open, token, isPinned } = latest.current;
    const { sessionId } = token;
    const first = await fetcher(...args);
    const wanted = wantedBy(first);
    if (!wanted || !open || sessionId === undefined) return first;
    const isDone = await open(wanted.reverification, sessionId);
    if (!isPinned) expectActive(authStore.get().activeSessionId, sessionId);
    if (!isDone) throw new MessageError('reverification-cancelled', { sent: 'yes' });
    // The verification is in the claims of the next token.
    await getToken({ ...token, skipCache: true }).catch(failAsSent);
    // This page may not have heard yet of another account.
    if (!isPinned) expectActive((await getUser().catch(failAsSent))?.sessionId, sessionId);
    return fetcher(...args);
  }, []);
}

/** @throws {MessageError} `signed-out` when the active session is no longer the one that made the request. */
function expectActive(activeId: string | null | undefined, sessionId: string): void {
  if (activeId !== sessionId) throw new MessageError('signed-out', { sent: 'yes' });
}

/** The API has answered before. */
function failAsSent(error: unknown): never {
  throw withSent(toMessageError(error), 'yes');
}

/** What Clerk's error asks for, `null` where there is none. */
function wantedBy(result: unknown): { reverification: unknown } | null {
  const isAnswer = typeof result === 'object' && result !== null && 'status' in result && 'body' in result;
  const error = isAnswer ? parsed(result.body) : result;
  return isReverificationHint(error) ? { reverification: error.clerk_error.metadata?.reverification } : null;
}

/** Clerk's own helper for servers says of its JSON that it is text (reverificationErrorResponse: @clerk/shared 4.41.0). */
function parsed(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
