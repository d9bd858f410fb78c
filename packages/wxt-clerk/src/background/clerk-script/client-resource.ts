import * as v from 'valibot';
import type {
  JsonObject,
  MembershipSnapshot,
  OrganizationSnapshot,
  PublicUserData,
  SessionSnapshot,
  UserSnapshot,
} from '../../messages/protocol';

/** Who is signed in, as the Frontend API's client resource says it. */
export interface SignedIn {
  /** The person of the active session. */
  user: UserSnapshot;
  /** Every session of the client that is somebody's and not over, the active one among them. */
  sessions: LiveSession[];
  /** Every session that is not over, also where the answer does not say whose it is. */
  sessionIds: string[];
}

/** A session of somebody. */
export interface LiveSession extends SessionSnapshot {
  user: UserSnapshot;
}

/** `no-news`: the server says nothing of the client, which never means "signed out". `no-answer`: it is no such answer at all. */
export type Unread = 'no-news' | 'no-answer';

const text = v.nullish(v.string(), null);
// Nobody is signed out for something odd where only a picture of the person is painted.
const shown = v.fallback(text, null);
const number = v.fallback(v.nullish(v.number(), null), null);
const flag = v.fallback(v.nullish(v.boolean(), false), false);
const object = v.fallback(
  v.nullish(
    v.custom<JsonObject>((value) => typeof value === 'object' && !Array.isArray(value)),
    null,
  ),
  null,
);

const organizationSchema = v.object({
  id: v.string(),
  name: v.fallback(v.string(), ''),
  slug: shown,
  image_url: shown,
  has_image: flag,
});

const membershipSchema = v.object({
  organization: organizationSchema,
  role: v.string(),
  permissions: v.nullish(v.array(v.string()), []),
});

const userSchema = v.object({
  id: v.string(),
  first_name: text,
  last_name: text,
  username: shown,
  image_url: text,
  has_image: v.nullish(v.boolean(), false),
  primary_email_address_id: text,
  email_addresses: v.nullish(v.array(v.object({ id: v.string(), email_address: v.string() })), []),
  primary_phone_number_id: shown,
  phone_numbers: v.fallback(
    v.nullish(v.array(v.object({ id: v.string(), phone_number: v.string() })), []),
    [],
  ),
  organization_memberships: v.fallback(v.nullish(v.array(membershipSchema), []), []),
  public_metadata: object,
  created_at: number,
  updated_at: number,
  last_sign_in_at: number,
});

const publicUserDataSchema = v.object({
  user_id: shown,
  first_name: shown,
  last_name: shown,
  image_url: shown,
  has_image: flag,
  identifier: shown,
});

const sessionSchema = v.object({
  id: v.string(),
  status: v.string(),
  last_active_at: number,
  expire_at: number,
  abandon_at: number,
  created_at: number,
  updated_at: number,
  last_active_organization_id: text,
  actor: object,
  tasks: v.nullish(v.array(v.object({ key: v.string() })), null),
  factor_verification_age: v.fallback(v.nullish(v.tuple([v.number(), v.number()]), null), null),
  public_user_data: v.fallback(v.nullish(publicUserDataSchema, null), null),
  user: v.nullish(userSchema, null),
});

const clientSchema = v.object({ sessions: v.array(sessionSchema), last_active_session_id: text });

// A body without `response` is no answer about the client, whatever its status.
const answerSchema = v.object({ response: v.nullable(clientSchema), client: v.nullish(clientSchema, null) });
const changeSchema = v.object({ response: v.object({ id: v.string() }), client: clientSchema });
const endedSessionSchema = v.object({ id: v.string(), status: v.string() });
const membershipsSchema = v.object({
  response: v.object({ data: v.array(membershipSchema), total_count: v.number() }),
});

type Client = v.InferOutput<typeof clientSchema>;
type Session = v.InferOutput<typeof sessionSchema>;
type User = NonNullable<Session['user']>;
type Membership = v.InferOutput<typeof membershipSchema>;

/**
 * Reads the answer of `GET /client`; `null` is a client all of whose sessions are over. Without a client Clerk answers while
 * its database is in maintenance (clerk-ios, Documentation/SharedSessionSync.md): that is no news, as are sessions of nobody.
 */
export function readSignedIn(payload: unknown): SignedIn | null | Unread {
  const parsed = v.safeParse(answerSchema, payload);
  if (!parsed.success) return 'no-answer';
  const client = parsed.output.response ?? parsed.output.client;
  return client ? signedInOf(client) : 'no-news';
}

