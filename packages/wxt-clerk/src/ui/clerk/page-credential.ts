import { SHORTEST_ALARM_MINUTES, setAlarm } from '../../shared/alarm';
import { clientCredentialsOf } from '../../shared/client-credentials';
import { expectPublishableKey } from '../../shared/config';
import {
  type ClerkRequest,
  keepCredential,
  markNative,
  startsNative,
} from '../../shared/credential-exchange';
import { noteAccountStep } from './account-steps';
import { noteProviderPage, prepareConnectRequest } from './enterprise-accounts';
import { noteMailedLink, prepareLinkRequest } from './mailed-links';
import { type AnsweredRequest, noteRefusal } from './refusal-watch';

const { frontendApi, instanceType } = expectPublishableKey();
const store = clientCredentialsOf(frontendApi);

/**
 * Clerk's `storageCache`: its provider reads the client credential here before every request
 * (`@clerk/chrome-extension` 3.1.84, internal/utils/request-handler.ts).
 */
export const storageCache = {
  createKey: (...parts: (string | undefined)[]) => parts.filter(Boolean).join('|'),
  get: async <T>() => (await store.read()) as T | undefined,
  // Never reached: the hook below stores what comes back, and keeps Clerk's own from doing so.
  set: async () => {},
  remove: async () => {},
};

/** Would a request of this page carry a credential? */
export async function hasCredential(): Promise<boolean> {
  return (await store.read()) !== undefined;
}

type HookedRequest = ClerkRequest & AnsweredRequest & { body?: BodyInit | null };

interface ClerkHooks {
  __internal_onBeforeRequest?: (request: HookedRequest) => Promise<void>;
  __internal_onAfterResponse?: (
    request: HookedRequest,
    response?: Response & { payload?: unknown },
  ) => Promise<false>;
}

/**
 * Lets a response change the stored credential only if its request had sent the one that is stored, and never lets a
 * response without one wipe it, as Clerk's own handler does in development (`@clerk/chrome-extension` 3.1.84,
 * internal/utils/response-handler.ts). Clerk runs this hook of the page first, and `false` ends the round (clerk-js 6.40.0,
 * core/fapiClient.ts).
 */
export function guardCredential(): void {
  (window as ClerkHooks).__internal_onAfterResponse = async (request, response) => {
    await keepCredential(request, response, store, instanceType);
    noteRefusal(request, response);
    noteAccountStep(request, response);
    noteProviderPage(request, response);
    await noteMailedLink(request, response).catch(() => {});
    return false;
  };
}

/**
 * Makes Clerk's requests of this page ready to be sent. Clerk runs this hook of the page before its own (clerk-js 6.40.0,
 * core/fapiClient.ts).
 *
 * None of them goes into the browser's cache: Clerk's answers do not forbid it, and Firefox then writes them to the disk
 * with their headers, the client credential among them (seen in Firefox 153).
 */
export function prepareRequests(): void {
  (window as ClerkHooks).__internal_onBeforeRequest = async (request) => {
    request.cache = 'no-store';
    prepareLinkRequest(request);
    prepareConnectRequest(request);
    if (maySignIn(request)) void setAlarm('signIn', SHORTEST_ALARM_MINUTES).catch(() => {});
    // Clerk marks a request as native only when there is a credential (`@clerk/chrome-extension` 3.1.84,
    // internal/utils/request-handler.ts).
    if (startsNative(request, instanceType) && !(await hasCredential())) markNative(request);
  };
}

/**
 * Whether somebody may be signed in by a request. The background then looks some time later: this page may be closed
 * before it can tell, as a popup is whenever the person looks elsewhere.
 */
function maySignIn({ method, url }: HookedRequest): boolean {
  return method !== 'GET' && url !== undefined && /\/client\/sign_(ins|ups)\b/.test(url.pathname);
}
