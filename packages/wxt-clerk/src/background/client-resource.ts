import * as v from 'valibot';
import { MessageError } from '../messages/message-error';
import type { UserSnapshot } from '../messages/protocol';
import { NoNewsError } from './frontend-api-error';

/** Who is signed in, as the Frontend API's client resource says it. */
export interface SignedIn {
  user: UserSnapshot;
  /** Every session of the client that is not over, the person's own among them. */
  sessionIds: string[];
}

const text = v.nullish(v.string(), null);

const sessionSchema = v.object({
  id: v.string(),
  status: v.string(),
  last_active_organization_id: text,
  tasks: v.nullish(v.array(v.object({ key: v.string() })), null),
  user: v.nullish(
    v.object({
      id: v.string(),
      first_name: text,
      last_name: text,
      image_url: text,
      has_image: v.nullish(v.boolean(), false),
      primary_email_address_id: text,
      email_addresses: v.nullish(v.array(v.object({ id: v.string(), email_address: v.string() })), []),
    }),
    null,
  ),
});

const clientSchema = v.object({ sessions: v.array(sessionSchema), last_active_session_id: text });

// A body without `response` is no answer about the client, whatever its status.
const answerSchema = v.object({ response: v.nullable(clientSchema), client: v.nullish(clientSchema, null) });

const endedSessionSchema = v.object({ id: v.string(), status: v.string() });

type Session = v.InferOutput<typeof sessionSchema>;
type SessionOfUser = Session & { user: NonNullable<Session['user']> };

/**
 * Reads the answer of `GET /client`; `null` is a client all of whose sessions are over.
 *
 * @throws {NoNewsError} When it has no client, or does not say whose its sessions are. That never means "signed out":
 *   without a client Clerk answers while its database is in maintenance (clerk-ios, Documentation/SharedSessionSync.md).
 * @throws {MessageError} `unavailable` when it is no such answer at all.
 */
export function readSignedIn(payload: unknown): SignedIn | null {
  const parsed = v.safeParse(answerSchema, payload);
  if (!parsed.success) throw new MessageError('unavailable');
  const client = parsed.output.response ?? parsed.output.client;
  if (!client) throw new NoNewsError();
  const live = client.sessions.filter(({ status }) => !isOver(status));
  const people = live.filter(isSignedIn);
  const session =
    people.find(({ id }) => id === client.last_active_session_id) ??
    people.find(({ status }) => status === 'active') ??
    people[0];
  if (session) return { user: snapshotOf(session), sessionIds: live.map(({ id }) => id) };
  // A session that is not over is somebody's, whether the answer says whose or not.
  if (live.length > 0) throw new NoNewsError();
  return null;
}

/** Does the answer to a request that ends one session say that it is over? No other session's says so, nor "no news". */
export function saysSessionOver(payload: unknown, sessionId: string): boolean {
  const answered = v.safeParse(v.object({ response: endedSessionSchema }), payload);
  if (!answered.success) return false;
  const { id, status } = answered.output.response;
  return id === sessionId && isOver(status);
}

/** Does the answer to a request that ends all sessions of the client say that they are over? "No news" does not. */
export function saysAllOver(payload: unknown): boolean {
  const answered = v.safeParse(answerSchema, payload);
  if (!answered.success) return false;
  const client = answered.output.response ?? answered.output.client;
  return client?.sessions.every(({ status }) => isOver(status)) ?? false;
}

// All that Clerk documents but `active` and `pending`. One that is not known yet is not over.
const OVER = ['ended', 'removed', 'expired', 'revoked', 'abandoned', 'replaced'];

function isOver(status: string): boolean {
  return OVER.includes(status);
}

// A person with a task left to do is somebody, too.
function isSignedIn(session: Session): session is SessionOfUser {
  return session.user !== null && ['active', 'pending'].includes(session.status);
}

function snapshotOf({ id, status, tasks, last_active_organization_id, user }: SessionOfUser): UserSnapshot {
  const email = user.email_addresses.find((address) => address.id === user.primary_email_address_id);
  return {
    userId: user.id,
    sessionId: id,
    ...(status === 'pending'
      ? { status, currentTask: tasks?.[0] ?? null }
      : { status: 'active', currentTask: null }),
    organizationId: last_active_organization_id,
    firstName: user.first_name,
    lastName: user.last_name,
    emailAddress: email?.email_address ?? null,
    imageUrl: user.has_image ? user.image_url : null,
  };
}
