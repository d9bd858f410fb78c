import { useEffect } from 'react';
import { followAttempt } from '../../client/provider-attempt';
import type { ErrorCode } from '../../messages/message-error';
import { sendMessage } from '../../messages/send-message';
import { isOver, type SsoAttempt } from '../../shared/sso-attempt';
import { clerkElement } from '../clerk-host';
import { createNotice } from './notice';

/** Why the last attempt with a provider came to nothing, or what is left to do of it. */
export interface ProviderTrouble {
  code: ErrorCode;
  /** Goes on with what is left to do. */
  goOn?: () => void;
}

const notice = createNotice<ProviderTrouble>();
let own: string | null = null;
let beginAnew = () => {};

/** Says why nobody was signed in with a provider, or by `null` that this is over. */
export const tellProviderTrouble = notice.tell;

/** The form of this page begins an attempt: it waits for how that ends, and no other page's form does. */
export function noteOwnAttempt(id: string): void {
  own = id;
}

/** The provider's page did not open: Clerk's form still waits for it, and has to begin anew. */
export function freeForm(): void {
  own = null;
  beginAnew();
}

/** What there is to say of the last attempt with a provider, where Clerk's form does not say it. */
export const useProviderTrouble = notice.use;

/** What the form of a page has to do after an attempt. */
export interface FormActions {
  /** Reads anew what the server knows. */
  reload: () => Promise<void>;
  /** Is it already where it would go on? */
  isThere: (attempt: SsoAttempt) => boolean;
  /** The server knows more of the attempt: a step to go on with, or why it was refused, which the form says. */
  onAnswer: (attempt: SsoAttempt) => void;
  /** Nothing came back: the form has to be usable again. */
  onGone: () => void;
}

/**
 * Follows the attempts with providers, also those of another page, and those that ended while no page was there. A form that
 * waits for none, and in which the person has typed something, stays as it is.
 */
export function useProviderAttempts(form: FormActions): void {
  useEffect(() => {
    beginAnew = form.onGone;
    let isOwnThere = false;
    return followAttempt((attempt) => {
      if (!attempt) return;
      const isOwn = attempt.id === own;
      // Of an older attempt nothing comes any more.
      if (isOwnThere && !isOwn) {
        own = null;
        form.onGone();
      }
      isOwnThere = isOwn && !isOver(attempt);
      if (isOver(attempt)) settle(attempt, isOwn, form);
      else tellProviderTrouble(null);
    });
  }, [form]);
}

function settle(attempt: SsoAttempt, isOwn: boolean, form: FormActions): void {
  if (isOwn) own = null;
  // Who is signed in is followed as after a sign-in anywhere else.
  if (attempt.state === 'more-to-do' || attempt.state === 'refused') void takeAnswer(attempt, isOwn, form);
  if (attempt.state === 'closed' || attempt.state === 'failed') {
    tellProviderTrouble({
      code: attempt.state === 'closed' ? 'provider-closed' : (attempt.error ?? 'internal'),
    });
    // A connected account is of the account page, which waits for it by itself.
    if (isOwn && attempt.kind !== 'connection') form.onGone();
  }
  void sendMessage('forget-provider', { id: attempt.id }).catch(() => {});
}

async function takeAnswer(
  attempt: SsoAttempt,
  isOwn: boolean,
  { reload, isThere, onAnswer }: FormActions,
): Promise<void> {
  const mayMove = () => isOwn || !hasTyped();
  if (mayMove()) await reload();
  if (!isOwn && isThere(attempt)) return;
  // The person may have begun to type meanwhile.
  if (mayMove()) return onAnswer(attempt);
  if (attempt.state === 'refused') return tellProviderTrouble({ code: 'provider-refused' });
  const goOn = () => {
    tellProviderTrouble(null);
    void reload().then(() => onAnswer(attempt));
  };
  tellProviderTrouble({ code: 'sign-in-unfinished', goOn });
}

const NOT_TYPED = ['hidden', 'checkbox', 'radio'];

function hasTyped(): boolean {
  const inputs = [...clerkElement.querySelectorAll('input')];
  return inputs.some(({ type, value }) => value !== '' && !NOT_TYPED.includes(type));
}
