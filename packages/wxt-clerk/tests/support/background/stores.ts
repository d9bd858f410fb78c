import type { MemoryStore } from '../../../src/background/session-memory';
import type { PendingSignOut, SignOutStore } from '../../../src/background/sign-out-store';
import type { CredentialStore } from '../../../src/shared/credential-store';
import type { UserStore } from '../../../src/shared/user-store';
import type { Disk } from './disk';

/**
 * Runs one storage operation: all of its effect or nothing. A world that stops the background lets none of a dead
 * life's operations begin, and none of them come back.
 */
export type Step = <Result>(name: string, effect: () => Result) => Promise<Result>;

export interface Stores {
  memory: MemoryStore;
  credentials: CredentialStore;
  users: UserStore;
  signOuts: SignOutStore;
}

/** In-memory twins of the four stores; every value is copied on its way in and out, as the real ones do. */
export function storesOf(disk: Disk, step: Step): Stores {
  return {
    memory: {
      read: () => step('memory.read', () => structuredClone(disk.memory)),
      write: (changes) =>
        step('memory.write', () => void Object.assign(disk.memory, structuredClone(changes))),
    },
    credentials: credentialsOf(disk, step),
    users: {
      read: () => step('users.read', () => structuredClone(disk.person)),
      write: (kept) =>
        step('users.write', () => {
          disk.person = structuredClone(kept);
        }),
    },
    signOuts: signOutsOf(disk, step),
  };
}

function credentialsOf(disk: Disk, step: Step): CredentialStore {
  return {
    read: () => step('credentials.read', () => disk.credential),
    replace: (sent, received) =>
      step('credentials.replace', () => {
        if (disk.credential !== sent) return false;
        disk.credential = received;
        return true;
      }),
    setAside: (sent) =>
      step('credentials.setAside', () => {
        if (disk.credential === sent) disk.credential = undefined;
      }),
  };
}

function signOutsOf(disk: Disk, step: Step): SignOutStore {
  return {
    list: () => step('signOuts.list', () => structuredClone([...disk.signOuts.values()])),
    begin: (sessionIds) =>
      step('signOuts.begin', () => {
        const pending = {
          id: crypto.randomUUID(),
          frontendApi: 'clerk.example.com',
          sessionIds,
          sealed: null,
          attempts: 0,
        };
        disk.signOuts.set(pending.id, pending);
        return structuredClone(pending);
      }),
    beginOne: (sessionId, how) =>
      step('signOuts.beginOne', () => {
        const pending = {
          id: sessionId,
          frontendApi: 'clerk.example.com',
          sessionIds: [sessionId],
          how,
          sealed: null,
          attempts: 0,
        };
        disk.signOuts.set(sessionId, pending);
      }),
    async sealCredential(pending) {
      for (;;) {
        // Two transactions with the sealing between them, as in the database.
        const credential = await step('signOuts.readForSeal', () => disk.credential);
        const outcome = await step('signOuts.seal', () => sealInto(disk, pending, credential));
        if (outcome !== 'again') return outcome;
      }
    },
    unseal: ({ sealed }) =>
      step('signOuts.unseal', () =>
        sealed && disk.hasSealingKey ? new TextDecoder().decode(sealed.data) : null,
      ),
    countAttempt: (pending) =>
      step(
        'signOuts.countAttempt',
        () => void disk.signOuts.set(pending.id, { ...pending, attempts: pending.attempts + 1 }),
      ),
    finish: (id) => step('signOuts.finish', () => void disk.signOuts.delete(id)),
  };
}

function sealInto(
  disk: Disk,
  { id }: PendingSignOut,
  credential: string | undefined,
): PendingSignOut | null | 'again' {
  const current = disk.signOuts.get(id);
  if (!current || current.sealed) return current ?? null;
  if (disk.credential !== credential) return 'again';
  if (credential === undefined) {
    disk.signOuts.delete(id);
    return null;
  }
  const data = new TextEncoder().encode(credential).buffer as ArrayBuffer;
  const sealed = { ...current, sealed: { iv: new Uint8Array(12), data } };
  disk.credential = undefined;
  disk.signOuts.set(id, sealed);
  return sealed;
}
