import { MessageError } from '../messages/message-error';
import type { UserSnapshot } from '../messages/protocol';
import { sendMessage } from '../messages/send-message';
import { ssoCallbackUrl } from '../shared/sso-callback';
import { waitForEnd } from './provider-attempt';

/**
 * Signs in with a provider, without Clerk's form: opens the provider's page in a window, and waits until the person has come
 * back. It goes on in the background if this page is closed. Only in a build with `clerk: { sso: true }`.
 *
 * @param options.strategy Of the instance's providers, such as `oauth_google`.
 * @returns Who is signed in.
 * @throws {MessageError} `provider-refused`, `provider-closed` (also by a newer attempt), `sign-in-unfinished` when there is
 *   a second factor or a missing field left, `host-permission-missing`, `redirect-refused`, or what the request failed with.
 * @throws {Error} In a build without single sign-on.
 */
export async function signInWith({ strategy }: { strategy: string }): Promise<UserSnapshot> {
  if (!ssoCallbackUrl)
    throw new Error(
      'signInWith: this build has no single sign-on. Set clerk: { sso: true } in wxt.config.ts and build again.',
    );
  const { attemptId } = await sendMessage('sign-in-with', { strategy });
  const attempt = await waitForEnd(attemptId);
  // What is told here, a form that is opened later must not tell again; but it goes on with what is left to do.
  if (attempt && attempt.state !== 'more-to-do')
    void sendMessage('forget-provider', { id: attemptId }).catch(() => {});
  // Where another page has seen the end, the person may be signed in all the same.
  const user = !attempt || attempt.state === 'signed-in' ? await sendMessage('get-user') : null;
  if (user) return user;
  throw new MessageError(attempt?.state === 'signed-in' ? 'signed-out' : codeOf(attempt));
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
