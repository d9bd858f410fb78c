/**
 * Those of Clerk's types that ours are made of. What a project declares for Clerk counts here, too, since these look it up:
 * `CustomJwtSessionClaims`, `ClerkAuthorization` and `UserPublicMetadata`
 * (https://clerk.com/docs/guides/development/override-clerk-types-interfaces).
 */
import type { CheckAuthorizationWithCustomPermissions, JwtPayload } from '@clerk/shared/types';

export type {
  ActClaim,
  OrganizationCustomPermissionKey as PermissionKey,
  OrganizationCustomRoleKey as RoleKey,
} from '@clerk/shared/types';

/** Clerk's `has`: at most one of role, permission, feature and plan, and a recent verification beside it. */
export type CheckAuthorization = CheckAuthorizationWithCustomPermissions;

/** What `has` is asked. */
export type AuthorizationParams = Parameters<CheckAuthorization>[0];

/** The claims of a session token, and those that the project declares. The token itself is not among them. */
export type SessionClaims = Without<'__raw', JwtPayload>;

// `Omit` forgets the known names of a type that may have others.
type Without<Name, Claims> = {
  [Each in keyof Claims as Each extends Name ? never : Each]: Claims[Each];
};

/** What the instance's server says of a person, as the project declares it. */
export type PublicMetadata = UserPublicMetadata;
