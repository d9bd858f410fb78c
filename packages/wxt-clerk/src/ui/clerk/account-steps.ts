import type { ClerkRequest } from '../../shared/credential-exchange';
import { forgetVisit, keepVisit } from '../account-page';

// A code or a secret that the person may have to leave the page for: of an address, an authenticator app, a proof of who
// they are.
const BEGUN =
  /\/(me\/(email_addresses|phone_numbers)\/[^/]+\/prepare_verification|me\/totp|client\/sessions\/[^/]+\/verify(\/prepare_\w+)?)$/;
const DONE = /\/(attempt_verification|verify\/attempt_\w+)$/;

/** Remembers that something is begun in Clerk's account page, so that a popup that closes over it opens there again. */
export function noteAccountStep(
  { url }: ClerkRequest & { method?: string },
  response: { status: number } | undefined,
): void {
  if (!url || !response || response.status >= 300) return;
  if (BEGUN.test(url.pathname)) keepVisit();
  else if (DONE.test(url.pathname)) forgetVisit();
}
