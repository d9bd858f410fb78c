import { browser, defineBackground } from '#imports';
import { access, publishableKey } from '../../utils/config';
import { parsePublishableKey } from '../../utils/publishable-key';
import { createApiFetch } from './api-fetch';
import { systemClock } from './clock';
import { createBackground } from './create-background';
import { createHandlers } from './handlers';
import { importClerkOnInstall } from './load-clerk';
import { lockStorage } from './lock-storage';
import { createRouter } from './router';
import { createSenderBudget } from './sender-budget';
import { subscriberStore, tellDocument } from './site-documents';
import { createSubscriptions } from './subscriptions';
import { resumeOnWakeUp } from './wake-ups';

export default defineBackground(() => {
  void lockStorage();
  importClerkOnInstall();

  const subscriptions = createSubscriptions({ store: subscriberStore, deliver: tellDocument });
  const auth = createBackground(parsePublishableKey(publishableKey), (state) => {
    // Who cannot be told now asks again when its page comes into sight.
    subscriptions.push(state).catch(() => {});
  });
  const fetchApi = createApiFetch({
    apiOrigins: access.apiOrigins,
    getToken: auth.getToken,
    sessionId: auth.sessionId,
    clock: systemClock,
    fetch: (url, init) => fetch(url, init),
    isOnline: () => navigator.onLine,
    createDeadline: (ms) => AbortSignal.timeout(ms),
  });
  const router = createRouter({
    ...createHandlers({ auth, subscriptions, fetchApi, access }),
    own: { id: browser.runtime.id, origin: browser.runtime.getURL('/').slice(0, -1) },
    access,
    budget: createSenderBudget(systemClock),
    revision: auth.revision,
  });
  browser.runtime.onMessage.addListener(router);
  resumeOnWakeUp(auth.resume);
});
