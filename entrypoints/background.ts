import { browser, defineBackground } from '#imports';
import { createApiFetch } from '../packages/wxt-clerk/src/background/api-fetch';
import { systemClock } from '../packages/wxt-clerk/src/background/clock';
import { createBackground } from '../packages/wxt-clerk/src/background/create-background';
import { createHandlers } from '../packages/wxt-clerk/src/background/handlers';
import { importClerkOnInstall } from '../packages/wxt-clerk/src/background/load-clerk';
import { lockStorage } from '../packages/wxt-clerk/src/background/lock-storage';
import { createRouter } from '../packages/wxt-clerk/src/background/router';
import { createSenderBudget } from '../packages/wxt-clerk/src/background/sender-budget';
import { subscriberStore, tellDocument } from '../packages/wxt-clerk/src/background/site-documents';
import { createSubscriptions } from '../packages/wxt-clerk/src/background/subscriptions';
import { resumeOnWakeUp } from '../packages/wxt-clerk/src/background/wake-ups';
import { access, publishableKey } from '../packages/wxt-clerk/src/shared/config';
import { parsePublishableKey } from '../packages/wxt-clerk/src/shared/publishable-key';

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
