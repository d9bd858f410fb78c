import { MessageError } from '../messages/message-error';
import type { SessionToken, TokenOptions, UserSnapshot } from '../messages/protocol';
import type { CredentialStore } from '../shared/credential-store';
import type { PersonStore } from '../shared/person-store';
import type { SignedIn } from './client-resource';
import type { Clock } from './clock';
import type { FrontendApi } from './frontend-api';
import { maySessionBeGone } from './frontend-api-error';
import { createRequestLimits } from './request-limits';
import type { MemoryStore, SessionMemory } from './session-memory';
import { createFresh, createInFlight, createOnce } from './share-in-flight';
import { createDurableSignOut } from './sign-out';
import type { SignOutStore } from './sign-out-store';
import { createTokenService, TokenForgottenError } from './token-service';

/** What the auth service stands on; given from outside so that its rules run in a test without a browser. */
export interface AuthServiceDependencies {
  api: FrontendApi;
  memory: MemoryStore;
  credentials: CredentialStore;
  people: PersonStore;
  signOuts: SignOutStore;
  clock: Clock;
  /** Calls `resume` again after so many minutes, also if the background is stopped meanwhile. */
  scheduleRetry(minutes: number): Promise<void>;
}

export interface AuthService {
  getToken(options?: TokenOptions): Promise<SessionToken | null>;
  getUser(): Promise<UserSnapshot | null>;
  signOut(): Promise<null>;
  /** Asks the Frontend API who is signed in, after a page's Clerk changed it. */
  refresh(): Promise<UserSnapshot | null>;
  /** Goes on with what an earlier life of the background could not finish. */
  resume(): Promise<void>;
  /** Revision of the auth state that the last answer stood on. */
  revision(): number;
  /** Session of the person who is signed in, as far as it is known now; `null` for nobody. */
  sessionId(): string | null;
}

// A page that opens gets the known state at once; behind it the server is asked, but not more often than this.
const VERIFY_AFTER_MS = 60_000;
// Nor this soon after it was asked in vain: web pages choose how often they ask who is signed in.
const VERIFY_AGAIN_AFTER_MS = 5000;
// The person waits for the server this long; what is not done by then goes on without them.
const SIGN_OUT_PATIENCE_MS = 4000;

