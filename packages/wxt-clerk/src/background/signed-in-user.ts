import { MessageError } from '../messages/message-error';
import type { UserSnapshot } from '../messages/protocol';
import { SHORTEST_ALARM_MINUTES } from '../shared/alarm';
import type { CredentialStore } from '../shared/credential-store';
import type { UserStore } from '../shared/user-store';
import type { AuthMemory } from './auth-memory';
import type { SignedIn } from './clerk-script/client-resource';
import type { Clock } from './clock';
import { createFresh } from './create-fresh';
import type { FrontendApi } from './frontend-api';
import { createInFlight } from './in-flight';
import type { RequestLimits } from './request-limits';
import { VERIFICATION } from './throttles';

/** Finds out who is signed in: from memory, from what was kept over the browser's restart, from the server. */
export interface SignedInUser {
  /** Who is signed in. Determined once after a start of the browser; the memory has to be loaded before. */
  expect(): Promise<UserSnapshot | null>;
  /** Asks the server and publishes its answer. One that a sign-out has overtaken changes nothing. */
  askServer(): Promise<void>;
  /** Publishes that nobody is signed in where there is no credential any more; asks no server. */
  noticeForgotten(): Promise<void>;
  /** Asks the server without anybody waiting, unless it was asked just now. */
  verifyLater(): void;
  /**
   * Where nobody is signed in, asks the server whether that is still so. What fails is tried again later.
   *
   * @param isLikely A page has sent a sign-in, which may have added an account.
   */
  lookForSignIn(isLikely: boolean): Promise<void>;
}

export interface SignedInUserDependencies {
  memory: AuthMemory;
  api: Pick<FrontendApi, 'fetchSignedIn' | 'askWhoIsBehind' | 'askWhoIsSignedIn'>;
  limits: RequestLimits;
  credentials: Pick<CredentialStore, 'read' | 'setAside'>;
  users: Pick<UserStore, 'read'>;
  clock: Clock;
  /** Until when a link in a mail may sign somebody in, in Unix ms. */
  linkExpiry(): Promise<number>;
  /** Told of every session that the server has, with authority. */
  onAnswer(sessionIds: string[]): Promise<void>;
  /** Has `lookForSignIn` called again after so many minutes, also if the background is stopped meanwhile. */
  scheduleRetry(minutes: number): Promise<void>;
}

// A client that changes all the time is asked about again by whoever asks next.
const MOST_QUESTIONS = 3;

export function createSignedInUser(dependencies: SignedInUserDependencies): SignedInUser {
  const { memory, credentials, users, clock, linkExpiry, scheduleRetry } = dependencies;
  const { known } = memory;
  let verificationAskedAt = Number.NEGATIVE_INFINITY;

  const askServer = createFresh(() => askAnew(dependencies));
  const verify = createInFlight(askServer);

  const determine = createInFlight(async (): Promise<void> => {
    const credential = await credentials.read();
    const kept = credential === undefined ? null : await users.read();
    // The server may have answered a page's question meanwhile.
    if (known.authState) return;
    if (credential === undefined) return memory.publish(null);
    if (!kept) return askServer();
    // Which sessions the client has by now is not known: a sign-out ends all.
    await memory.publish({ ...kept, sessionIds: [] });
    verifyLater();
  });

  async function noticeForgotten(): Promise<void> {
    if (memory.user() && (await credentials.read()) === undefined) await askServer();
  }

  function verifyLater(): void {
    // Of nobody that may be no longer so at any moment: a page may be closed before it can tell whom it signed in.
    const isTrusted = memory.user() && !known.isOutdated;
    if (isTrusted && isVerifiedWithin(VERIFICATION.freshMs, dependencies)) return;
    if (clock.monotonic() - verificationAskedAt < VERIFICATION.pauseMs) return;
    verificationAskedAt = clock.monotonic();
    // What fails here changes nothing: the known state stands until the server says otherwise.
    verify().catch(() => {});
  }

  async function expectUser(): Promise<UserSnapshot | null> {
    if (!known.authState) await determine();
    // A page signed somebody in, and the server could not be asked: nobody may be called signed out.
    if (known.isOutdated && !memory.user()) await askServer();
    return memory.user();
  }

  async function lookForSignIn(isLikely: boolean): Promise<void> {
    try {
      const isUntold = isLikely && !isVerifiedWithin(SINCE_SIGN_IN_MS, dependencies);
      if (!(await expectUser()) || isUntold) await verify();
    } catch {
      return scheduleRetry(VERIFICATION.retryMinutes);
    }
    // The link is opened where no page of ours sees it, and the popup that waited for it is gone.
    if (!memory.user() && clock.wall() < (await linkExpiry())) await scheduleRetry(SHORTEST_ALARM_MINUTES);
  }

  return { expect: expectUser, askServer, noticeForgotten, verifyLater, lookForSignIn };
}

/** Asks who is signed in, and publishes it. @throws {MessageError} What the question fails with. */
async function askAnew(dependencies: SignedInUserDependencies): Promise<void> {
  const { memory, clock, onAnswer } = dependencies;
  const { known } = memory;
  // Until the credential is sealed it would still be sent, and the answer bring the session back.
  if (known.isSigningOut) return;
  const askedIn = memory.era();
  for (let tries = 0; tries < MOST_QUESTIONS; tries += 1) {
    const asked = memory.stamp();
    const doubts = memory.doubts();
    const signedIn = await ask(dependencies);
    if (askedIn !== memory.era()) return;
    // Something was changed meanwhile, and nobody knows whether the answer has it.
    if (asked !== memory.stamp()) continue;
    await memory.publish(signedIn);
    await onAnswer(signedIn?.sessionIds ?? []);
    const isSettled = doubts === memory.doubts();
    return memory.remember({ verifiedAt: clock.wall(), ...(isSettled && { isOutdated: false }) });
  }
  await memory.doubt();
  if (!known.authState) throw new MessageError('unavailable');
}

// The page that sent a sign-in has set the alarm before, and told the background after.
const SINCE_SIGN_IN_MS = SHORTEST_ALARM_MINUTES * 60_000 + 1000;

function isVerifiedWithin(ms: number, { memory, clock }: SignedInUserDependencies): boolean {
  const age = clock.wall() - (memory.known.verifiedAt ?? 0);
  return age >= 0 && age < ms;
}

/** The question who is signed in, with authority: `null` for nobody. Without a credential it is asked of no server. */
async function ask({ api, limits, credentials }: SignedInUserDependencies): Promise<SignedIn | null> {
  const credential = await credentials.read();
  return credential === undefined ? null : api.askWhoIsSignedIn(credential, { api, limits, credentials });
}
