import { MessageError } from '../messages/message-error';
import type { SessionToken, TokenOptions, UserSnapshot } from '../messages/protocol';
import type { Alarm } from '../shared/alarm';
import type { AuthState } from '../shared/auth-state';
import type { CredentialStore } from '../shared/credential-store';
import { DEADLINES_MS } from '../shared/deadline';
import type { UserStore } from '../shared/user-store';
import { type AuthMemory, createAuthMemory } from './auth-memory';
import type { Clock } from './clock';
import { createOnce } from './create-once';
import type { FrontendApi } from './frontend-api';
import { maySessionBeGone } from './frontend-api-error';
import { createInFlight, createInFlightByKey } from './in-flight';
import { createRequestLimits, type RequestLimits } from './request-limits';
import type { MemoryStore } from './session-memory';
import { createSignOut, type SignOut } from './sign-out';
import type { SignOutStore } from './sign-out-store';
import { createSignedInUser, type SignedInUser } from './signed-in-user';
import { REFUSAL_PAUSE_MS } from './throttles';
import {
  createTokenService,
  type OwnedToken,
  TokenForgottenError,
  type TokenService,
  type TokenSession,
} from './token-service';

/** What the auth service stands on; given from outside so that its rules run in a test without a browser. */
export interface AuthServiceDependencies {
  api: Omit<FrontendApi, 'fetchResource'>;
  memory: MemoryStore;
  credentials: CredentialStore;
  users: UserStore;
  signOuts: SignOutStore;
  clock: Clock;
  /** Until when a link in a mail may sign somebody in, in Unix ms. */
  linkExpiry(): Promise<number>;
  /** Calls `resume` again after so many minutes, also if the background is stopped meanwhile. */
  setAlarm(alarm: Alarm, minutes: number): Promise<void>;
  /** Told of every new auth state, as soon as our own pages can read it. */
  onPublished?(state: AuthState): void;
}

