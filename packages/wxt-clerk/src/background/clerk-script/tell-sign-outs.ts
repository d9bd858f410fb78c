import type { CredentialStore } from '../../shared/credential-store';
import type { PendingSignOut, SignOutStore } from '../sign-out-store';
import { SIGN_OUT_RETRY } from '../throttles';
import type { Requests } from './requests';

export interface TellDependencies {
  store: Pick<SignOutStore, 'unseal' | 'finish' | 'countAttempt'>;
  api: Pick<Requests, 'endSession' | 'endSessions' | 'endNamedSessions'>;
  credentials: Pick<CredentialStore, 'read'>;
  /** A session is over on the server: an answer from before still has it. */
  noteChange(): void;
}

/**
 * Tells the server of sign-outs that it does not know of, each by itself.
 *
 * @returns In how many minutes to try again what was told in vain, `null` for never. There is one alarm for all: whose turn
 *   comes first sets it.
 */
export async function tellSignOuts(
  untold: PendingSignOut[],
  dependencies: TellDependencies,
): Promise<number | null> {
  const pauses: number[] = [];
  for (const pending of untold)
    if (!(await isToldOf(pending, dependencies))) pauses.push(pauseAfter(pending));
  return pauses.length > 0 ? Math.min(...pauses) : null;
}

async function isToldOf(pending: PendingSignOut, dependencies: TellDependencies): Promise<boolean> {
  const { store, noteChange } = dependencies;
  try {
    if (pending.how) await tellOfOne(pending, dependencies);
    else await tellOfAll(pending, dependencies);
    await store.finish(pending.id);
    noteChange();
    return true;
  } catch {
    await store.countAttempt(pending);
    return false;
  }
}

/** Without a credential all of them were signed out since, and the server is told of that. */
async function tellOfOne(
  { sessionIds, how }: PendingSignOut,
  { api, credentials }: TellDependencies,
): Promise<void> {
  if (!how || (await credentials.read()) === undefined) return;
  for (const id of sessionIds) await api.endSession(id, how);
}

async function tellOfAll(
  pending: PendingSignOut,
  { store, api, credentials }: TellDependencies,
): Promise<void> {
  const credential = await store.unseal(pending);
  // Without its key, in a database that was cleared in part, it can tell nobody anything.
  if (credential === null) return;
  if (pending.isShared) return api.endNamedSessions(credential, pending.sessionIds);
  // Somebody may have signed in since, and not in a session of this sign-out.
  const isAlone = pending.attempts === 0 || (await credentials.read()) === undefined;
  const isNamed = !isAlone && pending.sessionIds.length > 0;
  return api.endSessions(credential, isNamed ? pending.sessionIds : 'all');
}

/** Minutes until a sign-out is told again that was told in vain. */
function pauseAfter({ attempts }: PendingSignOut): number {
  const { firstMinutes, quickTries, longestMinutes } = SIGN_OUT_RETRY;
  return Math.min(2 ** Math.max(attempts - quickTries, 0) * firstMinutes, longestMinutes);
}
