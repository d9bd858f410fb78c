import { activeUser } from '../shared/active-user';
import type { PublicAuthState, PublicUser, UserSnapshot } from './protocol';

/** The part of a person that web pages may see, field by field: what a snapshot gets one day must not slip through. Nobody as long
 * as the person has a task left. */
export function publicUserOf(user: UserSnapshot | null): PublicUser | null {
  const active = activeUser(user);
  if (!active) return null;
  const { firstName, lastName, imageUrl } = active;
  return { firstName, lastName, imageUrl };
}

/** What web pages are told of the auth state. */
export function publicAuthStateOf({ user }: { user: UserSnapshot | null }): PublicAuthState {
  const publicUser = publicUserOf(user);
  return { isSignedIn: publicUser !== null, user: publicUser };
}

/** Is there nothing new for web pages in a state? */
export function isSamePublicState(
  a: { user: UserSnapshot | null },
  b: { user: UserSnapshot | null },
): boolean {
  const isSamePerson = a.user?.userId === b.user?.userId && a.user?.sessionId === b.user?.sessionId;
  return isSamePerson && JSON.stringify(publicAuthStateOf(a)) === JSON.stringify(publicAuthStateOf(b));
}
