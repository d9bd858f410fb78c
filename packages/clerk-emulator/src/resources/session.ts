import type { Core } from '../core.ts';
import { activeMembership } from '../flows/organization-choice.ts';
import { sessionTasks } from '../flows/session-tasks.ts';
import { factorVerificationAge, mintSessionToken } from '../flows/session-token.ts';
import type { Session } from '../state/sessions.ts';
import { publicUserDataJson, userJson } from './user.ts';

/**
 * A session with a fresh token, which seeds the SDK's cache and spares it a `/tokens` call.
 * @param origin becomes the token's `azp`; `null` leaves it out.
 */
export async function sessionJson(core: Core, session: Session, origin: string | null) {
  const user = core.users.expect(session.userId);
  const token = await mintSessionToken(core, session, origin);
  return {
    ...sessionFields(core, session),
    last_active_token: { object: 'token', jwt: token },
    user: userJson(core, user),
    public_user_data: publicUserDataJson(core, user),
  };
}

/** A session in the list of a user's devices: no user, no token, but what it runs on. */
export function deviceSessionJson(core: Core, session: Session) {
  return { ...sessionFields(core, session), user: null, latest_activity: activityJson(session) };
}

/** A session of any client in full, but without a token: that is its own client's alone. */
export function otherSessionJson(core: Core, session: Session) {
  const user = core.users.expect(session.userId);
  return {
    ...sessionFields(core, session),
    last_active_token: null,
    user: userJson(core, user),
    public_user_data: publicUserDataJson(core, user),
  };
}

function sessionFields(core: Core, session: Session) {
  const tasks = core.sessions.isActive(session) ? sessionTasks(core, session) : [];
  return {
    object: 'session',
    id: session.id,
    status: tasks.length > 0 ? 'pending' : statusOf(core, session),
    expire_at: session.expireAt,
    abandon_at: session.abandonAt,
    last_active_at: session.lastActiveAt,
    last_active_organization_id: activeMembership(core, session)?.organization.id ?? null,
    actor: session.actor,
    tasks: tasks.length > 0 ? tasks.map((key) => ({ key })) : null,
    factor_verification_age: factorVerificationAge(core, session),
    created_at: session.createdAt,
    updated_at: session.updatedAt,
  };
}

function statusOf(core: Core, session: Session): string {
  return core.sessions.isActive(session) || session.status !== 'active' ? session.status : 'expired';
}

function activityJson(session: Session) {
  const [, name, version] = /(Firefox|Edg|Chrome)\/(\d+)/.exec(session.userAgent) ?? [];
  return {
    object: 'session_activity',
    id: `act_${session.id}`,
    device_type: 'desktop',
    browser_name: name ?? '',
    browser_version: version ?? '',
    ip_address: '127.0.0.1',
    city: 'loopback',
    country: '',
    is_mobile: false,
  };
}
