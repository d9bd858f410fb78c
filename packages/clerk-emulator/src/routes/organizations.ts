import { Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError, formError, notFound } from '../errors.ts';
import { expectMe } from '../flows/me.ts';
import { type Form, readForm } from '../form.ts';
import { membershipJson, organizationJson } from '../resources/organization.ts';
import { deletedJson } from '../resources/user.ts';
import { hasOrganizations, mayMakeOrganizations } from '../state/settings.ts';

const DEFAULT_LIMIT = 10;

/** Organizations as far as a session needs them: to make one, to choose one and to leave it. */
export function organizationRoutes(core: Core): Hono<Env> {
  return new Hono<Env>()
    .get('/me/organization_memberships', (c) => {
      const { user } = expectMe(c, core);
      const all = core.organizations.membershipsOf(user.id);
      const offset = Number(c.req.query('offset') ?? 0);
      const page = all.slice(offset, offset + Number(c.req.query('limit') ?? DEFAULT_LIMIT));
      const data = page.map((membership) => membershipJson(core, membership));
      return enveloped(c, core, { data, total_count: all.length });
    })
    .on(['GET'], ['/me/organization_invitations', '/me/organization_suggestions'], (c) => {
      expectMe(c, core);
      return enveloped(c, core, { data: [], total_count: 0 });
    })
    .delete('/me/organization_memberships/:id', (c) => {
      const { user, session } = expectMe(c, core);
      const membership = core.organizations.membership(user.id, c.req.param('id'));
      if (!membership) throw notFound('organization', c.req.param('id'));
      core.organizations.remove(membership);
      if (session.lastActiveOrganizationId === membership.organization.id)
        session.lastActiveOrganizationId = null;
      core.users.changed(user);
      return enveloped(c, core, deletedJson('organization_membership', membership.id));
    })
    .post('/organizations', async (c) => {
      const { user } = expectMe(c, core);
      const form = await readForm(c);
      if (!hasOrganizations(core.settings)) throw new ApiError('organization_not_enabled_in_instance');
      if (!mayMakeOrganizations(core.settings)) throw new ApiError('user_create_organization_not_enabled');
      const organization = core.organizations.create(form.required('name'), readFreeSlug(core, form));
      core.organizations.add(organization, user.id, 'org:admin');
      core.users.changed(user);
      return enveloped(c, core, organizationJson(core, organization));
    })
    .get('/organizations/:id', (c) => {
      const { user } = expectMe(c, core);
      const membership = core.organizations.membership(user.id, c.req.param('id'));
      if (!membership) throw notFound('organization', c.req.param('id'));
      return enveloped(c, core, organizationJson(core, membership.organization));
    });
}

/** @throws {ApiError} `form_param_format_invalid`, `form_identifier_exists` */
function readFreeSlug(core: Core, form: Form): string | null {
  const slug = form.optional('slug');
  if (slug === null) return null;
  if (!/^[a-z0-9-]+$/.test(slug)) throw formError('form_param_format_invalid', 'slug');
  if (core.organizations.find(slug)) throw formError('form_identifier_exists', 'slug');
  return slug;
}
