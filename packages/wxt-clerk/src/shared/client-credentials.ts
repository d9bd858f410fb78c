import { type CredentialStore, credentialStoreOf } from './credential-store';
import { endedStoreOf } from './ended-in-web-app';
import { syncCredentials } from './synced-credentials';
import { webAppOf } from './web-app';
import { thisWebApp } from './web-app-config';

/**
 * The client credential that this build's requests are sent with: what is kept here, or the web app's before it.
 *
 * @param frontendApi Host of the instance's Frontend API, with its port.
 */
export function clientCredentialsOf(frontendApi: string): CredentialStore {
  const own = credentialStoreOf(frontendApi);
  if (!__CLERK_SYNCS__) return own;
  return syncCredentials({ webApp: webAppOf(thisWebApp), ended: endedStoreOf(frontendApi), own });
}
