import type { CredentialStore } from './credential-store';
import { type EndedStore, isOver } from './ended-in-web-app';
import type { WebApp, WebAppClient } from './web-app';

/** The credential of an extension that has its session from the web app while somebody is signed in there. */
export interface SyncedCredentials extends CredentialStore {
  /** The web app's client, where its session is this extension's; `null` where the extension has its own, or none. */
  webAppClient(): Promise<WebAppClient | null>;
}

export interface SyncedCredentialParts {
  webApp: WebApp;
  ended: EndedStore;
  /** What is kept here, of who signed in here. */
  own: CredentialStore;
}

/**
 * The web app's credential while somebody is signed in there, else the extension's own. A sign-in here is never sent with
 * the web app's client while nobody is signed in there: it would sign the person in there, too.
 */
export function syncCredentials({ webApp, ended, own }: SyncedCredentialParts): SyncedCredentials {
  async function webAppClient(): Promise<WebAppClient | null> {
    const client = await webApp.read();
    return client && !isOver(await ended.read(), client) ? client : null;
  }

  return {
    webAppClient,
    async read() {
      return (await webAppClient())?.credential ?? own.read();
    },
    async replace(sent, received) {
      if (sent !== undefined && (await webApp.holds(sent))) return webApp.renew(sent, received);
      return own.replace(sent, received);
    },
    async setAside(credential) {
      const client = await webAppClient();
      // Where it is not in use, another one was sent, or none: the server has not spoken of it.
      if (client?.credential === credential) await noteNobody(client);
      else await own.setAside(credential);
    },
  };

  async function noteNobody({ changedAt }: WebAppClient): Promise<void> {
    await ended.write({ sessionIds: [], changedAt, isToTell: false, attempts: 0 });
  }
}
