import { abbreviate } from './abbreviate.ts';

/** What a publishable key says: which instance it belongs to and where that instance's Frontend API is. */
export interface PublishableKey {
  instanceType: 'development' | 'production';
  /** Host of the Frontend API, with its port if the key names one: `clerk.example.com`, `clerk.localhost:8443`. */
  frontendApi: string;
}

const FORM = /^pk_(test|live)_([A-Za-z0-9+/]+={0,2})$/;

export const PUBLISHABLE_KEY_VARIABLE = 'WXT_CLERK_PUBLISHABLE_KEY';

const WHERE_TO_FIND_IT =
  'Copy the publishable key from https://dashboard.clerk.com/~/api-keys (or run ' +
  '"npx clerk@latest env pull" and rename its variable) into .env. ' +
  'No Clerk account? Development mode ("npx wxt") starts a local Frontend API where clerk-emulator is installed.';

/** Reads a publishable key the way Clerk's SDK does: `pk_test_` or `pk_live_`, then base64 of `<host>$`. `null` for anything else. */
export function readPublishableKey(key: string | undefined): PublishableKey | null {
  const parts = FORM.exec(key?.trim() ?? '');
  const frontendApi = parts && hostOf(decodeBase64(parts[2] ?? ''));
  return frontendApi
    ? { instanceType: parts[1] === 'live' ? 'production' : 'development', frontendApi }
    : null;
}

/**
 * The same, for whoever can change it. It is not in a background, which has no use for its sentences.
 *
 * @throws {Error} One sentence that names the variable, what it holds and where to find the right value.
 */
export function parsePublishableKey(key: string | undefined): PublishableKey {
  const parsed = readPublishableKey(key);
  if (parsed) return parsed;
  const seen = key?.trim() ?? '';
  if (seen === '') throw keyError('is not set');
  // A secret key is never echoed: build logs are public more often than people think.
  if (seen.startsWith('sk_'))
    throw keyError('holds a secret key (sk_…), which must never be in an extension');
  throw keyError(`is "${abbreviate(seen)}", ${whatIsWrong(seen)}`);
}

/**
 * The one host that the extension needs permission for. Ports are left out: Firefox refuses match patterns with one.
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Match_patterns
 */
export function frontendApiMatchPattern({ frontendApi }: PublishableKey): string {
  return `https://${new URL(`https://${frontendApi}`).hostname}/*`;
}

function whatIsWrong(seen: string): string {
  if (FORM.test(seen)) return 'which does not decode to a Frontend API host';
  const stranger = /^pk_(?:test|live)_[A-Za-z0-9+/]*(.)/.exec(seen)?.[1];
  if (stranger && stranger !== '=')
    return `which is not pk_test_… or pk_live_… and base64: "${stranger}" cannot be in it`;
  return 'which is not pk_test_… or pk_live_…';
}

function keyError(problem: string): Error {
  return new Error(`${PUBLISHABLE_KEY_VARIABLE} ${problem}. ${WHERE_TO_FIND_IT}`);
}

function decodeBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return '';
  }
}

// Clerk's SDK demands one trailing "$" and a dot in the host; a port is fine (@clerk/shared 4.41.0, keys.ts).
function hostOf(decoded: string): string | null {
  const host = /^([a-z0-9.-]+\.[a-z0-9-]+(?::\d{1,5})?)\$$/i.exec(decoded)?.[1];
  return host && URL.canParse(`https://${host}`) ? host : null;
}
