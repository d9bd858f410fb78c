import { type Browser, browser } from 'wxt/browser';
import { readAuthState } from '../../shared/auth-state';
import { credentialStoreOf } from '../../shared/credential-store';
import { endedStoreOf } from '../../shared/ended-in-web-app';
import type { PublishableKey } from '../../shared/publishable-key';
import { syncCredentials } from '../../shared/synced-credentials';
import { changedAtOf, isOfWebApp, webAppOf } from '../../shared/web-app';
import type { WebAppConfig } from '../../shared/web-app-config';
import type { AuthService, AuthServiceDependencies } from '../auth-service';
import { seenStore } from './seen-store';
import { createSyncedAuthService } from './synced-auth';

/**
 * The auth service of an extension that has its session from the web app, and the listener that the browser wakes it for.
 *
 * @param dependencies Its `api` has to send the credentials of `clientCredentialsOf`.
 */
export function startSync(
  dependencies: AuthServiceDependencies,
  { frontendApi }: PublishableKey,
  config: WebAppConfig,
): AuthService {
  const parts = {
    webApp: webAppOf(config),
    ended: endedStoreOf(frontendApi),
    own: credentialStoreOf(frontendApi),
  };
  const auth = createSyncedAuthService(dependencies, {
    ...parts,
    credentials: syncCredentials(parts),
    seen: seenStore,
    async publishedSessionIds() {
      const state = await readAuthState();
      return state?.sessions.map(({ id }) => id);
    },
    signOut: config.signOut,
  });
  // There is no filter for it: each cookie of the hosts that the extension may see comes by.
  browser.cookies.onChanged.addListener(({ cookie, cause, removed }: Browser.cookies.CookieChangeInfo) => {
    // Overwritten is said first, and then with what.
    if ((removed && cause === 'overwrite') || !isOfWebApp(cookie, config)) return;
    void auth.webAppChanged(removed ? null : changedAtOf(cookie));
  });
  // Firefox lets the person take a host away and give it back: until then nothing was seen.
  browser.permissions.onAdded.addListener(() => void auth.webAppChanged(null));
  return auth;
}
