import type {
  ListedSession,
  MembershipSnapshot,
  SessionOptions,
  SessionSnapshot,
  SetActiveOptions,
  TokenOptions,
  TouchOptions,
  UserSnapshot,
} from '../messages/protocol';
import { sendMessage } from '../messages/send-message';
import type { AuthorizationParams } from '../shared/clerk-types';

/**
 * A session token that is valid now, `null` when nobody is signed in or the person has a task left to do. It comes from
 * the background, which has it ready.
 *
 * @throws {MessageError} When there is no answer: `offline`, `unavailable`, `rate-limited` and others.
 */
export async function getToken(options: TokenOptions = {}): Promise<string | null> {
  return (await sendMessage('get-token', options))?.token ?? null;
}

/**
 * Who is signed in, `null` when nobody is. A person whose `status` is `pending` has a task left to do.
 *
 * @throws {MessageError} When there is no answer.
 */
export async function getUser({ sessionId }: SessionOptions = {}): Promise<UserSnapshot | null> {
  if (sessionId === undefined) return sendMessage('get-user');
  return (await getSession({ sessionId }))?.user ?? null;
}

/**
 * The active session, or the one that is named; `null` when there is none.
 *
 * @throws {MessageError} When there is no answer.
 */
export function getSession(options: SessionOptions = {}): Promise<SessionSnapshot | null> {
  return sendMessage('get-session', options);
}

/**
 * Every session of this extension, and which one is active.
 *
 * @throws {MessageError} When there is no answer.
 */
export function listSessions(): Promise<ListedSession[]> {
  return sendMessage('list-sessions');
}

/** What becomes active, under the names of Clerk's `setActive`; at least one of the two. */
export interface SetActiveParams {
  /** A session, or its id. */
  session?: string | { id: string } | undefined;
  /** An organization of that session, or its id; `null` for the personal account. */
  organization?: string | { id: string } | null | undefined;
}

/**
 * Makes a session the active one in every part of the extension, or an organization that of a session.
 *
 * @returns Who is signed in then.
 * @throws {MessageError} `not-found`, `not-a-member`, or why there was no answer.
 */
export function setActive({ session, organization }: SetActiveParams): Promise<UserSnapshot | null> {
  const wanted: SetActiveOptions = {};
  if (session !== undefined) wanted.sessionId = idOf(session);
  if (organization !== undefined) wanted.organizationId = organization && idOf(organization);
  return sendMessage('set-active', wanted);
}

/**
 * Tells the server that a session is in use.
 *
 * @throws {MessageError} When there is no answer.
 */
export function touchSession(options: TouchOptions = {}): Promise<SessionSnapshot | null> {
  return sendMessage('touch-session', options);
}

/**
 * Ends a session; the others go on.
 *
 * @throws {MessageError} When there is no answer.
 */
export function endSession(options: SessionOptions = {}): Promise<SessionSnapshot | null> {
  return sendMessage('end-session', options);
}

/**
 * Ends a session and takes it off the client's list; the others go on.
 *
 * @throws {MessageError} When there is no answer.
 */
export function removeSession(options: SessionOptions = {}): Promise<SessionSnapshot | null> {
  return sendMessage('remove-session', options);
}

/**
 * Ends one session, or without a name every session of this extension, everywhere in it.
 *
 * @throws {MessageError} When the sign-in service was not told. Who is signed in stays so.
 */
export async function signOut({ sessionId }: SessionOptions = {}): Promise<void> {
  // By its name alone: a button may call it with a click.
  await sendMessage('sign-out', sessionId === undefined ? {} : { sessionId });
}

/**
 * What Clerk's own `checkAuthorization` answers; `false` when nobody is signed in.
 *
 * @throws {MessageError} When there is no answer.
 */
export function checkAuthorization(params: AuthorizationParams & SessionOptions): Promise<boolean> {
  return sendMessage('check-authorization', params);
}

/**
 * Every organization that the person is a member of.
 *
 * @throws {MessageError} When there is no answer.
 */
export function listOrganizations(options: SessionOptions = {}): Promise<MembershipSnapshot[]> {
  return sendMessage('list-organizations', options);
}

function idOf(named: string | { id: string }): string {
  return typeof named === 'string' ? named : named.id;
}
