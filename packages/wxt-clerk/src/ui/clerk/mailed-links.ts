import { SHORTEST_ALARM_MINUTES, setAlarm } from '../../shared/alarm';
import { emailLinkPage } from '../../shared/config';
import type { ClerkRequest } from '../../shared/credential-exchange';
import { noteLinkExpiry } from '../../shared/mailed-link';
import { takeSentLink } from './route';

/** A request as Clerk's hooks see it: its body is a form already. */
interface LinkRequest extends ClerkRequest {
  body?: BodyInit | null;
}

const PREPARE =
  /^(.*\/client\/sign_(?:ins|ups)\/[^/]+)\/prepare_(?:first_factor|second_factor|verification)$/;

// Clerk's links live no longer, whatever an answer says.
const LONGEST_LIFE_MS = 10 * 60_000;

/**
 * Makes the request for a mail with a link fit for an extension: the link leads to a web page, and who comes back to a
 * form whose mail was sent already gets no second one, for which the request becomes a question how the link stands.
 */
export function prepareLinkRequest(request: LinkRequest): void {
  const { url, body } = request;
  const attempt = url && PREPARE.exec(url.pathname)?.[1];
  if (!attempt || !isForLink(body)) return;
  if (takeSentLink()) {
    url.pathname = attempt;
    // Clerk's SDKs ask so, too (`_method=GET`), where a request has to be a POST.
    url.searchParams.set('_method', 'GET');
    request.body = '';
    return;
  }
  if (!emailLinkPage) return;
  const form = new URLSearchParams(String(body));
  form.set('redirect_url', emailLinkPage);
  request.body = form.toString();
}

/** Lets the background look for a sign-in as long as a link may bring one: the popup closes when the person reads the mail. */
export async function noteMailedLink(
  { url, body }: LinkRequest,
  response: { status: number; payload?: unknown } | undefined,
): Promise<void> {
  if (!url || !PREPARE.test(url.pathname) || !isForLink(body) || !response || response.status >= 300) return;
  const now = Date.now();
  await noteLinkExpiry(Math.min(expiryOf(response.payload) ?? now + LONGEST_LIFE_MS, now + LONGEST_LIFE_MS));
  await setAlarm('signIn', SHORTEST_ALARM_MINUTES);
}

function isForLink(body: LinkRequest['body']): boolean {
  return typeof body === 'string' && new URLSearchParams(body).get('strategy') === 'email_link';
}

type Verification = { expire_at?: number | null } | null | undefined;

/** When the verification that a sign-in or sign-up waits for is over, in Unix ms. */
function expiryOf(payload: unknown): number | undefined {
  const { response } = (payload ?? {}) as {
    response?: { first_factor_verification?: Verification; verifications?: { email_address?: Verification } };
  };
  const verification = response?.first_factor_verification ?? response?.verifications?.email_address;
  return verification?.expire_at ?? undefined;
}
