import { publishableKey } from '../../utils/config';
import { type ClerkRequest, keepCredential } from '../../utils/credential-exchange';
import { credentialStoreOf } from '../../utils/credential-store';
import { parsePublishableKey } from '../../utils/publishable-key';

const { frontendApi, instanceType } = parsePublishableKey(publishableKey);
const store = credentialStoreOf(frontendApi);

/** Clerk's `storageCache`: its provider reads the client credential here before every request. */
export const storageCache = {
  createKey: (...parts: (string | undefined)[]) => parts.filter(Boolean).join('|'),
  get: async <T>() => (await store.read()) as T | undefined,
  // Never reached: the hook below stores what comes back, and keeps Clerk's own from doing so.
  set: async () => {},
  remove: async () => {},
};

interface ClerkHooks {
  __internal_onAfterResponse?: (request: ClerkRequest, response?: Response) => Promise<false>;
}

/**
 * Lets a response change the stored credential only if its request had sent the one that is stored, and never lets a
 * response without one wipe it, as Clerk's own handler does in development. Clerk runs this hook of the page first, and
 * `false` ends the round (clerk-js 6.40.0).
 */
export function guardCredential(): void {
  (window as ClerkHooks).__internal_onAfterResponse = async (request, response) => {
    await keepCredential(request, response, store, instanceType);
    return false;
  };
}