/** The auth state and its tokens. Every value is plain data; every failure is a `MessageError`. */
export interface AuthService {
  /** A token that is valid now, `null` when nobody is signed in or the person has a task left to do. */
  getToken(options?: TokenOptions): Promise<SessionToken | null>;
  /** The same, with the session that it is of. */
  getOwnedToken(options?: TokenOptions): Promise<OwnedToken | null>;
  getUser(): Promise<UserSnapshot | null>;
  /** Ends every session of this extension; done when it is over here, the server may hear of it later. */
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

/** The parts that work together on one memory. */
interface Parts {
  memory: AuthMemory;
  limits: RequestLimits;
  signedIn: SignedInUser;
  tokens: TokenService;
  signOut: SignOut;
  /** Takes up, once, what an earlier life of the background left; before anything else. */
  recall(): Promise<void>;
}

/** Puts the auth service together on one memory. */
export function createAuthService(dependencies: AuthServiceDependencies): AuthService {
  const parts = createParts(dependencies);
  const { memory, recall } = parts;
  const getOwnedToken = createGetToken(parts);
  return {
    getOwnedToken,
    getToken: (options) => getOwnedToken(options).then(withoutOwner),
    async getUser() {
      await recall();
      const user = await parts.signedIn.expect();
      parts.signedIn.verifyLater();
      return user;
    },
    ...createChanges(parts, dependencies),
    async resume() {
      await recall();
      await parts.signOut.sealBegun();
      await parts.signOut.tell();
      await parts.signedIn.lookForSignIn();
    },
    revision: () => memory.known.authState?.revision ?? 0,
    sessionId: () => memory.user()?.sessionId ?? null,
  };
}

function createParts(dependencies: AuthServiceDependencies): Parts {
  const { api, credentials, users, clock, linkExpiry, setAlarm, onPublished = () => {} } = dependencies;
  const scheduleFor = (alarm: Alarm) => (minutes: number) => setAlarm(alarm, minutes);
  const memory = createAuthMemory({ store: dependencies.memory, users, clock, onPublished });
  const limits = createRequestLimits({ memory, clock });
  const signOut = createSignOut({
    memory,
    store: dependencies.signOuts,
    api,
    credentials,
    scheduleRetry: scheduleFor('signOut'),
  });
  const signedIn = createSignedInUser({
    memory,
    api,
    limits,
    credentials,
    users,
    clock,
    linkExpiry,
    scheduleRetry: scheduleFor('signIn'),
  });
  const fetchToken: FrontendApi['fetchToken'] = (request) =>
    // With any answer the server may have taken the credential back: from there on nobody is signed in.
    api.fetchToken(request).finally(signedIn.noticeForgotten);
  return {
    memory,
    limits,
    signedIn,
    tokens: createTokenService({ api: { fetchToken }, memory, limits, clock }),
    signOut,
    recall: createOnce(async () => {
      await memory.load();
      await signOut.finish();
    }),
  };
}

function createGetToken({ memory, limits, recall, signedIn, tokens }: Parts) {
  const asking = createInFlightByKey<void>();

  return async function getOwnedToken(options: TokenOptions = {}): Promise<OwnedToken | null> {
    await recall();
    const user = await signedIn.expect();
    if (!user) signedIn.verifyLater();
    const session = user && (await sessionOf(user, options));
    if (!session) return null;
    try {
      const token = await tokens.get(session, options);
      if (memory.user()?.sessionId === user.sessionId) return token;
    } catch (error) {
      if (!(error instanceof TokenForgottenError)) await settleGoneSession(error, user);
    }
    // Meanwhile the person signed out, or another one signed in.
    return getOwnedToken(options);
  };

  /** @throws {MessageError} `not-found` for a session that is none of this extension's. */
  async function sessionOf(user: UserSnapshot, { sessionId }: TokenOptions): Promise<TokenSession | null> {
    if (sessionId === user.sessionId) return user;
    if (sessionId === undefined) {
      if (user.status === 'active') return user;
      // The task may have been done where nobody told the background.
      signedIn.verifyLater();
      return null;
    }
    // After a start of the browser the others are not known.
    if (!memory.known.sessionIds?.length) await signedIn.askServer();
    if (!memory.known.sessionIds?.includes(sessionId)) throw new MessageError('not-found');
    return { sessionId };
  }

  /** Asks the server whether the session is gone, once for all in a while. Gives up the error unless it is. */
  async function settleGoneSession(error: unknown, { sessionId }: UserSnapshot): Promise<void> {
    if (!maySessionBeGone(error)) throw error;
    const question = `gone ${sessionId}`;
    const isAsked = asking.running(question) !== undefined;
    if (!isAsked && limits.isLimited(question)) throw error;
    await asking(question, async () => {
      // Before it is asked: the answer, too, may be a refusal.
      await limits.pause(question, REFUSAL_PAUSE_MS);
      await signedIn.askServer();
    });
    const isBlocked = error instanceof MessageError && error.code === 'account-blocked';
    if (isBlocked || memory.user()?.sessionId === sessionId) throw error;
  }
}

/** What changes who is signed in. */
function createChanges(
  { memory, recall, signedIn, signOut }: Parts,
  { credentials, clock }: AuthServiceDependencies,
): Pick<AuthService, 'signOut' | 'refresh'> {
  // Until the old credential is sealed it is still there to be found, by `refresh` for example.
  const leave = createInFlight(async () => {
    await signOut.mark();
    await signOut.seal();
  });
  // Shared only until it is done here: whoever signed in since then means another session.
  const signOutHere = createInFlight(async () => {
    // Whose sessions are to be ended; that may fail, and is no reason to stay signed in.
    await recall()
      .then(signedIn.expect)
      .catch(() => {});
    await leave();
  });

  return {
    async signOut() {
      await signOutHere();
      await Promise.race([signOut.tell(), clock.wait(DEADLINES_MS.signOut)]);
      return null;
    },
    async refresh() {
      await recall();
      await leave.running()?.catch(() => {});
      await signedIn.askServer().catch(async (error) => {
        // Without a credential nobody is signed in, whatever the server would say.
        await memory.remember({ isOutdated: (await credentials.read()) !== undefined });
        throw error;
      });
      return memory.user();
    },
  };
}

function withoutOwner(owned: OwnedToken | null): SessionToken | null {
  return owned && { token: owned.token, expiresAt: owned.expiresAt };
}
