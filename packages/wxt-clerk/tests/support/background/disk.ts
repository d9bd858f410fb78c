import type { SessionMemory } from '../../../src/background/session-memory';
import type { PendingSignOut } from '../../../src/background/sign-out-store';
import type { EndedInWebApp } from '../../../src/shared/ended-in-web-app';
import type { KeptPerson } from '../../../src/shared/user-store';

/** What is stored: the database outlives the browser, the session memory only the background. */
export interface Disk {
  credential: string | undefined;
  person: KeptPerson | null;
  signOuts: Map<string, PendingSignOut>;
  memory: Partial<SessionMemory>;
  /** Without its key nothing that is sealed can be read. */
  hasSealingKey: boolean;
  /** The web app's cookies: its client credential and `__client_uat`, where it has one. */
  cookies: { credential: string; changedAt: number | null } | null;
  ended: EndedInWebApp | null;
  webAppSeen: string | undefined;
}

/** The disk of an extension that was just installed. */
export function createDisk(): Disk {
  return {
    credential: undefined,
    person: null,
    signOuts: new Map(),
    memory: {},
    hasSealingKey: true,
    cookies: null,
    ended: null,
    webAppSeen: undefined,
  };
}
