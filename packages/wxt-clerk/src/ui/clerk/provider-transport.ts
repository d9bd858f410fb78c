import type { useClerk } from '@clerk/chrome-extension';
import { waitForEnd } from '../../client/provider-attempt';
import { toMessageError } from '../../messages/message-error';
import { sendMessage } from '../../messages/send-message';
import type { SsoKind } from '../../shared/sso-attempt';
import { ssoCallbackUrl } from '../../shared/sso-callback';
import { freeForm, noteOwnAttempt, tellProviderTrouble } from './provider-notice';
import { notePermission } from './refusal-watch';

type Clerk = ReturnType<typeof useClerk>;

/** What Clerk's buttons of providers use instead of leaving the page (clerk-js 6.40.0, `__internal_oauthTransport`). */
export interface OAuthTransport {
  getRedirectUrl(): string;
  open(url: URL): Promise<{ callbackUrl: string }>;
}

/**
 * Hands the provider's page to the background. A sign-in's promise never ends: the background finishes it, page or no page,
 * and `provider-notice.ts` shows what it came to. Only a connected account is waited for: Clerk then reads the person anew, which
 * also says why a provider refused.
 */
export const providerTransport: OAuthTransport = {
  getRedirectUrl: () => ssoCallbackUrl,
  async open(url) {
    const request = { id: crypto.randomUUID(), url: url.href, ...purposeOf(url.href, window.Clerk as Clerk) };
    const isConnection = request.kind === 'connection';
    noteOwnAttempt(request.id);
    const isOpen = await sendMessage('open-provider', request).then(() => true, giveUp);
    if (isOpen) notePermission(true);
    if (!isConnection) return never();
    if (isOpen) await waitForEnd(request.id);
    return { callbackUrl: ssoCallbackUrl };
  },
};

/** The provider's page did not open: says why, and lets the person try again. */
function giveUp(reason: unknown): false {
  const { code } = toMessageError(reason);
  if (code === 'host-permission-missing') notePermission(false);
  else tellProviderTrouble({ code });
  freeForm();
  return false;
}

/** What the provider's answer is for: Clerk says only where to go. */
function purposeOf(url: string, { client, session }: Clerk): { kind: SsoKind; resourceId: string } {
  const { signIn, signUp } = client ?? {};
  const goesTo = (address: URL | null | undefined) => address?.href === url;
  if (signIn?.id && goesTo(signIn.firstFactorVerification.externalVerificationRedirectURL))
    return { kind: 'sign-in', resourceId: signIn.id };
  if (signUp?.id && goesTo(signUp.verifications.externalAccount.externalVerificationRedirectURL))
    return { kind: 'sign-up', resourceId: signUp.id };
  return { kind: 'connection', resourceId: session?.id ?? '' };
}

const never = () => new Promise<never>(() => {});
