import type { ClerkRequest } from '../../shared/credential-exchange';
import { ssoCallbackUrl } from '../../shared/sso-callback';
import { providerTransport } from './provider-transport';

/** A request as Clerk's hooks see it: its body is a form already. */
interface ConnectRequest extends ClerkRequest {
  body?: BodyInit | null;
}

/** What of Clerk leads the page elsewhere, as it does for a company's account alone (clerk-js 6.40.0). */
export interface Navigator {
  __internal_windowNavigate(to: URL | string, options?: object): void;
  user?: { reload(): Promise<unknown> } | null;
}

// The provider's page of the connection that was asked for last.
let providerPage: string | undefined;

/**
 * Has a company's account come back as any other does: Clerk's account page gives its own address, which no provider can come
 * back to (@clerk/ui 1.34.0, components/UserProfile/EnterpriseAccountsSection.tsx).
 */
export function prepareConnectRequest(request: ConnectRequest): void {
  const form = ssoCallbackUrl && readForm(request);
  if (!form) return;
  form.set('redirect_url', ssoCallbackUrl);
  request.body = form.toString();
}

/** Notes where the answer to that request leads. */
export function noteProviderPage(request: ConnectRequest, response: { payload?: unknown } | undefined): void {
  if (!ssoCallbackUrl || !readForm(request)) return;
  const { response: account } = (response?.payload ?? {}) as {
    response?: { verification?: { external_verification_redirect_url?: string | null } | null } | null;
  };
  providerPage = account?.verification?.external_verification_redirect_url ?? undefined;
}

/** Opens a company's page as that of any other provider, instead of leaving the extension's page for it. */
export function keepPageInPlace(clerk: Navigator): void {
  const navigate = clerk.__internal_windowNavigate;
  clerk.__internal_windowNavigate = (to, options) => {
    if (String(to) !== providerPage) return navigate.call(clerk, to, options);
    // Then the account page shows the account, or why there is none.
    void providerTransport.open(new URL(to)).then(() => clerk.user?.reload());
  };
}

function readForm({ method, url, body }: ConnectRequest): URLSearchParams | null {
  if (method !== 'POST' || !url?.pathname.endsWith('/me/external_accounts')) return null;
  const form = new URLSearchParams(String(body));
  return form.has('enterprise_connection_id') ? form : null;
}
