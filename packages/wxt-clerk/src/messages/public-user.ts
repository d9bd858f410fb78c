import type { PublicAuthState, PublicUser, UserSnapshot } from './protocol';

/** The part of a person that web pages may see, field by field: what a snapshot gets one day must not slip through. */
export function publicUserOf(user: UserSnapshot | null): PublicUser | null {
  if (!user) return null;
  const { firstName, lastName, imageUrl } = user;
  return { firstName, lastName, imageUrl };
}

/** What web pages are told of the auth state. */
export function publicAuthStateOf({ user }: { user: UserSnapshot | null }): PublicAuthState {
  return { isSignedIn: user !== null, user: publicUserOf(user) };
}
