/** Whose session tokens this API takes: the word for it in AUTHORIZED_PARTIES is behind each field. */
export interface Parties {
  /** Exact origins: `chrome-extension://<id>`, `https://app.example.com`. */
  origins: readonly string[];
  /** Any add-on of Firefox: `moz-extension://*`. */
  anyFirefoxExtension: boolean;
  /** Tokens that name nobody: `none`. */
  none: boolean;
}

const ANY_FIREFOX_EXTENSION = 'moz-extension://*';
const NONE = 'none';

// Firefox makes a new UUID at each installation: https://extensionworkshop.com/documentation/develop/extensions-and-the-add-on-id/
const FIREFOX_EXTENSION = /^moz-extension:\/\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CHROME_EXTENSION = /^chrome-extension:\/\/[a-p]{32}$/;
const LOCAL_HOST = /^(.+\.)?localhost$|^127\.0\.0\.1$|^\[::1\]$/;

/**
 * Whether a token was made for somebody whom this API trusts. It is asked for every token, on every route.
 * @param azp The claim that names who asked Clerk for the token: the `Origin` of that request.
 */
export function isAuthorizedParty(azp: string | undefined, parties: Parties): boolean {
  if (azp === undefined) return parties.none;
  if (parties.origins.includes(azp)) return true;
  return parties.anyFirefoxExtension && FIREFOX_EXTENSION.test(azp);
}

/** The web pages among them: only these need CORS, and only these have a cookie. */
export function webOrigins({ origins }: Parties): string[] {
  return origins.filter((origin) => /^https?:/.test(origin));
}

/**
 * Reads AUTHORIZED_PARTIES.
 * @throws {Error} whose message goes on from the variable's name.
 */
export function parseParties(value: string | null): Parties {
  const entries = (value ?? '').split(',').map((entry) => entry.trim());
  const names = entries.filter((entry) => entry !== '');
  if (names.length === 0)
    throw new Error(
      'is not set. Name the origins whose session tokens count, with commas between them: chrome-extension://<id>, ' +
        'https://app.example.com; for Firefox see docs/your-api.md. Without it a token made for any site would do.',
    );
  for (const name of names) checkEntry(name);
  return {
    origins: names.filter((name) => name !== ANY_FIREFOX_EXTENSION && name !== NONE),
    anyFirefoxExtension: names.includes(ANY_FIREFOX_EXTENSION),
    none: names.includes(NONE),
  };
}

function checkEntry(entry: string): void {
  if (entry === ANY_FIREFOX_EXTENSION || entry === NONE) return;
  if (CHROME_EXTENSION.test(entry) || FIREFOX_EXTENSION.test(entry)) return;
  if (isWebOrigin(entry)) return;
  throw new Error(
    `must name origins: chrome-extension://<id of 32 letters>, https://app.example.com (http only on localhost), ` +
      `or the words "${ANY_FIREFOX_EXTENSION}" and "${NONE}"; got "${entry}".`,
  );
}

function isWebOrigin(entry: string): boolean {
  const url = URL.parse(entry);
  if (url?.origin !== entry || entry.includes('*')) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL_HOST.test(url.hostname));
}
