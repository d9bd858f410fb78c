import { useEffect } from 'react';
import { followAttempt } from '../../client/provider-attempt';
import type { ErrorCode } from '../../messages/message-error';
import { sendMessage } from '../../messages/send-message';
import { isOver, type SsoAttempt } from '../../shared/sso-attempt';
import { createNotice } from './notice';

const notice = createNotice<ErrorCode>();
let beginAnew = () => {};

/** Says why nobody was signed in with a provider, or by `null` that this is over. */
export const tellProviderTrouble = notice.tell;

/** The provider's page did not open: Clerk's form still waits for it, and has to begin anew. */
export function freeForm(): void {
  beginAnew();
}

/** Why the last attempt with a provider came to nothing, where Clerk's form does not say it. */
export const useProviderTrouble = notice.use;

/**
 * Follows the attempts with providers, also those of another page, and those that ended while no page was there.
 *
 * @param onAnswer The server knows more of the attempt: a step to go on with, or why it was refused, which the form says.
 * @param onGone Nothing came back: the form has to be usable again.
 */
export function useProviderAttempts(onAnswer: (attempt: SsoAttempt) => void, onGone: () => void): void {
  useEffect(() => {
    beginAnew = onGone;
    let open: string | undefined;
    return followAttempt((attempt) => {
      // Of an older attempt, here or in another page, nothing comes any more.
      if (open && attempt && attempt.id !== open) onGone();
      open = attempt && !isOver(attempt) ? attempt.id : undefined;
      if (open) tellProviderTrouble(null);
      if (attempt && isOver(attempt)) settle(attempt, onAnswer, onGone);
    });
  }, [onAnswer, onGone]);
}

function settle(attempt: SsoAttempt, onAnswer: (attempt: SsoAttempt) => void, onGone: () => void): void {
  // A connected account is of the account page, which waits for it by itself.
  const isOfForm = attempt.kind !== 'connection';
  // Who is signed in is followed as after a sign-in anywhere else.
  if (attempt.state === 'more-to-do' || attempt.state === 'refused') onAnswer(attempt);
  if (attempt.state === 'closed' || attempt.state === 'failed') {
    tellProviderTrouble(attempt.state === 'closed' ? 'provider-closed' : (attempt.error ?? 'internal'));
    if (isOfForm) onGone();
  }
  void sendMessage('forget-provider', { id: attempt.id }).catch(() => {});
}
