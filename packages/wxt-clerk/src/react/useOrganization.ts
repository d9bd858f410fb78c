import { useMemo } from 'react';
import type { OrganizationSnapshot, SessionOptions, UserSnapshot } from '../messages/protocol';
import type { PermissionKey, RoleKey } from '../shared/clerk-types';
import { useKnownAuth } from './useKnownAuth';

/** What a person is in an organization, under Clerk's names. */
export interface PageMembership {
  organization: OrganizationSnapshot;
  role: RoleKey;
  permissions: PermissionKey[];
}

/** As Clerk's own `useOrganization` has it; `null` for the personal account. */
export type UseOrganizationReturn =
  | { isLoaded: false; organization: undefined; membership: undefined }
  | { isLoaded: true; organization: null; membership: null }
  | { isLoaded: true; organization: OrganizationSnapshot; membership: PageMembership | null };

/**
 * The active organization, and what the person is in it. Live, from the background, without Clerk in the page.
 *
 * @param options.sessionId Of this session, whichever is active.
 */
export function useOrganization(options?: SessionOptions): UseOrganizationReturn {
  const { user } = useKnownAuth(options);
  return useMemo(() => {
    if (user === undefined) return { isLoaded: false, organization: user, membership: user };
    const organization = user && organizationOf(user);
    if (!organization) return { isLoaded: true, organization: null, membership: null };
    return { isLoaded: true, organization, membership: membershipOf(user, organization) };
  }, [user]);
}

function organizationOf(user: UserSnapshot): OrganizationSnapshot | null {
  const { organizationId: id, organizationImageUrl: imageUrl } = user;
  if (id === null) return null;
  const name = user.organizationName ?? '';
  return { id, name, slug: user.organizationSlug, imageUrl, hasImage: imageUrl !== null };
}

// Somebody who was taken out of the organization has it as their active one until they choose another.
function membershipOf(user: UserSnapshot, organization: OrganizationSnapshot): PageMembership | null {
  const { organizationRole: role, organizationPermissions: permissions } = user;
  return role === null
    ? null
    : { organization, role: role as RoleKey, permissions: (permissions ?? []) as PermissionKey[] };
}
