import { useMemo } from 'react';
import type { UserSnapshot } from '../messages/protocol';
import { useKnownAuth } from './useKnownAuth';

/** The signed-in person under the names of Clerk's `UserResource`, as plain data. */
export interface PageUser {
  id: string;
  firstName: string | null;
  lastName: string | null;
  fullName: string | null;
  /** Address of the picture, `null` when the person has none of their own (where Clerk gives one that it drew). */
  imageUrl: string | null;
  hasImage: boolean;
  primaryEmailAddress: { emailAddress: string } | null;
}

/** As Clerk's own `useUser` has it. */
export type UseUserReturn =
  | { isLoaded: false; isSignedIn: undefined; user: undefined }
  | { isLoaded: true; isSignedIn: false; user: null }
  | { isLoaded: true; isSignedIn: true; user: PageUser };

/** Who is signed in, by name and picture. Live, from the background, without Clerk in the page. */
export function useUser(): UseUserReturn {
  const { user } = useKnownAuth();
  return useMemo(() => {
    if (user === undefined) return { isLoaded: false, isSignedIn: undefined, user };
    if (user === null) return { isLoaded: true, isSignedIn: false, user };
    return { isLoaded: true, isSignedIn: true, user: pageUserOf(user) };
  }, [user]);
}

function pageUserOf({ userId, firstName, lastName, imageUrl, emailAddress }: UserSnapshot): PageUser {
  return {
    id: userId,
    firstName,
    lastName,
    fullName: [firstName, lastName].filter(Boolean).join(' ') || null,
    imageUrl,
    hasImage: imageUrl !== null,
    primaryEmailAddress: emailAddress === null ? null : { emailAddress },
  };
}
