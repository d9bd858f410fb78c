import { MessageError } from '../messages/message-error';
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
import type { EndedHow, FrontendApi } from './frontend-api';
import { maySessionBeGone, saysNoMember } from './frontend-api-error';
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
  api: Pick<FrontendApi, 'touchSession'>;
  sessions: KnownSessions;
  signedIn: SignedInUser;
  signOut: SignOut;
  clock: Clock;
  /** The sign-out of all, as of the last one that is there. */
  signOutAll(): Promise<null>;
}

type Touch = Parameters<FrontendApi['touchSession']>[0];

/** Without an organization the session keeps its own. */
interface Choice extends Omit<Touch, 'organizationId'> {
  organizationId: string | null | undefined;
}

export function createSessionChanges(dependencies: SessionChangesDependencies): SessionChanges {
  const { memory, sessions } = dependencies;
  // In the order of the asks: the last choice is the one that stays.
  const inTurn = createQueue();
  const touch = (choice: Choice) => inTurn(() => touchAs(choice, dependencies));

  return {
    async setActive({ sessionId, organizationId }) {
      const session = await sessions.expect(sessionId);
      if (!session) return null;
      const intent = organizationId === undefined ? 'select_session' : 'select_org';
      await touch({ sessionId: session.id, organizationId, intent });
      return memory.user();
    },
    async touchSession({ sessionId, intent = 'focus' } = {}) {
      const session = await sessions.expect(sessionId);
      if (!session) return null;
      await touch({ sessionId: session.id, organizationId: undefined, intent });
      return sessions.get({ sessionId: session.id });
    },
    endSession: ({ sessionId } = {}) => inTurn(() => end(sessionId, 'end', dependencies)),
    removeSession: ({ sessionId } = {}) => inTurn(() => end(sessionId, 'remove', dependencies)),
  };
}

async function touchAs(
  { organizationId, ...choice }: Choice,
  dependencies: SessionChangesDependencies,
): Promise<void> {
  const touch = (id: string | null) => touchOnServer({ ...choice, organizationId: id }, dependencies);
  if (organizationId !== undefined) return touch(organizationId);
  const { memory, signedIn } = dependencies;
  // In its turn: the choice before may have been another organization.
  const ownId = () => memory.session(choice.sessionId)?.user.organizationId ?? null;
  const known = ownId();
  try {
    await touch(known);
  } catch (error) {
    if (!(error instanceof MessageError) || error.code !== 'not-a-member') throw error;
    // Who was taken out of it has another one now, or none.
    await signedIn.askServer();
    if (ownId() === known) throw error;
    await touch(ownId());
  }
}

/** @throws {MessageError} `not-a-member` of the organization, `not-found` when the session is over. */
async function touchOnServer(request: Touch, dependencies: SessionChangesDependencies): Promise<void> {
  const { memory, api, signedIn } = dependencies;
  const askedIn = memory.era();
  const asked = memory.noteChange();
  try {
    const answer = await api.touchSession(request);
    if (askedIn !== memory.era()) return;
    // Whether an answer of meanwhile was older or newer nobody knows.
    if (asked === memory.stamp()) await memory.publish(answer);
    else await signedIn.askServer();
  } catch (error) {
    // The server may have done it all the same.
    await memory.remember({ isOutdated: true });
    if (!maySessionBeGone(error)) throw error;
    if (!saysNoMember(error)) await signedIn.askServer();
    if (!memory.session(request.sessionId)) throw new MessageError('not-found');
    throw request.organizationId === null ? error : new MessageError('not-a-member');
  }
}

async function end(
  sessionId: string | undefined,
  how: EndedHow,
  dependencies: SessionChangesDependencies,
): Promise<SessionSnapshot | null> {
  const { memory, sessions, signOutAll } = dependencies;
  // It may be asked again, by a page whose background was stopped while it answered.
  if (sessionId !== undefined && memory.isEnded(sessionId)) return null;
  const session = await sessions.expect(sessionId);
  if (!session) return null;
  if (isLast(session, memory)) await signOutAll();
  else await endOne(session, how, dependencies);
  return { ...session, status: how === 'end' ? 'ended' : 'removed' };
}

function isLast({ id }: LiveSession, { isComplete, sessions }: AuthMemory): boolean {
  return isComplete() && sessions().every((each) => each.id === id);
}

async function endOne(
  { id }: LiveSession,
  how: EndedHow,
  { memory, signOut, signedIn, clock }: SessionChangesDependencies,
): Promise<void> {
  const wasActive = memory.user()?.sessionId === id;
  await signOut.endOne(id, how);
  const told = signOut.tell().then(() => {
    // Which one the server then has for the active one it alone knows.
    if (wasActive) signedIn.askServer().catch(() => {});
  });
  await Promise.race([told, clock.wait(DEADLINES_MS.signOut)]);
}
