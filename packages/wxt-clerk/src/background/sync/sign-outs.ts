import type { EndedInWebApp, EndedStore } from '../../shared/ended-in-web-app';
import type { WebApp, WebAppClient } from '../../shared/web-app';
import type { WebAppConfig } from '../../shared/web-app-config';
import type { PendingSignOut, SignOutStore } from '../sign-out-store';

export interface WebAppSignOutParts {
  /** The sign-outs of who signed in here. */
  own: SignOutStore;
  webApp: WebApp;
  ended: EndedStore;
  /** The web app's client, where its session is this extension's. */
  webAppClient(): Promise<WebAppClient | null>;
  /** The sessions that were last published; none for nobody, `undefined` when it is not known who is signed in. */
  publishedSessionIds(): Promise<string[] | undefined>;
  signOut: WebAppConfig['signOut'];
}

/** Under which id the sign-out of the web app's session stands among the others, whose ids are UUIDs. */
const WEB_APP = 'web-app';

/**
 * The tombstones of an extension that has its session from the web app. One of the web app's session has no credential in
 * it, which is kept nowhere: it is read again from the cookie when the server is told.
 */
export function withWebAppSignOuts({ own, ...parts }: WebAppSignOutParts): SignOutStore {
  const { ended } = parts;
  return {
    ...own,
    async list() {
      const [all, over] = await Promise.all([own.list(), ended.read()]);
      return over?.isToTell ? [...all, pendingOf(over)] : all;
    },
    async begin(sessionIds) {
      // First, so that from the own tombstone on the web app's session does not count either.
      await endHere(sessionIds, parts);
      return own.begin(sessionIds);
    },
    async beginOne(sessionId, how) {
      // The web app keeps its session where a sign-out here is only of here.
      const isWebApps = parts.signOut !== 'with-web-app' && (await parts.webAppClient().catch(() => null));
      return own.beginOne(sessionId, isWebApps ? null : how);
    },
    unseal: (pending) => (pending.id === WEB_APP ? readCredential(parts) : own.unseal(pending)),
    countAttempt: (pending) =>
      pending.id === WEB_APP ? ended.change({ attempts: pending.attempts + 1 }) : own.countAttempt(pending),
    finish: (id) => (id === WEB_APP ? ended.change({ isToTell: false }) : own.finish(id)),
  };
}

async function endHere(
  known: string[],
  { webAppClient, ended, publishedSessionIds, signOut }: Omit<WebAppSignOutParts, 'own'>,
): Promise<void> {
  const published = await publishedSessionIds();
  if (published?.length === 0) return;
  const sessionIds = [...new Set([...known, ...(published ?? [])])];
  // A cookie that cannot be seen is no reason to stay signed in.
  const client = await webAppClient().catch(() => ({ changedAt: null }));
  if (!client) return;
  // By now the web app may have another session: with the next change the server is asked which it is.
  const changedAt = sessionIds.length > 0 ? null : client.changedAt;
  await ended.write({ sessionIds, changedAt, isToTell: signOut === 'with-web-app', attempts: 0 });
}

function pendingOf({ sessionIds, attempts }: EndedInWebApp): PendingSignOut {
  return {
    id: WEB_APP,
    frontendApi: '',
    sessionIds,
    sealed: { iv: new Uint8Array(), data: new ArrayBuffer() },
    attempts,
    // By now another person may be signed in on the web app's client. Without a name it means all that are there.
    isShared: sessionIds.length > 0,
  };
}

/** The credential that the web app has now; `null` where there is nothing left to tell with it. */
async function readCredential({ webApp, ended }: Omit<WebAppSignOutParts, 'own'>): Promise<string | null> {
  const [client, over] = await Promise.all([webApp.read(), ended.read()]);
  if (!client || !over) return null;
  // Without a name it would end whatever session is there now.
  return over.sessionIds.length > 0 || over.changedAt === client.changedAt ? client.credential : null;
}
