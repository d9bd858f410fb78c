import { browser } from 'wxt/browser';
import { coreMessages } from '../messages/core-messages';
import type { Messages } from '../messages/message';
import { isSamePublicState } from '../messages/public-user';
import { LONGEST_TYPE } from '../messages/sender-policy';
import { transferMessages } from '../messages/transfer-messages';
import { setAlarm } from '../shared/alarm';
import { clientCredentialsOf } from '../shared/client-credentials';
import { access, expectPublishableKey, publishableKey, stripsOrigin } from '../shared/config';
import { readLinkExpiry } from '../shared/mailed-link';
import { neededHosts } from '../shared/needed-hosts';
import type { PublishableKey } from '../shared/publishable-key';
import { ssoCallbackUrl } from '../shared/sso-callback';
import { userStoreOf } from '../shared/user-store';
import { thisWebApp } from '../shared/web-app-config';
import { createApiFetch } from './api-fetch';
import { type AuthService, type AuthServiceDependencies, createAuthService } from './auth-service';
import { createCircuitBreaker } from './circuit-breaker';
import { systemClock } from './clock';
import { createOnce } from './create-once';
import { createFrontendApi, type FrontendApi } from './frontend-api';
import { importScriptsOnInstall, loadScript } from './load-script';
import { lockStorage } from './lock-storage';
import { stripOrigin } from './origin-rule';
import { createRouter } from './router';
import { createSenderBudget } from './sender-budget';
import { sessionMemory } from './session-memory';
import { signOutStoreOf } from './sign-out-store';
import { subscriberStore, tellDocument } from './site-documents';
import { startSso } from './sso/start-sso';
import { createSubscriptions, type Subscriptions, subscriberOf } from './subscriptions';
import { startSync } from './sync/start-sync';
import { resumeOnWakeUp } from './wake-ups';

export interface StartClerkOptions {
  /** The product's own messages, from `defineMessages`. */
  messages?: Messages;
  /**
   * Does nothing else in this extension listen to `runtime.onMessage` in the background? Then every message is answered,
   * one that nobody knows with `bad-request`. By default such a message is left to the other listeners.
   */
  ownsChannel?: boolean;
}

/**
 * Starts Clerk in the background: puts the auth service on the real browser and listens to messages. To be called at
 * once in `defineBackground`, not after an `await`, since the browser wakes a background only for listeners that it adds
 * in its first turn.
 *
 * @throws {Error} When the publishable key of the build or the name of a message is not valid.
 */
export function startClerk({ messages = {}, ownsChannel = false }: StartClerkOptions = {}): void {
  void lockStorage();
  importScriptsOnInstall();
  const subscriptions = createSubscriptions({ store: subscriberStore, deliver: tellDocument });
  const key = expectPublishableKey();
  const api = createApi(key);
  const auth = createAuth(key, api, subscriptions);
  // Nothing of it is in a build without single sign-on.
  const sso = ssoCallbackUrl ? startSso(api, auth) : null;
  const fetchApi = createFetchApi(auth);
  const transfers = transferMessages(async ({ name, request }) =>
    (await loadScript('fetch')).receiveTransfer(name, (upload) => fetchApi({ ...request, upload })),
  );
  const rows = withOurs(messages, { ...coreMessages, ...transfers, ...sso?.messages });
  const router = createRouter({
    rows,
    ownsChannel,
    context: {
      auth: sso ? { ...auth, signOut: signOutWith(auth, sso) } : auth,
      fetchApi: (url, options) => fetchApi({ method: 'GET', ...options, url }),
      async follow(site) {
        const subscriber = subscriberOf(site);
        if (subscriber) await subscriptions.add(subscriber);
      },
    },
    own: { id: browser.runtime.id, origin: browser.runtime.getURL('/').slice(0, -1) },
    access,
    budget: createSenderBudget(systemClock),
    revision: auth.revision,
  });
  browser.runtime.onMessage.addListener(router);
  resumeOnWakeUp(async (alarm) => {
    await Promise.all([auth.resume(alarm), sso?.resume()]);
  });
}

/** A sign-out that also ends the attempt with a provider which is under way. */
function signOutWith(auth: AuthService, { abandon }: ReturnType<typeof startSso>): AuthService['signOut'] {
  return (options) => {
    // Not awaited: it waits for an attempt that is just being begun. One that is to add an account goes on.
    if (options?.sessionId === undefined) abandon().catch(() => {});
    return auth.signOut(options);
  };
}

function withOurs(messages: Messages, ours: Messages): Messages {
  for (const type of Object.keys(messages)) {
    if (Object.hasOwn(ours, type)) throw new Error(`"${type}" is a message of wxt-clerk. Rename yours.`);
    if (type.length > LONGEST_TYPE)
      throw new Error(
        `The message "${type}" has a name of more than ${LONGEST_TYPE} characters. Shorten it.`,
      );
  }
  return { ...messages, ...ours };
}

function createFetchApi(auth: AuthService) {
  return createApiFetch({
    apiOrigins: access.apiOrigins,
    getToken: auth.getOwnedToken,
    isSignedIn: (sessionId, isNamed) =>
      isNamed ? auth.hasSession(sessionId) : auth.sessionId() === sessionId,
    clock: systemClock,
    loadScript: () => loadScript('fetch'),
    fetch: (url, init) => fetch(url, init),
    isOnline: () => navigator.onLine,
    createDeadline: (ms) => AbortSignal.timeout(ms),
  });
}

function createAuth(key: PublishableKey, api: FrontendApi, subscriptions: Subscriptions): AuthService {
  const dependencies: AuthServiceDependencies = {
    api,
    memory: sessionMemory,
    credentials: clientCredentialsOf(key.frontendApi),
    // Of a version before several accounts: once after the update.
    users: userStoreOf(key.frontendApi, async (stored) => (await loadScript('clerk')).keptPersonOf(stored)),
    signOuts: signOutStoreOf(key.frontendApi),
    clock: systemClock,
    linkExpiry: readLinkExpiry,
    setAlarm,
    onPublished(state, before) {
      // Most of what is new is none of theirs.
      if (before && isSamePublicState(before, state)) return;
      // Who cannot be told now asks again when its page comes into sight.
      subscriptions.push(state).catch(() => {});
    },
  };
  return __CLERK_SYNCS__ ? startSync(dependencies, key, thisWebApp) : createAuthService(dependencies);
}

function createApi(key: PublishableKey): FrontendApi {
  const hostPermission = { origins: neededHosts(key) };
  const prepareRequests = createOnce(async () => {
    if (stripsOrigin) await stripOrigin(key);
  });
  // At every start, for the pages' requests too. A failure is tried again, and told, at the first request from here.
  void prepareRequests().catch(() => {});
  return createFrontendApi({
    loadRequests: async () => (await loadScript('clerk')).createRequests,
    getClerk: createOnce(async () => {
      await prepareRequests();
      const { createClerkClient } = await loadScript('clerk');
      return createClerkClient(publishableKey, clientCredentialsOf(key.frontendApi));
    }),
    instanceType: key.instanceType,
    breaker: createCircuitBreaker(systemClock),
    clock: systemClock,
    isOnline: () => navigator.onLine,
    hasHostPermission: () => browser.permissions.contains(hostPermission),
    createDeadline: (ms) => AbortSignal.timeout(ms),
  });
}
