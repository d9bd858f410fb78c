import type { Core } from '../core.ts';
import type { Membership, Organization, Role } from '../state/organizations.ts';

/** Clerk's own permissions of its two roles; they never are in a token. */
const PERMISSIONS: Record<Role, string[]> = {
  'org:admin': [
    'org:sys_profile:manage',
    'org:sys_profile:delete',
    'org:sys_memberships:read',
    'org:sys_memberships:manage',
    'org:sys_domains:read',
    'org:sys_domains:manage',
  ],
  'org:member': ['org:sys_memberships:read'],
};
const ROLE_NAMES: Record<Role, string> = { 'org:admin': 'Admin', 'org:member': 'Member' };

/** An organization as its members see it. */
export function organizationJson(core: Core, organization: Organization) {
  return {
    object: 'organization',
    id: organization.id,
    name: organization.name,
    slug: organization.slug,
    image_url: '',
    has_image: false,
    members_count: core.organizations.membersCount(organization),
    pending_invitations_count: 0,
    max_allowed_memberships: 5,
    admin_delete_enabled: true,
    self_serve_sso_enabled: false,
    public_metadata: {},
    created_at: organization.createdAt,
    updated_at: organization.updatedAt,
  };
}

/** A user's place in an organization. */
export function membershipJson(core: Core, { id, organization, role, createdAt, updatedAt }: Membership) {
  return {
    object: 'organization_membership',
    id,
    role,
    role_name: ROLE_NAMES[role],
    permissions: PERMISSIONS[role],
    public_metadata: {},
    organization: organizationJson(core, organization),
    created_at: createdAt,
    updated_at: updatedAt,
  };
}
