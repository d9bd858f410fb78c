import { type Context, Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError, formError } from '../errors.ts';
import { normalizeEmailAddress } from '../flows/email-address.ts';
import { assertMayInvite, invite, settle } from '../flows/joining.ts';
import { expectMember } from '../flows/organizations.ts';
import { type Form, readForm } from '../form.ts';
import { paged, queryFilter } from '../paging.ts';
import { invitationJson, invitationStatus } from '../resources/joining.ts';
import type { OrganizationInvitation } from '../state/joining.ts';
import type { Organization } from '../state/organizations.ts';

/** Invitations that an organization sends. */
export function organizationInvitationRoutes(core: Core): Hono<Env> {
  const path = '/organizations/:organizationId/invitations';
  const expectManager = (c: Context<Env>) => expectMember(c, core, 'org:sys_memberships:manage');
  const toJson = (invitation: OrganizationInvitation) => invitationJson(core, invitation);
  const list = (c: Context<Env>, isAsked: (status: string) => boolean) => {
    const { organization } = expectManager(c);
    const found = invitationsIn(core, organization).filter((invitation) =>
      isAsked(invitationStatus(core, invitation)),
    );
    return enveloped(c, core, paged(c, found, toJson));
  };

  return new Hono<Env>()
    .get(path, (c) => list(c, queryFilter(c, 'status')))
    .get(`${path}/pending`, (c) => list(c, (status) => status === 'pending'))
    .post(path, async (c) => {
      const { organization } = expectManager(c);
      const form = await readForm(c);
      const [invitation] = inviteAll(core, organization, [form.required('email_address')], form);
      return enveloped(c, core, toJson(invitation as OrganizationInvitation));
    })
    .post(`${path}/bulk`, async (c) => {
      const { organization } = expectManager(c);
      const form = await readForm(c);
      const emailAddresses = form.list('email_address');
      if (emailAddresses.length === 0) throw formError('form_param_missing', 'email_address');
      // A bare array, as clerk-js reads it.
      return enveloped(c, core, inviteAll(core, organization, emailAddresses, form).map(toJson));
    })
    .post(`${path}/:invitationId/revoke`, (c) => {
      const { organization } = expectManager(c);
      const id = c.req.param('invitationId');
      const invitation = invitationsIn(core, organization).find((candidate) => candidate.id === id);
      if (!invitation) throw new ApiError('organization_invitation_not_found');
      if (invitation.status !== 'pending') throw new ApiError('organization_invitation_not_pending');
      settle(core, invitation, 'revoked');
      return enveloped(c, core, toJson(invitation));
    });
}

function invitationsIn(core: Core, { id }: Organization): OrganizationInvitation[] {
  return core.organizationInvitations.all().filter(({ organizationId }) => organizationId === id);
}

/** All or none. */
function inviteAll(core: Core, organization: Organization, texts: string[], form: Form) {
  const role = form.required('role');
  const addresses = [...new Set(texts.map((text) => normalizeEmailAddress(text, 'email_address')))];
  assertMayInvite(core, organization, addresses, role);
  return addresses.map((emailAddress) => invite(core, organization, emailAddress, role));
}
