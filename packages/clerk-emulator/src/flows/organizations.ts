import type { Context } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError, type ErrorCode, formError } from '../errors.ts';
import type { Membership, Organization } from '../state/organizations.ts';
import { roleOf, type SystemPermission } from '../state/roles.ts';
import { hasOrganizations } from '../state/settings.ts';
import type { User } from '../state/users.ts';
import { expectMe, type Me } from './me.ts';

/** A user in one of the user's organizations. */
export interface Member extends Me {
  membership: Membership;
  organization: Organization;
}

/** What a user belongs to, where the instance has organizations. */
export function membershipsOf(core: Core, userId: string): Membership[] {
  return hasOrganizations(core.settings) ? core.organizations.membershipsOf(userId) : [];
}

/** The user's place in an organization, by its id or slug; `null` without one. */
export function findMembership(core: Core, userId: string, idOrSlug: string): Membership | null {
  return hasOrganizations(core.settings) ? core.organizations.membership(userId, idOrSlug) : null;
}

/** What a member may do. */
export function permissionsOf(core: Core, { role }: Membership): string[] {
  return roleOf(core.settings, role).permissions;
}

/**
 * The signed-in user as a member of the organization of the path.
 * @param stranger what others are told; Clerk's document knows no 404 for lists
 * @throws {ApiError} `organization_not_enabled_in_instance`, the code for strangers, `missing_organization_permission`
 */
export function expectMember(
  c: Context<Env>,
  core: Core,
  permission: SystemPermission | null = null,
  stranger: ErrorCode = 'not_a_member_in_organization',
): Member {
  const me = expectMe(c, core);
  assertOrganizations(core);
  const membership = core.organizations.membership(me.user.id, c.req.param('organizationId') ?? '');
  if (!membership) throw new ApiError(stranger);
  if (permission !== null && !permissionsOf(core, membership).includes(permission)) {
    throw new ApiError('missing_organization_permission', { meta: { permissions: [permission] } });
  }
  return { ...me, membership, organization: membership.organization };
}

/** @throws {ApiError} `organization_not_enabled_in_instance` */
export function assertOrganizations({ settings }: Core): void {
  if (!hasOrganizations(settings)) throw new ApiError('organization_not_enabled_in_instance');
}

/** @throws {ApiError} `organization_slugs_disabled`, `form_param_format_invalid`, `form_identifier_exists` */
export function assertFreeSlug(core: Core, slug: string, own: Organization | null = null): void {
  if (!core.settings.organizationSlugs) throw new ApiError('organization_slugs_disabled');
  if (!/^[a-z0-9-]+$/.test(slug)) throw formError('form_param_format_invalid', 'slug');
  const owner = core.organizations.find(slug);
  if (owner && owner !== own) throw formError('form_identifier_exists', 'slug');
}

/** How many may belong to an organization, pending invitations included. */
export function maxMembers({ settings }: Core, { maxAllowedMemberships }: Organization): number {
  return maxAllowedMemberships ?? settings.maxOrganizationMembers;
}

/**
 * Makes a user a member.
 * @throws {ApiError} `already_a_member_in_organization`, `organization_membership_quota_exceeded`
 */
export function join(core: Core, organization: Organization, user: User, role: string): Membership {
  if (core.organizations.membership(user.id, organization.id)) {
    throw new ApiError('already_a_member_in_organization');
  }
  if (core.organizations.membersCount(organization) >= maxMembers(core, organization)) {
    throw new ApiError('organization_membership_quota_exceeded');
  }
  const membership = core.organizations.add(organization, user.id, role);
  core.users.membershipsChanged(user);
  return membership;
}

/** Ends a membership: the user's sessions that were in the organization go on in the personal account. */
export function leave(core: Core, membership: Membership): void {
  core.organizations.remove(membership);
  leaveInSessions(core, membership);
}

/** Gives a member another role. */
export function changeRole(core: Core, membership: Membership, role: string): void {
  membership.role = role;
  core.organizations.changed(membership);
  const user = core.users.find(membership.userId);
  if (user) core.users.membershipsChanged(user);
}

/**
 * Keeps an organization from losing the last one who can look after it.
 * @param next the member's next role; `null`: the member goes
 * @throws {ApiError} `organization_minimum_permissions_needed`
 */
export function assertManaged(core: Core, membership: Membership, next: string | null): void {
  const manages = (role: string) =>
    roleOf(core.settings, role).permissions.includes('org:sys_memberships:manage');
  const others = core.organizations
    .membershipsIn(membership.organization)
    .filter((other) => other !== membership);
  const isManaged = others.some(({ role }) => manages(role)) || (next !== null && manages(next));
  if (!isManaged && manages(membership.role)) throw new ApiError('organization_minimum_permissions_needed');
}

/** Moves `updatedAt` on, also of the members: their JSON has it, and React compares that by `updated_at`. */
export function organizationChanged(core: Core, organization: Organization): void {
  core.organizations.changed(organization);
  for (const { userId } of core.organizations.membershipsIn(organization)) {
    core.users.membershipsChanged(core.users.expect(userId));
  }
}

/** Deletes an organization with all that belongs to it. */
export function deleteOrganization(core: Core, organization: Organization): void {
  const memberships = core.organizations.membershipsIn(organization);
  core.organizations.delete(organization);
  for (const membership of memberships) leaveInSessions(core, membership);
  const isOfIt = ({ organizationId }: { organizationId: string }) => organizationId === organization.id;
  for (const entries of [core.organizationInvitations, core.organizationSuggestions, core.membershipRequests])
    entries.remove(isOfIt);
  core.organizationDomains.remove(isOfIt);
}

/** Takes a user out of everything that has to do with organizations. */
export function forgetInOrganizations(core: Core, userId: string): void {
  core.organizations.removeUser(userId);
  for (const entries of [core.organizationSuggestions, core.membershipRequests])
    entries.remove(({ userId: owner }: { userId: string }) => owner === userId);
}

function leaveInSessions(core: Core, { userId, organization }: Membership): void {
  for (const session of core.sessions.activeOfUser(userId)) {
    if (session.lastActiveOrganizationId === organization.id) session.lastActiveOrganizationId = null;
  }
  const user = core.users.find(userId);
  if (user) core.users.membershipsChanged(user);
}
