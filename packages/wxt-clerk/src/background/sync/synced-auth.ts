import type { CredentialStore } from '../../shared/credential-store';
import type { EndedInWebApp, EndedStore } from '../../shared/ended-in-web-app';
import type { SyncedCredentials } from '../../shared/synced-credentials';
import type { WebApp, WebAppClient } from '../../shared/web-app';
import type { WebAppConfig } from '../../shared/web-app-config';
import { type AuthService, type AuthServiceDependencies, createAuthService } from '../auth-service';
import { createFresh } from '../create-fresh';
import { mayCredentialBeDead } from '../refusal';
import type { SignOutStore } from '../sign-out-store';
import { SYNC } from '../throttles';
import type { SeenStore } from './seen-store';
import { withWebAppSignOuts } from './sign-outs';

type Api = AuthServiceDependencies['api'];

const NOBODY = 'nobody';
/** It is yet to be seen what the state is. */
const NEWS = 'news';

/** What the web app's session is followed with. */
export interface SyncParts {
  webApp: WebApp;
  credentials: SyncedCredentials;
  /** What is kept here, of who signed in here. */
  own: CredentialStore;
  ended: EndedStore;
  seen: SeenStore;
  /** The sessions that were last published; none for nobody, `undefined` when it is not known who is signed in. */
  publishedSessionIds(): Promise<string[] | undefined>;
  signOut: WebAppConfig['signOut'];
}

export interface SyncedAuthService extends AuthService {
  /**
   * One of the web app's cookies changed. Never rejects: what fails is tried again later.
   *
   * @param changedAt When the web app's client changed, as far as this cookie says it, in Unix seconds; 0 for nobody.
   */
  webAppChanged(changedAt: number | null): Promise<void>;
}

/**
 * The auth service of an extension whose session is the web app's while somebody is signed in there, whoever that is. Who
 * signed in here is signed out then, on the server, too.
 *
 * @param dependencies Its `api` has to send the credentials of `parts`.
 */
export function createSyncedAuthService(
  dependencies: AuthServiceDependencies,
  parts: SyncParts,
): SyncedAuthService {
  const { signOuts } = dependencies;
  const { credentials } = parts;
  const auth = createAuthService({
    ...dependencies,
    credentials,
    api: withWebApp(dependencies.api, parts, () => endOwn(signOuts)),
    signOuts: withWebAppSignOuts({ ...parts, own: signOuts, webAppClient: credentials.webAppClient }),
  });

  async function endOwn(store: SignOutStore): Promise<void> {
    await store.sealCredential(await store.begin([]));
    // Tells the server; who asks must not wait for that.
    auth.resume().catch(() => {});
  }

  return { ...auth, ...createFollowing(auth, dependencies, parts) };
}

/** The Frontend API whose answers say for whom the web app's cookies stand. */
function withWebApp(api: Api, { credentials, own }: SyncParts, endOwn: () => Promise<void>): Api {
  /** A cookie outlives the session that it stands for: while it does, a person may sign in here. */
  async function noteNobody({ changedAt }: WebAppClient): Promise<void> {
    // The answer may have brought its client another credential; of another client it says nothing.
    const now = await credentials.webAppClient();
    if (now && changedAt !== null && now.changedAt === changedAt) await credentials.setAside(now.credential);
  }

  return {
    ...api,
    async fetchSignedIn(credential) {
      const client = credential === undefined ? await credentials.webAppClient() : null;
      const signedIn = await api.fetchSignedIn(credential);
      if (!client) return signedIn;
      if (!signedIn) await noteNobody(client);
      if ((await own.read()) === undefined) return signedIn;
      const isStillTheirs = (await credentials.webAppClient()) !== null;
      if (signedIn && isStillTheirs) await endOwn();
      return signedIn || isStillTheirs ? signedIn : api.fetchSignedIn();
    },
    async askWhoIsBehind() {
      const client = await credentials.webAppClient();
      const behind = await api.askWhoIsBehind();
      if (client && behind !== 'somebody') await noteNobody(client);
      return behind;
    },
  };
}

