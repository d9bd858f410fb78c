import type { MessageContext } from '../messages/message';
import { MessageError } from '../messages/message-error';
import type { SessionOptions, SessionToken, TokenOptions, UserSnapshot } from '../messages/protocol';
import type { Alarm } from '../shared/alarm';
import type { AuthState } from '../shared/auth-state';
import type { CredentialStore } from '../shared/credential-store';
import { DEADLINES_MS } from '../shared/deadline';
import type { UserStore } from '../shared/user-store';
import { type AuthMemory, createAuthMemory } from './auth-memory';
import type { Clock } from './clock';
import { createOnce } from './create-once';
import type { FrontendApi } from './frontend-api';
import { createInFlight, createInFlightByKey } from './in-flight';
import { createKnownSessions, type KnownSessions } from './known-sessions';
import { maySessionBeGone, refusalOf, saysNoMember } from './refusal';
import { createRequestLimits, type RequestLimits } from './request-limits';
import { createSessionAuthorization } from './session-authorization';
import { createSessionChanges } from './session-changes';
import type { MemoryStore } from './session-memory';
import { createSignOut, type SignOut } from './sign-out';
import type { SignOutStore } from './sign-out-store';
import { createSignedInUser, type SignedInUser } from './signed-in-user';
import { REFUSAL_PAUSE_MS } from './throttles';
import { createTokenService, type OwnedToken, TokenForgottenError, type TokenService } from './token-service';

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
  onPublished?(state: AuthState, before: AuthState | undefined): void;
}

/** The auth state and its tokens. Every value is plain data; every failure is a `MessageError`. */
export interface AuthService extends Sessions {
  /** A token, with the session that it is of. */
  getOwnedToken(options?: TokenOptions): Promise<OwnedToken | null>;
  /**
   * Goes on with what an earlier life of the background could not finish.
   *
   * @param alarm What woke it, if it was one of ours.
   */
  resume(alarm?: Alarm): Promise<void>;
  /** Revision of the auth state that the last answer stood on. */
  revision(): number;
  /** Session of the person who is signed in, as far as it is known now; `null` for nobody. */
  sessionId(): string | null;
  /** These are over here, whatever the server says of them. */
  forgetSessions(sessionIds: string[]): Promise<void>;
  /** Is a session one of this extension's, as far as it is known now? */
  hasSession(sessionId: string): boolean;
}

/** What messages can ask of it: said once, where their handlers see it. */
type Sessions = MessageContext['auth'];

/** The parts that work together on one memory. */
interface Parts {
  memory: AuthMemory;
  limits: RequestLimits;
  signedIn: SignedInUser;
  tokens: TokenService;
  signOut: SignOut;
  sessions: KnownSessions;
  /** Takes up, once, what an earlier life of the background left; before anything else. */
  recall(): Promise<void>;
}

/** Puts the auth service together on one memory. */
export function createAuthService(dependencies: AuthServiceDependencies): AuthService {
  const parts = createParts(dependencies);
  const { memory, recall, sessions } = parts;
  const getOwnedToken = createGetToken(parts);
  return {
    getOwnedToken,
    getToken: (options) => orNull(getOwnedToken(options).then(withoutOwner), options),
    async getUser() {
      await recall();
      const user = await parts.signedIn.expect();
      parts.signedIn.verifyLater();
      return user;
    },
    getSession: sessions.get,
    listSessions: sessions.list,
    ...createChanges(parts, dependencies),
    ...createSessionAuthorization({ ...parts, ...dependencies, memory, getToken: getOwnedToken }),
    async resume(alarm) {
      await recall();
      await parts.signOut.sealBegun();
      await parts.signOut.tell();
      await parts.signedIn.lookForSignIn(alarm === 'signIn');
    },
    revision: () => memory.known.authState?.revision ?? 0,
    sessionId: () => memory.user()?.sessionId ?? null,
    forgetSessions: memory.markEnded,
    hasSession: (sessionId) => memory.session(sessionId) !== undefined,
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
    onAnswer: signOut.forgetGone,
    scheduleRetry: scheduleFor('signIn'),
  });
  const fetchToken: FrontendApi['fetchToken'] = (request) =>
    // With any answer the server may have taken the credential back: from there on nobody is signed in.
    api.fetchToken(request).finally(signedIn.noticeForgotten);
  const onOtherRights = () => askAnew({ limits, signedIn });
  const recall = createOnce(async () => {
    await memory.load();
    await signOut.finish();
  });
  return {
    memory,
    limits,
    signedIn,
    tokens: createTokenService({ api: { fetchToken }, memory, limits, clock, onOtherRights }),
    signOut,
    sessions: createKnownSessions({ memory, signedIn, recall }),
    recall,
  };
}

/** Somebody changed the person's role: what is known is asked for anew, once in a while. @returns Whether it was. */
async function askAnew({ limits, signedIn }: Pick<Parts, 'limits' | 'signedIn'>): Promise<boolean> {
  if (limits.isLimited(RIGHTS)) return false;
  await limits.pause(RIGHTS, REFUSAL_PAUSE_MS);
  await signedIn.askServer();
  return true;
}

