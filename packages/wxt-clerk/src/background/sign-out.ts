import type { CredentialStore } from '../shared/credential-store';
import type { AuthMemory } from './auth-memory';
import { createFresh } from './create-fresh';
import type { EndedHow, FrontendApi } from './frontend-api';
import { isOfOne, isUntold, type SignOutStore } from './sign-out-store';
import { SIGN_OUT_RETRY } from './throttles';

/**
 * A sign-out that survives the background being stopped, the browser being closed, and the server being away. Its stages,
 * in order: mark, seal, tell. That of one session leaves the credential to the others, and is not sealed: mark, tombstone, tell.
 */
export interface SignOut {
  /** Marks it where the tokens are, so that a background that is stopped right after this serves none when it wakes. */
  mark(): Promise<void>;
  /**
   * Tombstone, tokens wiped, credential sealed, published. From then on the session never comes back, whatever happens
   * to the background or the browser.
   */
  seal(): Promise<void>;
  /** Mark and tombstone of one session: it is over here, and the others go on. */
  endOne(sessionId: string, how: EndedHow): Promise<void>;
  /** Forgets what was ended here and is over on the server, too, which has these sessions. */
  forgetGone(sessionIds: string[]): Promise<void>;
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
  api: Pick<FrontendApi, 'endSession' | 'endSessions' | 'endNamedSessions' | 'tellSignOuts'>;
  credentials: Pick<CredentialStore, 'read'>;
  /** Has `tell` called again after so many minutes, also if the background is stopped meanwhile. */
  scheduleRetry(minutes: number): Promise<void>;
}

export function createSignOut(dependencies: SignOutDependencies): SignOut {
  const { memory, store, scheduleRetry } = dependencies;
  const { known } = memory;
  const unmark = () => memory.remember({ isSigningOut: false, isOutdated: false });

  // If the background is stopped in the middle, nobody may come to wake it; without an alarm its next start goes on.
  const goOnLater = () => scheduleRetry(SIGN_OUT_RETRY.firstMinutes).catch(() => {});

  async function seal(): Promise<void> {
    await goOnLater();
    const pending = await store.begin(await idsOfAll(known, store));
    await memory.wipe();
    await store.sealCredential(pending);
    // Not before: a page that hears of it asks the server anew, and would still send the old credential.
    await memory.publish(null);
    await unmark();
  }

  async function sealBegun(): Promise<boolean> {
    const begun = (await store.list()).filter((each) => each.sealed === null && !isOfOne(each));
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
    async endOne(sessionId, how) {
      await goOnLater();
      await endOne(sessionId, how, dependencies);
    },
    forgetGone: (sessionIds) => forgetGone(sessionIds, dependencies),
    tell: createFresh(() => tellAll(dependencies)),
    sealBegun,
    async finish() {
      if (known.isSigningOut) return finishMarked();
      if (known.authState) return finishOnes(dependencies);
      // The browser was closed, and the marks are gone with it; the tombstones are not.
      const ones = (await store.list()).filter(isOfOne);
      if (ones.length > 0) await memory.markEnded(ones.flatMap(({ sessionIds }) => sessionIds));
      await sealBegun();
    },
  };
}

/** Those of the client that are known, and those that the server has not been told of; none where not all are known. */
async function idsOfAll(
  { sessionIds = [], endedIds = [] }: AuthMemory['known'],
  store: SignOutStore,
): Promise<string[]> {
  if (sessionIds.length === 0) return [];
  const pending = endedIds.length > 0 ? await store.list() : [];
  return [...new Set([...sessionIds, ...pending.filter(isOfOne).flatMap((each) => each.sessionIds)])];
}

async function endOne(
  sessionId: string,
  how: EndedHow,
  { memory, store }: SignOutDependencies,
): Promise<void> {
  await memory.markEnded([sessionId]);
  try {
    await store.beginOne(sessionId, how);
  } catch (error) {
    // Without a tombstone it would be back after the next start of the browser.
    await memory.unmarkEnded([sessionId]);
    throw error;
  }
  await memory.publishEnded();
}

/** Sessions that are marked and not yet published as gone: their tombstones may be missing. */
async function finishOnes({ memory, store }: SignOutDependencies): Promise<void> {
  const marked = memory.known.authState?.sessions.filter(({ id }) => memory.isEnded(id)) ?? [];
  if (marked.length === 0) return;
  const pending = await store.list();
  for (const { id } of marked)
    if (!pending.some(({ sessionIds }) => sessionIds.includes(id))) await store.beginOne(id, 'remove');
  await memory.publishEnded();
}

async function forgetGone(there: string[], { memory, store }: SignOutDependencies): Promise<void> {
  const gone = memory.known.endedIds?.filter((id) => !there.includes(id)) ?? [];
  if (gone.length === 0) return;
  const pending = (await store.list()).filter(isOfOne);
  // What the server is yet to be told of goes on until it was.
  const isUntoldOf = (id: string) => pending.some((each) => each.id === id && isUntold(each));
  for (const { id } of pending) if (gone.includes(id) && !isUntoldOf(id)) await store.finish(id);
  await memory.unmarkEnded(gone.filter((id) => !isUntoldOf(id)));
}

/** Is the credential of these sessions sealed already, though the server may not know yet? */
async function isSealedAlready(store: SignOutStore, sessionIds: string[]): Promise<boolean> {
  const pending = await store.list();
  return pending.some(
    (each) => each.sealed !== null && each.sessionIds.some((id) => sessionIds.includes(id)),
  );
}

/** Nothing to tell is the rule: Clerk's script is not loaded for it. */
async function tellAll({
  store,
  api,
  credentials,
  memory,
  scheduleRetry,
}: SignOutDependencies): Promise<void> {
  const untold = (await store.list()).filter(isUntold);
  if (untold.length === 0) return;
  // Before the first try: if the background is stopped while the server thinks, the alarm wakes it.
  await scheduleRetry(SIGN_OUT_RETRY.firstMinutes);
  const { noteChange } = memory;
  // Whatever fails, the alarm is set.
  const pause = await api.tellSignOuts(untold, { store, api, credentials, noteChange }).catch(() => null);
  if (pause !== null) await scheduleRetry(pause);
}
