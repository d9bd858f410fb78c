import type { UserSnapshot } from '../messages/protocol';
import type { PublicMetadata } from '../shared/clerk-types';

/** The signed-in person under the names of Clerk's `UserResource`, as plain data. */
export interface PageUser {
  id: string;
  username: string | null;
  firstName: string | null;
  lastName: string | null;
  fullName: string | null;
  /** Address of the picture, `null` when the person has none of their own (where Clerk gives one that it drew). */
  imageUrl: string | null;
  hasImage: boolean;
  primaryEmailAddress: { emailAddress: string } | null;
  primaryPhoneNumber: { phoneNumber: string } | null;
  publicMetadata: PublicMetadata;
  createdAt: Date | null;
  updatedAt: Date | null;
  lastSignInAt: Date | null;
}

/** A person under Clerk's names. */
export function pageUserOf(user: UserSnapshot): PageUser {
  const { firstName, lastName, imageUrl, emailAddress, phoneNumber } = user;
  return {
    id: user.userId,
    username: user.username,
    firstName,
    lastName,
    fullName: [firstName, lastName].filter(Boolean).join(' ') || null,
    imageUrl,
    hasImage: imageUrl !== null,
    primaryEmailAddress: emailAddress === null ? null : { emailAddress },
    primaryPhoneNumber: phoneNumber === null ? null : { phoneNumber },
    publicMetadata: user.publicMetadata as PublicMetadata,
    createdAt: dateOf(user.createdAt),
    updatedAt: dateOf(user.updatedAt),
    lastSignInAt: dateOf(user.lastSignInAt),
  };
}

/** @param time Unix time in milliseconds. */
export function dateOf(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}
