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

type Session = v.InferOutput<typeof sessionSchema>;

/**
 * Reads the answer of `GET /client`; `null` is a client without a live session.
 *
 * @throws {NoNewsError} When it has no client. That never means "signed out": Clerk answers so while its database is in
 *   maintenance (clerk-ios, Documentation/SharedSessionSync.md).
 * @throws {MessageError} `unavailable` when it is no such answer at all.
 */
export function readSignedIn(payload: unknown): SignedIn | null {
  const parsed = v.safeParse(answerSchema, payload);
  if (!parsed.success) throw new MessageError('unavailable');
  const client = parsed.output.response ?? parsed.output.client;
  if (!client) throw new NoNewsError();
  const live = client.sessions.filter(isLive);
  const people = live.filter(({ user }) => user !== null);
  const session =
    people.find(({ id }) => id === client.last_active_session_id) ??
    people.find(({ status }) => status === 'active') ??
    people[0];
  const user = session && snapshotOf(session);
  return user ? { user, sessionIds: live.map(({ id }) => id) } : null;
}

// A person with a task left to do is somebody, too.
function isLive({ status }: Session): boolean {
  return status === 'active' || status === 'pending';
}

function snapshotOf({ id, status, tasks, last_active_organization_id, user }: Session): UserSnapshot | null {
  if (!user) return null;
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
