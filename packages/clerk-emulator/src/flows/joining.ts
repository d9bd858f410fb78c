import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import { generateId } from '../state/ids.ts';
import type {
  MembershipRequest,
  OrganizationDomain,
  OrganizationInvitation,
  OrganizationSuggestion,
} from '../state/joining.ts';
import type { Organization } from '../state/organizations.ts';
import { DEFAULT_ROLE, rolesOf } from '../state/roles.ts';
import { moveOn } from '../state/updated-at.ts';
import { isVerified, type User } from '../state/users.ts';
import { join, maxMembers } from './organizations.ts';

/** As at Clerk. */
const INVITATION_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** @throws {ApiError} `resource_not_found` for a role that the instance does not have */
export function assertRole(core: Core, role: string): void {
  if (rolesOf(core.settings).some(({ key }) => key === role)) return;
  const longMessage = 'Organization role not found';
  throw new ApiError('resource_not_found', { longMessage, meta: { param_name: 'role' } });
}

/** The pending invitations of an organization. */
export function pendingInvitations(core: Core, organization: Organization): OrganizationInvitation[] {
  return core.organizationInvitations
    .all()
    .filter((invitation) => invitation.organizationId === organization.id && isPending(core, invitation));
}

/**
 * Holds what somebody writes into the form for invitations to Clerk's rules; nothing has changed yet.
 * @throws {ApiError} `resource_not_found` for the role, `already_a_member_in_organization`, `organization_invitation_not_unique`,
 * `organization_membership_quota_exceeded`
 */
export function assertMayInvite(
  core: Core,
  organization: Organization,
  emailAddresses: string[],
  role: string,
): void {
  assertRole(core, role);
  const pending = pendingInvitations(core, organization);
  for (const emailAddress of emailAddresses) {
    const owner = core.users.findByEmailAddress(emailAddress);
    const meta = { email_addresses: [emailAddress] };
    if (owner && core.organizations.membership(owner.id, organization.id)) {
      const longMessage = `${emailAddress} is already a member of the organization.`;
      throw new ApiError('already_a_member_in_organization', { longMessage, meta });
    }
    if (pending.some((invitation) => invitation.emailAddress === emailAddress))
      throw new ApiError('organization_invitation_not_unique', { meta });
  }
  const count = core.organizations.membersCount(organization) + pending.length + emailAddresses.length;
  if (count > maxMembers(core, organization)) throw new ApiError('organization_membership_quota_exceeded');
}

/** Invites whoever has an e-mail address. @param domainId of the domain that does so by itself */
export function invite(
  core: Core,
  organization: Organization,
  emailAddress: string,
  role: string,
  domainId: string | null = null,
): OrganizationInvitation {
  const now = core.now();
  return core.organizationInvitations.add({
    id: generateId('orginv'),
    organizationId: organization.id,
    emailAddress: emailAddress.toLowerCase(),
    role,
    status: 'pending',
    domainId,
    expireAt: now + INVITATION_LIFETIME_MS,
    createdAt: now,
    updatedAt: now,
  });
}

/** Tells a user of an organization that the user may ask to join. */
export function suggest(
  core: Core,
  organization: Organization,
  user: User,
  domainId: string | null = null,
): OrganizationSuggestion {
  const now = core.now();
  return core.organizationSuggestions.add({
    id: generateId('orgsug'),
    organizationId: organization.id,
    userId: user.id,
    status: 'pending',
    domainId,
    createdAt: now,
    updatedAt: now,
  });
}

/** Asks for a user to be let into an organization. */
export function requestMembership(core: Core, organizationId: string, userId: string): MembershipRequest {
  const now = core.now();
  return core.membershipRequests.add({
    id: generateId('orgmemreq'),
    organizationId,
    userId,
    status: 'pending',
    createdAt: now,
    updatedAt: now,
  });
}

/** The invitations to any of a user's own addresses. */
export function invitationsOf(core: Core, user: User): OrganizationInvitation[] {
  const own = user.emailAddresses.filter(isVerified).map(({ emailAddress }) => emailAddress);
  return core.organizationInvitations.all().filter(({ emailAddress }) => own.includes(emailAddress));
}

/** @throws {ApiError} `organization_invitation_not_found`, `…_not_pending`, and as `join` */
export function acceptInvitation(core: Core, user: User, invitationId: string): OrganizationInvitation {
  const invitation = invitationsOf(core, user).find(({ id }) => id === invitationId);
  const organization = invitation && core.organizations.find(invitation.organizationId);
  if (!invitation || !organization) throw new ApiError('organization_invitation_not_found');
  if (!isPending(core, invitation)) throw new ApiError('organization_invitation_not_pending');
  join(core, organization, user, invitation.role);
  settle(core, invitation, 'accepted');
  return invitation;
}

/** Asks to join the organization that was suggested. @throws {ApiError} `resource_not_found`, `…_already_accepted` */
export function acceptSuggestion(core: Core, user: User, suggestionId: string): OrganizationSuggestion {
  const suggestion = core.organizationSuggestions.find(suggestionId);
  if (suggestion?.userId !== user.id) throw new ApiError('resource_not_found');
  if (suggestion.status === 'accepted') throw new ApiError('organization_suggestion_already_accepted');
  settle(core, suggestion, 'accepted');
  requestMembership(core, suggestion.organizationId, user.id);
  return suggestion;
}

/** Changes the status of an invitation, a suggestion or a request. */
export function settle<T extends { status: string; updatedAt: number }>(
  core: Core,
  entry: T,
  status: T['status'],
): void {
  entry.status = status;
  moveOn(entry, core.now());
}

/** Invites the people of a proved domain who are not in its organization, or suggests it to them, as its mode says. */
export function enroll(core: Core, domain: OrganizationDomain): void {
  const { id, name, enrollmentMode, verifiedAt } = domain;
  const organization = core.organizations.find(domain.organizationId);
  if (verifiedAt === null || !organization || enrollmentMode === 'manual_invitation') return;
  for (const user of core.users.all()) {
    const email = user.emailAddresses.find(
      (each) => isVerified(each) && each.emailAddress.endsWith(`@${name}`),
    );
    if (!email || core.organizations.membership(user.id, organization.id)) continue;
    const isInvited = pendingInvitations(core, organization).some(
      ({ emailAddress }) => emailAddress === email.emailAddress,
    );
    if (enrollmentMode === 'automatic_suggestion') suggestOnce(core, organization, user, id);
    else if (!isInvited) invite(core, organization, email.emailAddress, DEFAULT_ROLE, id);
  }
}

/** Takes back what a domain has brought about and nobody has answered. */
export function withdraw(core: Core, { id }: OrganizationDomain): void {
  core.organizationInvitations.remove(({ domainId, status }) => domainId === id && status === 'pending');
  core.organizationSuggestions.remove(({ domainId, status }) => domainId === id && status === 'pending');
}

function suggestOnce(core: Core, organization: Organization, user: User, domainId: string): void {
  const isKnown = core.organizationSuggestions
    .all()
    .some(({ organizationId, userId }) => organizationId === organization.id && userId === user.id);
  if (!isKnown) suggest(core, organization, user, domainId);
}

function isPending(core: Core, { status, expireAt }: OrganizationInvitation): boolean {
  return status === 'pending' && core.now() <= expireAt;
}
