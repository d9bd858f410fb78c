import type { SyncParts } from '../../../src/background/sync/synced-auth';
import type { UserSnapshot } from '../../../src/messages/protocol';
import type { CredentialStore } from '../../../src/shared/credential-store';
import type { PublishableKey } from '../../../src/shared/publishable-key';
import { syncCredentials } from '../../../src/shared/synced-credentials';
import type { WebApp } from '../../../src/shared/web-app';
import type { WebAppConfig } from '../../../src/shared/web-app-config';
import type { Disk } from './disk';
import type { FakeServer } from './fake-server';
import type { Person } from './people';
import type { Step } from './stores';

/** The web app of the same instance, in another tab, as its cookies and the server see it. */
export interface FakeWebApp {
  /** Signs a person in there; who was signed in before on its client stays so. */
  signIn(person: Person): UserSnapshot;
  /** Ends every session of its client. */
  signOut(): void;
  /** Its next request tells it of a sign-out elsewhere. */
  notice(): void;
  /** Its client changes, and its sessions stay. */
  touch(): void;
  /** A cookie is written as it was before. */
  rewriteCookie(): void;
  /** The person clears the browser's cookies. */
  clearCookies(): void;
}

export interface WebAppSurroundings {
  server: FakeServer;
  disk: Disk;
  instanceType: PublishableKey['instanceType'];
  now(): number;
  /** The browser tells of a cookie that changed, and what it says of when the client did. */
  onChanged(changedAt: number | null): void;
}

export function createWebApp({ server, disk, instanceType, now, onChanged }: WebAppSurroundings): FakeWebApp {
  let sessions: string[] = [];
  const seconds = () => Math.floor(now() / 1000);
  const sayNobody = () => {
    if (!disk.cookies) return;
    disk.cookies.changedAt = 0;
    onChanged(0);
  };
  return {
    signIn(person) {
      const { credential, user } = server.signIn(disk.cookies?.credential, person);
      sessions.push(user.sessionId);
      // A dev browser stays what it is, whoever signs in on it.
      const kept = instanceType === 'development' ? disk.cookies?.credential : undefined;
      disk.cookies = { credential: kept ?? credential, changedAt: seconds() };
      onChanged(seconds());
      return user;
    },
    signOut() {
      for (const id of sessions) server.revoke(id);
      sessions = [];
      sayNobody();
    },
    notice() {
      sessions = sessions.filter((id) => server.isActive(id));
      if (sessions.length === 0) sayNobody();
    },
    touch() {
      if (!disk.cookies?.changedAt) return;
      disk.cookies.changedAt = seconds();
      onChanged(seconds());
    },
    rewriteCookie: () => onChanged(disk.cookies?.changedAt ?? null),
    clearCookies() {
      disk.cookies = null;
      onChanged(null);
    },
  };
}

/** What the background follows that web app with. */
export function syncPartsOf(
  disk: Disk,
  step: Step,
  { own, signOut }: { own: CredentialStore; signOut: WebAppConfig['signOut'] },
): SyncParts {
  const webApp: WebApp = {
    read: () =>
      step('cookies.read', () => (disk.cookies?.changedAt === 0 ? null : structuredClone(disk.cookies))),
    holds: (credential) => step('cookies.read', () => disk.cookies?.credential === credential),
    renew: (sent, received) =>
      step('cookies.write', () => {
        const client = sent.split('.')[0];
        if (disk.cookies?.credential !== sent || received?.split('.')[0] !== client) return false;
        disk.cookies.credential = received as string;
        return true;
      }),
  };
  const ended: SyncParts['ended'] = {
    read: () => step('ended.read', () => structuredClone(disk.ended)),
    write: (over) =>
      step('ended.write', () => {
        disk.ended = structuredClone(over);
      }),
    change: (changes) =>
      step('ended.change', () => {
        if (disk.ended) disk.ended = { ...disk.ended, ...changes };
      }),
  };
  return {
    webApp,
    ended,
    own,
    signOut,
    credentials: syncCredentials({ webApp, ended, own }),
    seen: {
      read: () => step('seen.read', () => disk.webAppSeen),
      write: (state) =>
        step('seen.write', () => {
          disk.webAppSeen = state;
        }),
    },
    publishedSessionIds: () =>
      step('memory.read', () => {
        const { authState } = disk.memory;
        return authState?.sessions.map(({ id }) => id);
      }),
  };
}
