import type { Core } from '../core.ts';
import type { User } from '../state/users.ts';
import { forgetInOrganizations } from './organizations.ts';

/** Deletes a user with all that belongs to the user; the sessions end. */
export function deleteUser(core: Core, user: User): void {
  core.sessions.closeOfUser(user.id, 'removed');
  forgetInOrganizations(core, user.id);
  core.users.delete(user);
}

/** Bans a user, whose sessions are revoked, or takes the ban back. */
export function setBanned(core: Core, user: User, isBanned: boolean): void {
  user.banned = isBanned;
  if (isBanned) core.sessions.closeOfUser(user.id, 'revoked');
}
