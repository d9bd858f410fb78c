import { useCallback, useContext, useLayoutEffect, useRef } from 'react';
import { getToken } from '../client/actions';
import '../shared/texts/page-errors';
import { MessageError } from '../messages/message-error';
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
 * person closes the dialog.
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
  const latest = useRef({ fetcher, open, token: { ...options, sessionId: pinnedId } });
  useLayoutEffect(() => {
    latest.current = { fetcher, open, token: { ...options, sessionId: pinnedId } };
  });

  return useCallback(async (...args) => {
    const { fetcher, open, token } = latest.current;
    const first = await fetcher(...args);
    const wanted = wantedBy(first);
    if (!wanted || !open) return first;
    if (!(await open(wanted.reverification)))
      throw new MessageError('reverification-cancelled', { sent: 'yes' });
    // The verification is in the claims of the next token.
    await getToken({ ...token, skipCache: true });
    return fetcher(...args);
  }, []);
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