/** The one owner of the auth state. Every value is plain data; every failure is a `MessageError`. */
export function createAuthService(dependencies: AuthServiceDependencies): AuthService {
  const { api, memory, credentials, people, signOuts, clock } = dependencies;
  const known: Partial<SessionMemory> = {};
  const limits = createRequestLimits({ memory, clock });
  const tokens = createTokenService({ api, memory, limits, clock });
  const durable = createDurableSignOut({
    store: signOuts,
    api,
    wipe,
    announce: () => publish(null),
    scheduleRetry: dependencies.scheduleRetry,
  });
  const oneSignOut = createInFlight<void>();
  const oneVerification = createInFlight<void>();
  // Grows with every sign-out: an answer to a question from before it says nothing any more.
  let era = 0;
  let verificationAskedAt = Number.NEGATIVE_INFINITY;

  const recall = createOnce(async () => {
    Object.assign(known, await memory.read());
    tokens.takeUp(known.tokens);
    limits.takeUp(known.limits);
    if (known.isSigningOut) await finishSignOut();
    else if (!known.authState) await durable.finishHere();
  });

  async function remember(changes: Partial<SessionMemory>): Promise<void> {
    Object.assign(known, changes);
    await memory.write(changes);
  }

  async function publish(signedIn: SignedIn | null): Promise<void> {
    const last = known.authState;
    const user = signedIn?.user ?? null;
    if (last && isSame(last.user, user)) return remember({ sessionIds: signedIn?.sessionIds ?? [] });
    const isSameSession = last?.user?.sessionId === user?.sessionId;
    if (!isSameSession) tokens.clear();
    // Begun together, so that two changes at once are not stored in the other order.
    await Promise.all([
      remember({
        authState: { revision: (last?.revision ?? 0) + 1, user },
        sessionIds: signedIn?.sessionIds ?? [],
        ...(isSameSession ? {} : { tokens: {} }),
      }),
      // Only a convenience after the next start of the browser; without a credential it is never read.
      people.write(user).catch(() => {}),
    ]);
  }

  async function wipe(): Promise<void> {
    era += 1;
    tokens.clear();
    await remember({ tokens: {} });
  }

  const askServer = createFresh(async (): Promise<void> => {
    // Until the credential is sealed it would still be sent, and the answer bring the session back.
    if (known.isSigningOut) return;
    const askedIn = era;
    const signedIn = await limits.guard('client', () => api.fetchSignedIn());
    if (askedIn !== era) return;
    await publish(signedIn);
    await remember({ verifiedAt: clock.wall(), isOutdated: false });
  });

  /** The auth state; determined once after a start of the browser, from what was kept and, if need be, the server. */
  const determine = createInFlight<void>();
  async function expectState(): Promise<UserSnapshot | null> {
    await recall();
    if (!known.authState) await determine('state', determineState);
    // A page signed somebody in, and the server could not be asked: nobody may be called signed out.
    if (known.isOutdated && !currentUser()) await askServer();
    return currentUser();
  }

  function currentUser(): UserSnapshot | null {
    return known.isSigningOut ? null : (known.authState?.user ?? null);
  }

  async function determineState(): Promise<void> {
    const credential = await credentials.read();
    const user = credential === undefined ? null : await people.read();
    // The server may have answered a page's question meanwhile.
    if (known.authState) return;
    if (credential === undefined) return publish(null);
    if (!user) return askServer();
    // Which sessions the client has is not known: a sign-out ends all.
    await publish({ user, sessionIds: [] });
    verifyInBackground();
  }

  function verifyInBackground(): void {
    const age = clock.wall() - (known.verifiedAt ?? 0);
    if (age >= 0 && age < VERIFY_AFTER_MS) return;
    if (clock.monotonic() - verificationAskedAt < VERIFY_AGAIN_AFTER_MS) return;
    verificationAskedAt = clock.monotonic();
    // What fails here changes nothing: the known state stands until the server says otherwise.
    oneVerification('verify', askServer).catch(() => {});
  }

  async function getUser(): Promise<UserSnapshot | null> {
    const user = await expectState();
    if (user) verifyInBackground();
    return user;
  }

  async function getToken(options: TokenOptions = {}): Promise<SessionToken | null> {
    const user = await expectState();
    if (!user) return null;
    try {
      const token = await tokens.get(user, options);
      if (currentUser()?.sessionId === user.sessionId) return token;
    } catch (error) {
      if (!(error instanceof TokenForgottenError)) await settleGoneSession(error, user);
    }
    // Meanwhile the person signed out, or another one signed in.
    return getToken(options);
  }

  /** Asks the server whether the session is gone. Gives up the error unless it is. */
  async function settleGoneSession(error: unknown, { sessionId }: UserSnapshot): Promise<void> {
    if (!maySessionBeGone(error)) throw error;
    await askServer();
    const isBlocked = error instanceof MessageError && error.code === 'account-blocked';
    if (isBlocked || currentUser()?.sessionId === sessionId) throw error;
  }

  async function refresh(): Promise<UserSnapshot | null> {
    await recall();
    await signingOut.catch(() => {});
    await askServer().catch(async (error) => {
      // Without a credential nobody is signed in, whatever the server would say.
      await remember({ isOutdated: (await credentials.read()) !== undefined });
      throw error;
    });
    return currentUser();
  }

  // While a sign-out is on its way to the tombstone, the old credential is still there to be found.
  let signingOut: Promise<void> = Promise.resolve();

  async function signOut(): Promise<null> {
    // Shared only until it is done here: whoever signed in since then means another session.
    await oneSignOut('here', async () => {
      await expectState().catch(() => {});
      signingOut = signOutHere();
      await signingOut;
    });
    await Promise.race([durable.tellServer(), clock.wait(SIGN_OUT_PATIENCE_MS)]);
    return null;
  }

  async function signOutHere(): Promise<void> {
    // Marked where the tokens are, so that a background that is stopped right here serves none when it wakes.
    await remember({ isSigningOut: true });
    await durable.signOutHere(known.sessionIds ?? []);
    await remember({ isSigningOut: false, isOutdated: false });
  }

  async function finishSignOut(): Promise<void> {
    // The mark may be older than the tombstone, or than the seal: then a credential that is there is the next person's.
    const isSealed =
      (await durable.finishHere()) ||
      known.authState?.user === null ||
      (await durable.isSealed(known.sessionIds ?? []));
    if (isSealed) await publish(null);
    else await durable.signOutHere(known.sessionIds ?? []);
    await remember({ isSigningOut: false, isOutdated: false });
  }

  return {
    getToken,
    getUser,
    signOut,
    refresh,
    async resume() {
      await recall();
      await durable.finishHere();
      await durable.tellServer();
    },
    revision: () => known.authState?.revision ?? 0,
    sessionId: () => currentUser()?.sessionId ?? null,
  };
}

function isSame(a: UserSnapshot | null, b: UserSnapshot | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
