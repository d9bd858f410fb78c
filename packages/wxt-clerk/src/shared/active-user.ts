import type { UserSnapshot } from '../messages/protocol';

/** The person if their session is active: one with a task left to do is not signed in yet. */
export function activeUser(user: UserSnapshot | null): UserSnapshot | null {
  return user?.status === 'active' ? user : null;
}
