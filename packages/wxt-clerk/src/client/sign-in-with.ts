import { MessageError } from '../messages/message-error';
import type { UserSnapshot } from '../messages/protocol';
import { sendMessage } from '../messages/send-message';
import { waitForEnd } from './provider-attempt';

/**
 * Signs in with a provider, without Clerk's form: opens the provider's page in a window, and waits until the person has come
 * back. It goes on in the background if this page is closed. Only in a build with `clerk: { sso: true }`.
 *
 * @param options.strategy Of the instance's providers, such as `oauth_google`.
 * @returns Who is signed in.
 * @throws {MessageError} `provider-refused`, `provider-closed` (also by a newer attempt), `sign-in-unfinished` when there is
 *   a second factor or a missing field left, `host-permission-missing`, `redirect-refused`, or what the request failed with.
 */
export async function signInWith({ strategy }: { strategy: string }): Promise<UserSnapshot> {
  const { attemptId } = await sendMessage('sign-in-with', { strategy });
  const attempt = await waitForEnd(attemptId);
  if (attempt?.state !== 'signed-in') throw new MessageError(codeOf(attempt));
  const user = await sendMessage('get-user');
  if (!user) throw new MessageError('signed-out');
  return user;
}

function codeOf(attempt: Awaited<ReturnType<typeof waitForEnd>>) {
  switch (attempt?.state) {
    case 'more-to-do':
      return 'sign-in-unfinished';
    case 'refused':
      return 'provider-refused';
    case 'failed':
      return attempt.error ?? 'internal';
    default:
      return 'provider-closed';
  }
}