const RIGHTS = 'rights';

function createGetToken({ memory, limits, recall, sessions, signedIn, tokens }: Parts) {
  const asking = createInFlightByKey<void>();

  return async function getOwnedToken(options: TokenOptions = {}): Promise<OwnedToken | null> {
    await recall();
    const user = await signedIn.expect();
    if (!user) signedIn.verifyLater();
    const session = await sessionOf(user, options);
    if (!session) return null;
    try {
      const token = await tokens.get(session.user, options);
      if (isStillMeant(session.user, options)) return token;
    } catch (error) {
      if (!(error instanceof TokenForgottenError)) await settleRefusal(error, session.user, options);
    }
    // Meanwhile the person signed out, or another one signed in.
    return getOwnedToken(options);
  };

  /** @throws {MessageError} `not-found` for a session that is none of this extension's. */
  async function sessionOf(user: UserSnapshot | null, { sessionId }: TokenOptions) {
    if (sessionId !== undefined) return user && sessions.named(sessionId);
    if (user?.status === 'active') return memory.session(user.sessionId) ?? null;
    // The task may have been done where nobody told the background.
    if (user) signedIn.verifyLater();
    return null;
  }

  /** Is it what the options mean now, too? */
  function isStillMeant({ sessionId, organizationId }: UserSnapshot, options: TokenOptions): boolean {
    const now = options.sessionId === undefined ? memory.user() : memory.session(sessionId)?.user;
    if (now?.sessionId !== sessionId) return false;
    return options.organizationId !== undefined || now.organizationId === organizationId;
  }

  /** Asks the server whether the session is gone, once for all in a while. Gives up the error unless something is. */
  async function settleRefusal(error: unknown, owner: UserSnapshot, { organizationId }: TokenOptions) {
    const { sessionId } = owner;
    const isStranger = saysNoMember(error);
    if (isStranger && organizationId && organizationId !== owner.organizationId)
      throw new MessageError('not-a-member');
    if (!maySessionBeGone(error)) throw error;
    // Who was taken out of the active organization has another one now, or none.
    const isElsewhere = () => isStranger && organizationId === undefined && isInAnother(owner);
    if (isElsewhere()) return;
    // Of a session that is there, it is the organization that is refused.
    const isOfIt = isStranger || (organizationId && isOfOrganization(error));
    const refused = isOfIt ? new MessageError('not-a-member') : error;
    const question = `gone ${sessionId}`;
    const isAsked = asking.running(question) !== undefined;
    if (!isAsked && limits.isLimited(question)) throw refused;
    await asking(question, async () => {
      // Before it is asked: the answer, too, may be a refusal.
      await limits.pause(question, REFUSAL_PAUSE_MS);
      await signedIn.askServer();
    });
    const isBlocked = error instanceof MessageError && error.code === 'account-blocked';
    if (isBlocked || (memory.session(sessionId) && !isElsewhere())) throw refused;
  }

  function isInAnother({ sessionId, organizationId }: UserSnapshot): boolean {
    const session = memory.session(sessionId);
    return session !== undefined && session.user.organizationId !== organizationId;
  }
}

function isOfOrganization(error: unknown): boolean {
  return [403, 404].includes(refusalOf(error)?.status ?? 0);
}

/** @param throwOnError `false`: nobody wants to know why there is none. */
function orNull<Value>(
  value: Promise<Value>,
  { throwOnError = true }: TokenOptions = {},
): Promise<Value | null> {
  return throwOnError ? value : value.catch(() => null);
}

type Changes = ReturnType<typeof createSessionChanges> & Pick<Sessions, 'signOut' | 'refresh'>;

/** What changes who is signed in. */
function createChanges(parts: Parts, dependencies: AuthServiceDependencies): Changes {
  const { memory, recall, signedIn, signOut } = parts;
  const { api, credentials, clock } = dependencies;
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
  async function signOutAll(): Promise<null> {
    await signOutHere();
    await Promise.race([signOut.tell(), clock.wait(DEADLINES_MS.signOut)]);
    return null;
  }
  const changes = createSessionChanges({ ...parts, api, clock, signOutAll });

  return {
    ...changes,
    async signOut({ sessionId }: SessionOptions = {}) {
      if (sessionId === undefined) return signOutAll();
      await changes.removeSession({ sessionId });
      return null;
    },
    async refresh() {
      await recall();
      await leave.running()?.catch(() => {});
      // Until it is known, nobody else may be taken for all that there is: also when the background is stopped now.
      if (memory.user()) await memory.doubt();
      await signedIn.askServer().catch(async (error) => {
        // Without a credential nobody is signed in, whatever the server would say.
        if ((await credentials.read()) !== undefined) await memory.doubt();
        else await memory.remember({ isOutdated: false });
        throw error;
      });
      return memory.user();
    },
  };
}

function withoutOwner(owned: OwnedToken | null): SessionToken | null {
  return owned && { token: owned.token, expiresAt: owned.expiresAt };
}