/** Reads the client that comes with the answer to a change of one of its sessions. */
export function readChange(payload: unknown, sessionId: string): SignedIn | null | Unread {
  const parsed = v.safeParse(changeSchema, payload);
  // Another's answer, from a cache on the way here for example.
  if (!parsed.success || parsed.output.response.id !== sessionId) return 'no-answer';
  return signedInOf(parsed.output.client);
}

/** Reads one page of memberships, and how many there are in all; `null` when it is no such answer. */
export function readMemberships(
  payload: unknown,
): { memberships: MembershipSnapshot[]; total: number } | null {
  const parsed = v.safeParse(membershipsSchema, payload);
  if (!parsed.success) return null;
  const { data, total_count: total } = parsed.output.response;
  return { memberships: data.map(membershipOf), total };
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

function signedInOf(client: Client): SignedIn | null | 'no-news' {
  const live = client.sessions.filter(({ status }) => !isOver(status));
  const sessions = live.flatMap((session) =>
    session.user && isSignedIn(session) ? [sessionOf(session, session.user)] : [],
  );
  const active =
    sessions.find(({ id }) => id === client.last_active_session_id) ??
    sessions.find(({ status }) => status === 'active') ??
    sessions[0];
  if (active) return { user: active.user, sessions, sessionIds: live.map(({ id }) => id) };
  // A session that is not over is somebody's, whether the answer says whose or not.
  return live.length > 0 ? 'no-news' : null;
}

// All that Clerk documents but `active` and `pending`. One that is not known yet is not over.
const OVER = ['ended', 'removed', 'expired', 'revoked', 'abandoned', 'replaced'];

function isOver(status: string): boolean {
  return OVER.includes(status);
}

// A person with a task left to do is somebody, too.
function isSignedIn({ status }: Session): boolean {
  return status === 'active' || status === 'pending';
}

function sessionOf(session: Session, user: User): LiveSession {
  const snapshot = userOf(session, user);
  return {
    id: session.id,
    status: session.status,
    lastActiveAt: session.last_active_at,
    expireAt: session.expire_at,
    abandonAt: session.abandon_at,
    createdAt: session.created_at,
    updatedAt: session.updated_at,
    lastActiveOrganizationId: session.last_active_organization_id,
    actor: session.actor,
    tasks: session.tasks,
    currentTask: snapshot.currentTask,
    factorVerificationAge: session.factor_verification_age,
    // The background says it, of the token that it has.
    lastActiveTokenExpiresAt: null,
    publicUserData: session.public_user_data && publicUserDataOf(session.public_user_data),
    user: snapshot,
  };
}

function publicUserDataOf(data: NonNullable<Session['public_user_data']>): PublicUserData {
  return {
    userId: data.user_id,
    firstName: data.first_name,
    lastName: data.last_name,
    imageUrl: data.image_url,
    hasImage: data.has_image,
    identifier: data.identifier,
  };
}

function userOf(session: Session, user: User): UserSnapshot {
  const email = user.email_addresses.find(({ id }) => id === user.primary_email_address_id);
  const phone = user.phone_numbers.find(({ id }) => id === user.primary_phone_number_id);
  return {
    userId: user.id,
    sessionId: session.id,
    ...(session.status === 'pending'
      ? { status: 'pending', currentTask: session.tasks?.[0] ?? null }
      : { status: 'active', currentTask: null }),
    ...organizationFactsOf(session, user),
    firstName: user.first_name,
    lastName: user.last_name,
    username: user.username,
    emailAddress: email?.email_address ?? null,
    phoneNumber: phone?.phone_number ?? null,
    imageUrl: pictureOf(user),
    publicMetadata: user.public_metadata ?? {},
    createdAt: user.created_at,
    updatedAt: user.updated_at,
    lastSignInAt: user.last_sign_in_at,
  };
}

/** As Clerk looks it up: among the memberships, by the session's organization. */
function organizationFactsOf({ last_active_organization_id: id }: Session, user: User) {
  const membership = user.organization_memberships.find(({ organization }) => organization.id === id);
  const { organization, role = null, permissions = null } = membership ?? {};
  return {
    organizationId: id,
    organizationName: organization?.name ?? null,
    organizationSlug: organization?.slug ?? null,
    organizationImageUrl: organization ? pictureOf(organization) : null,
    organizationRole: role,
    organizationPermissions: permissions,
  };
}

function membershipOf({ organization, role, permissions }: Membership): MembershipSnapshot {
  const { id, name, slug, image_url: imageUrl, has_image: hasImage } = organization;
  return {
    organization: { id, name, slug, imageUrl, hasImage } satisfies OrganizationSnapshot,
    role,
    permissions,
  };
}

function pictureOf({
  has_image,
  image_url,
}: {
  has_image: boolean;
  image_url: string | null;
}): string | null {
  return has_image ? image_url : null;
}
