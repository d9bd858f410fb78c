import type { FrontendApi } from './frontend-api';
import { createFresh } from './share-in-flight';
import type { PendingSignOut, SignOutStore } from './sign-out-store';

export interface DurableSignOut {
  /**
   * Signs out for good: tombstone, tokens wiped, credential sealed. From then on the session never comes back, whatever
   * happens to the background or the browser.
   */
  signOutHere(sessionIds: string[]): Promise<void>;
  /** Brings to its end what an earlier life of the background began here. @returns Whether there was anything. */
  finishHere(): Promise<boolean>;
  /** Is the credential of these sessions sealed already, though the server may not know yet? */
  isSealed(sessionIds: string[]): Promise<boolean>;
  /** Tells the server of every sign-out that it does not know of; what fails is tried again later. */
  tellServer(): Promise<void>;
}

export interface DurableSignOutDependencies {
  store: SignOutStore;
  api: Pick<FrontendApi, 'endSessions'>;
  /** Forgets every token. */
  wipe(): Promise<void>;
  /** Publishes that nobody is signed in. */
  announce(): Promise<void>;
  /** Calls `tellServer` again after so many minutes, also if the background is stopped meanwhile. */
  scheduleRetry(minutes: number): Promise<void>;
}

const LONGEST_PAUSE_MINUTES = 60;

/** Minutes until a sign-out is told again that was told in vain. */
function pauseAfter({ attempts }: PendingSignOut): number {
  return Math.min(2 ** attempts * 0.5, LONGEST_PAUSE_MINUTES);
}

/** A sign-out that survives the background being stopped, the browser being closed, and the server being away. */
export function createDurableSignOut({
  store,
  api,
  wipe,
  announce,
  scheduleRetry,
}: DurableSignOutDependencies): DurableSignOut {
  const tellAll = createFresh(async () => {
    // Before the first try: if the background is stopped while the server thinks, the alarm wakes it.
    const sealed = (await store.list()).filter((pending) => pending.sealed !== null);
    if (sealed.length > 0) await scheduleRetry(0.5);
    const pauses: number[] = [];
    for (const pending of sealed) if (!(await tell(pending))) pauses.push(pauseAfter(pending));
    // There is one alarm for all: whose turn comes first sets it.
    if (pauses.length > 0) await scheduleRetry(Math.min(...pauses));
  });

  /** @returns Whether there is nothing left to tell. */
  async function tell(pending: PendingSignOut): Promise<boolean> {
    try {
      const credential = await store.unseal(pending);
      // Without its key (a cleared or copied database) it can tell nobody anything.
      if (credential === null) {
        await store.finish(pending.id);
        return true;
      }
      // A retry names the sessions: in development the client may have been signed in anew since.
      const isRetry = pending.attempts > 0 && pending.sessionIds.length > 0;
      await api.endSessions(credential, isRetry ? pending.sessionIds : 'all');
      await store.finish(pending.id);
      return true;
    } catch {
      await store.countAttempt(pending);
      return false;
    }
  }

  return {
    async signOutHere(sessionIds) {
      // If the background is stopped in here, nobody may come to wake it; without an alarm its next start goes on.
      await scheduleRetry(0.5).catch(() => {});
      const pending = await store.begin(sessionIds);
      await wipe();
      await store.sealCredential(pending);
      // Not before: a page that hears of it asks the server anew, and would still send the old credential.
      await announce();
    },
    async finishHere() {
      const begun = (await store.list()).filter(({ sealed }) => sealed === null);
      if (begun.length === 0) return false;
      await wipe();
      for (const pending of begun) await store.sealCredential(pending);
      await announce();
      return true;
    },
    isSealed: async (sessionIds) =>
      (await store.list()).some(
        (pending) => pending.sealed !== null && pending.sessionIds.some((id) => sessionIds.includes(id)),
      ),
    tellServer: tellAll,
  };
}
