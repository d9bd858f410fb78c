import type { Core } from '../../core.ts';
import { membershipJson, organizationJson } from '../../resources/organization.ts';
import type { Membership, Organization } from '../../state/organizations.ts';

/** An organization as the app's server sees it. */
export function backendOrganizationJson(core: Core, organization: Organization) {
  const { self_serve_sso_enabled: _, ...shared } = organizationJson(core, organization);
  const { createdBy, privateMetadata } = organization;
  return {
    ...shared,
    private_metadata: privateMetadata,
    ...(createdBy === null ? {} : { created_by: createdBy }),
  };
}

/** A user's place in an organization as the app's server sees it. */
export function backendMembershipJson(core: Core, membership: Membership) {
  const shared = membershipJson(core, membership);
  const { username, banned } = core.users.expect(membership.userId);
  const { public_user_data: publicUserData } = shared;
  return {
    ...shared,
    private_metadata: membership.privateMetadata,
    organization: backendOrganizationJson(core, membership.organization),
    public_user_data: { ...publicUserData, profile_image_url: publicUserData.image_url, username, banned },
  };
}
