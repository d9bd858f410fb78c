import type { Core } from '../core.ts';
import { maxMembers, permissionsOf } from '../flows/organizations.ts';
import type { Membership, Organization } from '../state/organizations.ts';
import { roleOf } from '../state/roles.ts';
import { publicUserDataJson } from './user.ts';

/** An organization as its members see it. */
export function organizationJson(core: Core, organization: Organization) {
  const invitations = core.organizationInvitations.all();
  return {
    object: 'organization',
    ...publicOrganizationDataJson(core, organization),
    members_count: core.organizations.membersCount(organization),
    pending_invitations_count: invitations.filter(
      ({ organizationId, status }) => organizationId === organization.id && status === 'pending',
    ).length,
    max_allowed_memberships: maxMembers(core, organization),
    admin_delete_enabled: core.settings.organizationAdminDelete,
    self_serve_sso_enabled: false,
    public_metadata: organization.publicMetadata,
    created_at: organization.createdAt,
    updated_at: organization.updatedAt,
  };
}

/** An organization as those see it who are not in it yet. */
export function publicOrganizationDataJson(core: Core, organization: Organization) {
  return {
    id: organization.id,
    name: organization.name,
    slug: organization.slug,
    image_url: logoUrl(core, organization),
    has_image: organization.logo !== null,
  };
}

/** A user's place in an organization. */
export function membershipJson(core: Core, membership: Membership) {
  const { id, organization, role, createdAt, updatedAt } = membership;
  const user = core.users.expect(membership.userId);
  return {
    object: 'organization_membership',
    id,
    role,
    role_name: roleOf(core.settings, role).name,
    permissions: permissionsOf(core, membership),
    public_metadata: membership.publicMetadata,
    public_user_data: publicUserDataJson(core, user),
    organization: organizationJson(core, organization),
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

/** Where a logo can be fetched; empty when the organization has none. */
export function logoUrl({ url }: Core, { id, logo }: Organization): string {
  return logo ? `${url}/images/${id}/${logo.id}` : '';
}
