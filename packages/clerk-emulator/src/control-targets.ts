import { ControlError } from './control-input.ts';
import type { Core } from './core.ts';
import type { Organization } from './state/organizations.ts';
import type { Session } from './state/sessions.ts';
import type { User } from './state/users.ts';

/** @param what names the call in the error. @throws {ControlError} */
export function expectUser(core: Core, what: string, userId: string): User {
  const user = core.users.find(userId);
  if (!user) throw new ControlError(`${what}: there is no user "${userId}".`, 404);
  return user;
}

/** @throws {ControlError} */
export function expectSession(core: Core, what: string, sessionId: string): Session {
  const session = core.sessions.find(sessionId);
  if (!session) throw new ControlError(`${what}: there is no session "${sessionId}".`, 404);
  return session;
}

/** By id or slug. @throws {ControlError} */
export function expectOrganization(core: Core, what: string, idOrSlug: string): Organization {
  const organization = core.organizations.find(idOrSlug);
  if (!organization) throw new ControlError(`${what}: there is no organization "${idOrSlug}".`, 404);
  return organization;
}
