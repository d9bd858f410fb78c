import type { CredentialStore } from '../shared/credential-store';
import type { AuthMemory } from './auth-memory';
import { createFresh } from './create-fresh';
import type { FrontendApi } from './frontend-api';
import type { PendingSignOut, SignOutStore } from './sign-out-store';
import { SIGN_OUT_RETRY } from './throttles';

/**
 * A sign-out that survives the background being stopped, the browser being closed, and the server being away. Its stages,
 * in order: mark, seal, tell.
 */
export interface SignOut {
  /** Marks it where the tokens are, so that a background that is stopped right after this serves none when it wakes. */
  mark(): Promise<void>;
  /**
   * Tombstone, tokens wiped, credential sealed, published. From then on the session never comes back, whatever happens
   * to the background or the browser.
   */
  seal(): Promise<void>;
  /** Tells the server of every sign-out that it does not know of; what fails is tried again later. */
  tell(): Promise<void>;
  /** Brings to its end here what an earlier life of the background began. The memory has to be loaded before. */
  finish(): Promise<void>;
  /** Seals what has a tombstone and is not sealed. @returns Whether there was anything. */
  sealBegun(): Promise<boolean>;
}

export interface SignOutDependencies {
  memory: AuthMemory;
  store: SignOutStore;
  api: Pick<FrontendApi, 'endSessions' | 'endNamedSessions'>;
  credentials: Pick<CredentialStore, 'read'>;
  /** Has `tell` called again after so many minutes, also if the background is stopped meanwhile. */
  scheduleRetry(minutes: number): Promise<void>;
}

export function createSignOut(dependencies: SignOutDependencies): SignOut {
  const { memory, store, scheduleRetry } = dependencies;
  const { known } = memory;
  const unmark = () => memory.remember({ isSigningOut: false, isOutdated: false });

  async function seal(): Promise<void> {
    // If the background is stopped in here, nobody may come to wake it; without an alarm its next start goes on.
    await scheduleRetry(SIGN_OUT_RETRY.firstMinutes).catch(() => {});
    const pending = await store.begin(known.sessionIds ?? []);
    await memory.wipe();
    await store.sealCredential(pending);
    // Not before: a page that hears of it asks the server anew, and would still send the old credential.
    await memory.publish(null);
    await unmark();
  }

  async function sealBegun(): Promise<boolean> {
    const begun = (await store.list()).filter(({ sealed }) => sealed === null);
    if (begun.length === 0) return false;
    await memory.wipe();
    for (const pending of begun) await store.sealCredential(pending);
    await memory.publish(null);
    return true;
  }

  async function finishMarked(): Promise<void> {
    // The mark may be older than the tombstone, or than the seal: then a credential that is there is the next user's.
    const isSealed =
      (await sealBegun()) ||
      known.authState?.user === null ||
      (await isSealedAlready(store, known.sessionIds ?? []));
    if (!isSealed) return seal();
    await memory.publish(null);
    await unmark();
  }

  return {
    mark: () => memory.remember({ isSigningOut: true }),
    seal,
    tell: createFresh(() => tellAll(dependencies)),
    sealBegun,
    async finish() {
      if (known.isSigningOut) await finishMarked();
      // The browser was closed, and the mark is gone with it; the tombstone is not.
      else if (!known.authState) await sealBegun();
    },
  };
}

/** Is the credential of these sessions sealed already, though the server may not know yet? */
async function isSealedAlready(store: SignOutStore, sessionIds: string[]): Promise<boolean> {
  const pending = await store.list();
  return pending.some(
    (each) => each.sealed !== null && each.sessionIds.some((id) => sessionIds.includes(id)),
  );
}

async function tellAll(dependencies: SignOutDependencies): Promise<void> {
  const { store, scheduleRetry } = dependencies;
  // Before the first try: if the background is stopped while the server thinks, the alarm wakes it.
  const sealed = (await store.list()).filter((pending) => pending.sealed !== null);
  if (sealed.length > 0) await scheduleRetry(SIGN_OUT_RETRY.firstMinutes);
  const pauses: number[] = [];
  for (const pending of sealed) if (!(await tellOf(pending, dependencies))) pauses.push(pauseAfter(pending));
  // There is one alarm for all: whose turn comes first sets it.
  if (pauses.length > 0) await scheduleRetry(Math.min(...pauses));
}

/** @returns Whether there is nothing left to tell of this sign-out. */
async function tellOf(
  pending: PendingSignOut,
  { store, api, credentials }: SignOutDependencies,
): Promise<boolean> {
  try {
    const credential = await store.unseal(pending);
    // Without its key, in a database that was cleared in part, it can tell nobody anything.
    if (credential !== null) {
      // Somebody may have signed in since, and not in a session of this sign-out.
      const isAlone = pending.attempts === 0 || (await credentials.read()) === undefined;
      const isNamed = !isAlone && pending.sessionIds.length > 0;
      if (pending.isShared) await api.endNamedSessions(credential, pending.sessionIds);
      else await api.endSessions(credential, isNamed ? pending.sessionIds : 'all');
    }
    await store.finish(pending.id);
    return true;
  } catch {
    await store.countAttempt(pending);
    return false;
  }
}

/** Minutes until a sign-out is told again that was told in vain. */
function pauseAfter({ attempts }: PendingSignOut): number {
  return Math.min(2 ** attempts * SIGN_OUT_RETRY.firstMinutes, SIGN_OUT_RETRY.longestMinutes);
}
