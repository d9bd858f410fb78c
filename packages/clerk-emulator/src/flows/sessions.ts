import type { Core } from '../core.ts';
import { ApiError, notFound } from '../errors.ts';
import type { Client } from '../state/clients.ts';
import type { Session } from '../state/sessions.ts';
import type { User } from '../state/users.ts';

/**
 * Refuses a second session where the instance allows one.
 * @throws {ApiError} `session_exists` in single-session mode, `identifier_already_signed_in` for the same user again.
 */
export function assertMaySignIn(core: Core, client: Client | null, userId: string | null): void {
  const active = client ? core.sessions.activeOfClient(client.id) : [];
  const [first] = active;
  if (first && core.settings.singleSessionMode) throw new ApiError('session_exists');
  const same = active.find((session) => session.userId === userId);
  if (same) throw new ApiError('identifier_already_signed_in', { meta: { session_id: same.id } });
}

/** The session that a client's requests are about: its last active one, or, once that is over, the one that was used last. */
export function lastActiveSession(core: Core, client: Client): Session | null {
  const sessions = core.sessions.activeOfClient(client.id);
  const byUse = sessions.toSorted((a, b) => b.lastActiveAt - a.lastActiveAt);
  return sessions.find(({ id }) => id === client.lastActiveSessionId) ?? byUse[0] ?? null;
}

/**
 * Opens a session on the client and gives the client a new JWT, as every sign-in does.
 * @param how `isElsewhere`: the answer goes to another browser, and the JWT to the client's next request
 */
export async function openSession(
  core: Core,
  client: Client,
  user: User,
  how: {
    strategy: string;
    userAgent: string;
    actor?: Session['actor'];
    hasSecondFactor?: boolean;
    isElsewhere?: boolean | undefined;
  },
): Promise<Session> {
  assertMaySignIn(core, client, user.id);
  const { userAgent, actor = null, hasSecondFactor = false } = how;
  const owner = { clientId: client.id, userId: user.id, userAgent, actor };
  const session = core.sessions.create(owner, hasSecondFactor);
  user.knownClientIds.add(client.id);
  client.lastActiveSessionId = session.id;
  client.lastAuthenticationStrategy = how.strategy;
  core.clients.changed(client);
  user.lastSignInAt = session.createdAt;
  user.failedAttempts = 0;
  core.users.changed(user);
  // A client without a credential is a dev browser's.
  if (client.credential === null) return session;
  if (how.isElsewhere) client.isRotationDue = true;
  else await core.clients.rotateCredential(client);
  return session;
}

/**
 * A session of this client that is still alive.
 * @throws {ApiError} 401 `signed_out` without a client, 403 `user_banned`, 404 `resource_not_found` for anything else:
 * unknown, over, or another client's.
 */
export function expectSession(core: Core, client: Client | null, sessionId: string): Session {
  if (!client) throw new ApiError('signed_out');
  const session = core.sessions.find(sessionId);
  if (!session || session.clientId !== client.id) throw notFound('session', sessionId);
  if (core.users.find(session.userId)?.banned) throw new ApiError('user_banned');
  if (!core.sessions.isActive(session)) throw notFound('session', sessionId);
  return session;
}
