import { browser, defineBackground } from '#imports';
import { publishableKey } from '../../utils/config';
import { parsePublishableKey } from '../../utils/publishable-key';
import { createBackground } from './create-background';
import { importClerkOnInstall } from './load-clerk';
import { createRouter } from './router';
import { resumeOnWakeUp } from './wake-ups';

export default defineBackground(() => {
  importClerkOnInstall();

  const auth = createBackground(parsePublishableKey(publishableKey));
  const router = createRouter({
    handlers: {
      'get-token': auth.getToken,
      'get-user': auth.getUser,
      'sign-out': auth.signOut,
      'session-changed': auth.refresh,
    },
    own: { id: browser.runtime.id, origin: browser.runtime.getURL('/').slice(0, -1) },
    revision: auth.revision,
  });
  browser.runtime.onMessage.addListener(router);
  resumeOnWakeUp(auth.resume);
});
