import type { StoreBrowser } from './store-packages.ts';

/** What each store wants to know of who uploads; `wxt submit` reads them, and prints a stack trace for those it misses. */
const CREDENTIALS: Record<StoreBrowser, readonly string[]> = {
  chrome: [
    'CHROME_EXTENSION_ID',
    'CHROME_PUBLISHER_ID',
    'CHROME_SERVICE_ACCOUNT_CLIENT_EMAIL',
    'CHROME_SERVICE_ACCOUNT_PRIVATE_KEY',
  ],
  firefox: ['FIREFOX_JWT_ISSUER', 'FIREFOX_JWT_SECRET'],
};

/** The names of the variables that have no value. */
export function findMissingCredentials(
  stores: readonly StoreBrowser[],
  environment: Record<string, string | undefined>,
): string[] {
  return stores.flatMap((store) => CREDENTIALS[store]).filter((name) => !environment[name]?.trim());
}
