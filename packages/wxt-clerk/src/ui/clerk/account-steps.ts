import type { ClerkRequest } from '../../shared/credential-exchange';
import { forgetVisit, keepVisit } from '../account-page';
import { clerkView, reverificationAsked } from '../clerk-host';

// A code or a secret that the person may have to leave the page for: of an address, an authenticator app, a proof of who
// they are, a domain of their organization.
const BEGUN =
  /\/(me\/(email_addresses|phone_numbers)\/[^/]+\/prepare_verification|me\/totp|client\/sessions\/[^/]+\/verify(\/prepare_\w+)?|organizations\/[^/]+\/domains\/[^/]+\/prepare_affiliation_verification)$/;
const DONE = /\/(attempt_(affiliation_)?verification|verify\/attempt_\w+)$/;

// A further account, from the first step on.
const SIGNS_IN = /\/client\/sign_(ins|ups)\b/;

/**
 * Remembers that something is begun in Clerk's account page, or a further account, so that a popup that closes over it opens
 * there again.
 */
export function noteAccountStep(
  { url, method }: ClerkRequest & { method?: string },
  response: { status: number } | undefined,
): void {
  if (!url || !response || response.status >= 300) return;
  // What the developer's API wants proven is none of the account page, and over with the page that asked.
  if (reverificationAsked()) return;
  const addsAccount = clerkView() === 'add-account' && method !== 'GET' && SIGNS_IN.test(url.pathname);
  if (addsAccount || BEGUN.test(url.pathname)) keepVisit();
  else if (DONE.test(url.pathname)) forgetVisit();
}
