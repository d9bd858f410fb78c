import { ControlError, checkFields } from './control-input.ts';
import {
  CANDIDATE_RULES,
  MEMBERSHIP_RULES,
  ORGANIZATION_INVITATION_RULES,
  ORGANIZATION_PATCH_RULES,
  ORGANIZATION_RULES,
} from './control-rules.ts';
import { expectOrganization, expectUser } from './control-targets.ts';
import type { Core } from './core.ts';
import { invite, requestMembership, suggest } from './flows/joining.ts';
import { changeRole, deleteOrganization, leave, organizationChanged } from './flows/organizations.ts';
import type { Organization } from './state/organizations.ts';
import { CREATOR_ROLE, DEFAULT_ROLE, rolesOf } from './state/roles.ts';
import type {
  EmulatorControl,
  NewOrganizationCandidate,
  OrganizationPatch,
  OrganizationSummary,
} from './types.ts';

/** Organizations and who belongs to them. */
export function organizationControl(core: Core) {
  return {
    async createOrganization(input) {
      checkFields('createOrganization', input, ORGANIZATION_RULES, ['name']);
      const { name, slug, plan, features, memberUserIds = [] } = input;
      for (const userId of memberUserIds) expectUser(core, 'createOrganization', userId);
      if (slug !== undefined) assertFreeSlug(core, 'createOrganization', slug);
      const organization = core.organizations.create(name, slug ?? null, {
        createdBy: memberUserIds[0] ?? null,
      });
      change(core, organization, { ...(plan ? { plan } : {}), ...(features ? { features } : {}) });
      for (const [index, userId] of memberUserIds.entries()) {
        core.organizations.add(organization, userId, index === 0 ? CREATOR_ROLE : DEFAULT_ROLE);
      }
      return { organizationId: organization.id };
    },
    async listOrganizations() {
      return core.organizations.all().map((organization) => summary(core, organization));
    },
    async updateOrganization(organizationId, patch) {
      checkFields('updateOrganization', patch, ORGANIZATION_PATCH_RULES);
      const organization = expectOrganization(core, 'updateOrganization', organizationId);
      if (patch.slug !== undefined) assertFreeSlug(core, 'updateOrganization', patch.slug, organization);
      change(core, organization, patch);
    },
    async deleteOrganization(organizationId) {
      deleteOrganization(core, expectOrganization(core, 'deleteOrganization', organizationId));
    },
    async setMembership(organizationId, input) {
      checkFields('setMembership', input, MEMBERSHIP_RULES, ['userId', 'role']);
      const organization = expectOrganization(core, 'setMembership', organizationId);
      const user = expectUser(core, 'setMembership', input.userId);
      assertKnownRole(core, 'setMembership', input.role);
      const membership = core.organizations.membership(user.id, organization.id);
      changeRole(core, membership ?? core.organizations.add(organization, user.id, input.role), input.role);
    },
    async removeMembership(organizationId, userId) {
      const { id } = expectOrganization(core, 'removeMembership', organizationId);
      const membership = core.organizations.membership(userId, id);
      if (!membership) throw new ControlError(`removeMembership: "${userId}" is no member of "${id}".`, 404);
      leave(core, membership);
    },
  } satisfies Partial<EmulatorControl>;
}

/** What brings people into organizations. */
export function joiningControl(core: Core) {
  const expectBoth = (what: string, input: NewOrganizationCandidate) => {
    checkFields(what, input, CANDIDATE_RULES, ['organizationId', 'userId']);
    return {
      organization: expectOrganization(core, what, input.organizationId),
      user: expectUser(core, what, input.userId),
    };
  };
  return {
    async createOrganizationInvitation(input) {
      const what = 'createOrganizationInvitation';
      checkFields(what, input, ORGANIZATION_INVITATION_RULES, ['organizationId', 'emailAddress']);
      const organization = expectOrganization(core, what, input.organizationId);
      const role = input.role ?? DEFAULT_ROLE;
      assertKnownRole(core, what, role);
      return { invitationId: invite(core, organization, input.emailAddress, role).id };
    },
    async createOrganizationSuggestion(input) {
      const { organization, user } = expectBoth('createOrganizationSuggestion', input);
      return { suggestionId: suggest(core, organization, user).id };
    },
    async createMembershipRequest(input) {
      const { organization, user } = expectBoth('createMembershipRequest', input);
      return { requestId: requestMembership(core, organization.id, user.id).id };
    },
  } satisfies Partial<EmulatorControl>;
}

function change(core: Core, organization: Organization, patch: OrganizationPatch): void {
  const { features, ...rest } = patch;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  Object.assign(organization, structuredClone(Object.fromEntries(given)));
  if (features !== undefined) organization.features = [...features];
  organizationChanged(core, organization);
}

function summary(core: Core, organization: Organization): OrganizationSummary {
  const { id, name, slug, plan, features } = organization;
  const members = core.organizations
    .membershipsIn(organization)
    .map(({ userId, role }) => ({ userId, role }));
  return { organizationId: id, name, slug, plan, features: [...features], members };
}

function assertFreeSlug(core: Core, what: string, slug: string, own: Organization | null = null): void {
  const owner = core.organizations.find(slug);
  if (owner && owner !== own)
    throw new ControlError(`${what}: the slug "${slug}" belongs to an organization already.`);
}

function assertKnownRole(core: Core, what: string, role: string): void {
  const keys = rolesOf(core.settings).map(({ key }) => key);
  if (!keys.includes(role))
    throw new ControlError(
      `${what}: there is no role "${role}". The setting "organizationRoles" adds one to ${keys.join(', ')}.`,
    );
}
