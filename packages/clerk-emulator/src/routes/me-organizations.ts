import { Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import { acceptInvitation, acceptSuggestion, invitationsOf } from '../flows/joining.ts';
import { expectMe } from '../flows/me.ts';
import {
  assertManaged,
  assertOrganizations,
  findMembership,
  leave,
  membershipsOf,
} from '../flows/organizations.ts';
import { paged, queryFilter } from '../paging.ts';
import { invitationJson, invitationStatus, suggestionJson } from '../resources/joining.ts';
import { membershipJson } from '../resources/organization.ts';
import { deletedJson } from '../resources/user.ts';
import { hasOrganizations } from '../state/settings.ts';
import type { User } from '../state/users.ts';

/** The organizations that the signed-in user belongs to, or could. */
export function meOrganizationRoutes(core: Core): Hono<Env> {
  return new Hono<Env>()
    .get('/me/organization_memberships', (c) => {
      const { user } = expectMe(c, core);
      const page = paged(c, membershipsOf(core, user.id), (membership) => membershipJson(core, membership));
      return enveloped(c, core, page);
    })
    .delete('/me/organization_memberships/:organizationId', (c) => {
      const { user } = expectMe(c, core);
      const membership = findMembership(core, user.id, c.req.param('organizationId'));
      if (!membership) throw new ApiError('organization_not_found_or_unauthorized');
      assertManaged(core, membership, null);
      leave(core, membership);
      return enveloped(c, core, deletedJson('organization_membership', membership.id));
    })
    .get('/me/organization_invitations', (c) => {
      const { user } = expectMe(c, core);
      const isAsked = queryFilter(c, 'status');
      const all = hasOrganizations(core.settings) ? invitationsOf(core, user) : [];
      const found = all.filter((invitation) => isAsked(invitationStatus(core, invitation)));
      const page = paged(c, found, (invitation) => invitationJson(core, invitation));
      return enveloped(c, core, page);
    })
    .post('/me/organization_invitations/:invitationId/accept', (c) => {
      const { user } = expectMe(c, core);
      const invitation = acceptInvitation(core, user, c.req.param('invitationId'));
      return enveloped(c, core, invitationJson(core, invitation));
    })
    .get('/me/organization_suggestions', (c) => {
      const { user } = expectMe(c, core);
      const isAsked = queryFilter(c, 'status');
      const all = hasOrganizations(core.settings) ? core.organizationSuggestions.all() : [];
      const found = all.filter(({ userId, status }) => userId === user.id && isAsked(status));
      const page = paged(c, found, (suggestion) => suggestionJson(core, suggestion));
      return enveloped(c, core, page);
    })
    .post('/me/organization_suggestions/:suggestionId/accept', (c) => {
      const { user } = expectMe(c, core);
      const suggestion = acceptSuggestion(core, user, c.req.param('suggestionId'));
      return enveloped(c, core, suggestionJson(core, suggestion));
    })
    .get('/me/organization_creation_defaults', (c) => {
      const { user } = expectMe(c, core);
      assertOrganizations(core);
      return enveloped(c, core, creationDefaultsJson(user));
    });
}

/** What the form for a new organization begins with. */
function creationDefaultsJson({ firstName }: User) {
  const name = firstName === null ? 'My organization' : `${firstName}’s organization`;
  const slug = name
    .toLowerCase()
    .replace('’', '')
    .replaceAll(/[^a-z0-9]+/g, '-');
  return { advisory: null, form: { name, slug, logo: null, blur_hash: null } };
}
