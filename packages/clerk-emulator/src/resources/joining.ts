import type { Core } from '../core.ts';
import type {
  MembershipRequest,
  OrganizationDomain,
  OrganizationInvitation,
  OrganizationSuggestion,
} from '../state/joining.ts';
import { roleOf } from '../state/roles.ts';
import { publicOrganizationDataJson } from './organization.ts';
import { publicUserDataJson } from './user.ts';

/** An invitation, as the organization and whoever is invited see it. */
export function invitationJson(core: Core, invitation: OrganizationInvitation) {
  const { id, organizationId, emailAddress, role, expireAt, createdAt, updatedAt } = invitation;
  return {
    object: 'organization_invitation',
    id,
    organization_id: organizationId,
    email_address: emailAddress,
    role,
    role_name: roleOf(core.settings, role).name,
    status: invitationStatus(core, invitation),
    public_metadata: {},
    public_organization_data: organizationDataOf(core, organizationId),
    url: null,
    expires_at: expireAt,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

/** What became of an invitation, by the clock too. */
export function invitationStatus(core: Core, { status, expireAt }: OrganizationInvitation): string {
  return status === 'pending' && core.now() > expireAt ? 'expired' : status;
}

/** A suggestion, as its user sees it. */
export function suggestionJson(core: Core, suggestion: OrganizationSuggestion) {
  const { id, organizationId, status, createdAt, updatedAt } = suggestion;
  return {
    object: 'organization_suggestion',
    id,
    public_organization_data: organizationDataOf(core, organizationId),
    status,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

/** A membership request, as the organization sees it. */
export function membershipRequestJson(core: Core, request: MembershipRequest) {
  const { id, organizationId, userId, status, createdAt, updatedAt } = request;
  const user = core.users.find(userId);
  return {
    object: 'organization_membership_request',
    id,
    organization_id: organizationId,
    status,
    public_user_data: user && publicUserDataJson(core, user),
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

/** A domain of an organization. */
export function domainJson(core: Core, domain: OrganizationDomain) {
  const verification = domainVerificationJson(domain);
  const isPending = (entry: { domainId: string | null; status: string }) =>
    entry.domainId === domain.id && entry.status === 'pending';
  return {
    object: 'organization_domain',
    id: domain.id,
    organization_id: domain.organizationId,
    name: domain.name,
    enrollment_mode: domain.enrollmentMode,
    affiliation_email_address: domain.affiliationEmailAddress,
    affiliation_verification: verification,
    ownership_verification: null,
    verification,
    total_pending_invitations: core.organizationInvitations.all().filter(isPending).length,
    total_pending_suggestions: core.organizationSuggestions.all().filter(isPending).length,
    public_organization_data: organizationDataOf(core, domain.organizationId),
    created_at: domain.createdAt,
    updated_at: domain.updatedAt,
  };
}

function domainVerificationJson({ verification, verifiedAt }: OrganizationDomain) {
  if (!verification) return null;
  const { status, attempts, expireAt } = verification;
  return { status, strategy: 'email_code', attempts, expire_at: expireAt, verified_at: verifiedAt };
}

/** What belongs to an organization goes with it, so there always is one. */
function organizationDataOf(core: Core, organizationId: string) {
  const organization = core.organizations.find(organizationId);
  if (!organization) throw new Error(`There is no organization ${organizationId}.`);
  return publicOrganizationDataJson(core, organization);
}
