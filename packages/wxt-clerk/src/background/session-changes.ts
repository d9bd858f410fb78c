import type {
  SessionOptions,
  SessionSnapshot,
  SetActiveOptions,
  TouchOptions,
  UserSnapshot,
} from '../messages/protocol';
import { DEADLINES_MS } from '../shared/deadline';
import type { AuthMemory } from './auth-memory';
import type { LiveSession } from './clerk-script/client-resource';
import type { Clock } from './clock';
import { createQueue } from './create-queue';
import type { Choice, EndedHow, FrontendApi } from './frontend-api';
import type { KnownSessions } from './known-sessions';
import type { SignOut } from './sign-out';
import type { SignedInUser } from './signed-in-user';

/** What changes a session, or ends it. */
export interface SessionChanges {
  /** Makes a session the active one, or an organization that of a session. */
  setActive(options: SetActiveOptions): Promise<UserSnapshot | null>;
  /** Tells the server that a session is in use, which makes it the active one, too. Its organization stays. */
  touchSession(options?: TouchOptions): Promise<SessionSnapshot | null>;
  /** Ends one session; done when it is over here, the server may hear of it later. */
  endSession(options?: SessionOptions): Promise<SessionSnapshot | null>;
  /** The same, and takes it off the client's list. */
  removeSession(options?: SessionOptions): Promise<SessionSnapshot | null>;
}

export interface SessionChangesDependencies {
  memory: AuthMemory;
  api: Pick<FrontendApi, 'chooseSession'>;
  sessions: KnownSessions;
  signedIn: SignedInUser;
  signOut: SignOut;
  clock: Clock;
  /** The sign-out of all, as of the last one that is there. */
  signOutAll(): Promise<null>;
}

export function createSessionChanges(dependencies: SessionChangesDependencies): SessionChanges {
  const { memory, api, sessions } = dependencies;
  // In the order of the asks: the last choice is the one that stays. A sign-out does not wait for a server that hangs.
  const inTurn = createQueue();
  const endInTurn = createQueue();

  async function choose(sessionId: string | undefined, choice: Omit<Choice, 'sessionId'>) {
    const session = await sessions.expect(sessionId);
    if (session) await api.chooseSession({ ...choice, sessionId: session.id }, dependencies);
    return session;
  }
  async function end({ sessionId }: SessionOptions, how: EndedHow): Promise<SessionSnapshot | null> {
    // It may be asked again, by a page whose background was stopped while it answered.
    if (sessionId !== undefined && memory.isEnded(sessionId)) return null;
    const ended = await endInTurn(() => endHere(sessionId, how, dependencies));
    if (!ended) return null;
    await ended.tell();
    return { ...ended.session, status: how === 'end' ? 'ended' : 'removed' };
  }

  return {
    setActive: ({ sessionId, organizationId }) =>
      inTurn(async () => {
        const intent = organizationId === undefined ? 'select_session' : 'select_org';
        return (await choose(sessionId, { organizationId, intent })) && memory.user();
      }),
    touchSession: ({ sessionId, intent = 'focus' } = {}) =>
      inTurn(async () => {
        const session = await choose(sessionId, { organizationId: undefined, intent });
        return session && sessions.get({ sessionId: session.id });
      }),
    endSession: (options = {}) => end(options, 'end'),
    removeSession: (options = {}) => end(options, 'remove'),
  };
}

/** Ends a session here. @returns What is left to do, which nobody has to wait for in turn; `null` when nobody is signed in. */
async function endHere(
  sessionId: string | undefined,
  how: EndedHow,
  dependencies: SessionChangesDependencies,
) {
  const { memory, sessions, signOut, signedIn, clock, signOutAll } = dependencies;
  const session = await sessions.expect(sessionId);
  if (!session) return null;
  const { id } = session;
  if (isLast(session, memory)) {
    await signOutAll();
    return { session, tell: async () => {} };
  }
  const wasActive = memory.user()?.sessionId === id;
  await signOut.endOne(id, how);
  return {
    session,
    async tell() {
      const told = signOut.tell().then(() => {
        // Which one the server then has for the active one it alone knows.
        if (wasActive) signedIn.askServer().catch(() => {});
      });
      await Promise.race([told, clock.wait(DEADLINES_MS.signOut)]);
    },
  };
}

function isLast({ id }: LiveSession, { isComplete, isEnded, known }: AuthMemory): boolean {
  return isComplete() && (known.sessionIds ?? []).every((each) => each === id || isEnded(each));
}
