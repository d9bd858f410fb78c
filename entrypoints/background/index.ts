import { browser, defineBackground } from '#imports';
import { readAuthState, writeAuthState } from '../../utils/auth-state';
import { createAuthService } from './auth-service';
import { importClerkOnInstall, loadClerkClient } from './load-clerk';
import { createRouter } from './router';

export default defineBackground(() => {
  importClerkOnInstall();

  const auth = createAuthService({
    loadClerk: loadClerkClient,
    readState: readAuthState,
    writeState: writeAuthState,
  });
  const own = { id: browser.runtime.id, origin: browser.runtime.getURL('/').slice(0, -1) };
  const router = createRouter(
    {
      'get-token': auth.getToken,
      'get-user': auth.getUser,
      'sign-out': auth.signOut,
      'session-changed': auth.refresh,
    },
    own,
  );
  browser.runtime.onMessage.addListener(router);
});