/** Follows what the web app's cookies tell of. */
function createFollowing(
  auth: AuthService,
  { api, clock, setAlarm, signOuts }: AuthServiceDependencies,
  { webApp, ended, seen }: SyncParts,
): Pick<SyncedAuthService, 'webAppChanged' | 'resume'> {
  let isAnnounced = false;
  let announcements = 0;
  /** What the cookies said when they were followed last in this life. */
  let followed: number | null = null;

  /** Somebody else may be signed in before the cookies are read, and within the same second. */
  async function noteNews(): Promise<void> {
    // Clerk writes the cookie of nobody again and again.
    if ((await seen.read()) !== NOBODY) await seen.write(NEWS);
  }

  /** Is it to be followed though its state is the one that was followed last? */
  async function isNews(client: WebAppClient | null, state: string): Promise<boolean> {
    // Without a time it may be any change; noted, so that it is still news when it cannot be followed now.
    if (isAnnounced && client?.changedAt === null) await seen.write(NEWS);
    isAnnounced = false;
    return state !== (await seen.read());
  }

  async function follow(): Promise<void> {
    const before = announcements;
    const client = await webApp.read();
    const state = client ? `changed at ${client.changedAt}` : NOBODY;
    const over = await ended.read();
    const isToReconcile = over !== null && client !== null && isUnknownOf(over) && client.changedAt !== null;
    if (!(await isNews(client, state)) && !isToReconcile) {
      followed = client ? client.changedAt : 0;
      return;
    }
    const mayBeOther = [NOBODY, NEWS].includes((await seen.read()) ?? NEWS);
    if (over && client && (mayBeOther || client.changedAt !== over.changedAt)) await reconcile(over, client);
    await auth.refresh();
    if (before !== announcements) return;
    await seen.write(state);
    followed = client ? client.changedAt : 0;
  }

  /**
   * Lets the web app's session count again only when the web app has another one. That it has none is no reason: with a
   * development key its tabs say what each of them knows, and one that has not heard of a sign-out says so again and again.
   */
  async function reconcile(over: EndedInWebApp, client: WebAppClient): Promise<void> {
    const signedIn = await api.fetchSignedIn(client.credential).catch(nobodyIfDead);
    if (!signedIn || over.sessionIds.includes(signedIn.user.sessionId))
      return ended.change({ changedAt: client.changedAt });
    // Beside the new session the client may still have those: there they go on, here they are over.
    if (over.isToTell) await api.endNamedSessions(client.credential, over.sessionIds);
    else await endHereOnly(over.sessionIds, auth, signOuts);
    await ended.write(null);
  }

  /** What is not marked as seen is followed when the alarm rings. */
  const later = () => setAlarm('signIn', SYNC.retryMinutes).catch(() => {});
  const followNow = createFresh(() => follow().catch(later));
  return {
    async webAppChanged(changedAt) {
      // With a development key Clerk writes the same again with every look at its session token.
      if (changedAt !== null && changedAt === followed) return;
      isAnnounced = true;
      announcements += 1;
      if (changedAt === 0) await noteNews().catch(() => {});
      // Clerk writes several cookies for one change.
      await clock.wait(SYNC.settleMs);
      await followNow();
    },
    async resume(alarm) {
      await followNow();
      await auth.resume(alarm);
    },
  };
}

/** Were sessions signed out here of which it is not known whether the web app still has them? */
function isUnknownOf({ sessionIds, changedAt }: EndedInWebApp): boolean {
  return sessionIds.length > 0 && changedAt === null;
}

/** They go on in the web app, beside the session that this extension follows now. */
async function endHereOnly(sessionIds: string[], auth: AuthService, signOuts: SignOutStore): Promise<void> {
  for (const id of sessionIds) await signOuts.beginOne(id, null);
  await auth.forgetSessions(sessionIds);
}

function nobodyIfDead(error: unknown): null {
  if (mayCredentialBeDead(error)) return null;
  throw error;
}
