import { Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import { expectMe } from '../flows/me.ts';
import {
  assertFreeSlug,
  assertOrganizations,
  deleteOrganization,
  expectMember,
  organizationChanged,
} from '../flows/organizations.ts';
import { type Form, readForm } from '../form.ts';
import { readImage } from '../images.ts';
import { organizationJson } from '../resources/organization.ts';
import { deletedJson } from '../resources/user.ts';
import type { Organization } from '../state/organizations.ts';
import { CREATOR_ROLE } from '../state/roles.ts';
import { mayMakeOrganizations } from '../state/settings.ts';

/** Whether there is such an organization is not told to strangers. */
const STRANGER = 'organization_not_found_or_unauthorized';

/** Organizations themselves. */
export function organizationRoutes(core: Core): Hono<Env> {
  const path = '/organizations/:organizationId';

  return new Hono<Env>()
    .post('/organizations', async (c) => {
      const { user } = expectMe(c, core);
      const form = await readForm(c);
      assertOrganizations(core);
      if (!mayMakeOrganizations(core.settings)) throw new ApiError('user_create_organization_not_enabled');
      const name = form.required('name');
      const organization = core.organizations.create(name, readFreeSlug(core, form), { createdBy: user.id });
      core.organizations.add(organization, user.id, CREATOR_ROLE);
      core.users.membershipsChanged(user);
      return enveloped(c, core, organizationJson(core, organization));
    })
    .get(path, (c) => {
      const { organization } = expectMember(c, core, null, STRANGER);
      return enveloped(c, core, organizationJson(core, organization));
    })
    .patch(path, async (c) => {
      const { organization } = expectMember(c, core, 'org:sys_profile:manage', STRANGER);
      update(core, organization, await readForm(c));
      return enveloped(c, core, organizationJson(core, organization));
    })
    .delete(path, (c) => {
      const { organization } = expectMember(c, core, 'org:sys_profile:delete', STRANGER);
      if (!core.settings.organizationAdminDelete) throw new ApiError('organization_admin_delete_not_enabled');
      deleteOrganization(core, organization);
      return enveloped(c, core, deletedJson('organization', organization.id));
    })
    .put(`${path}/logo`, async (c) => {
      const { organization } = expectMember(c, core, 'org:sys_profile:manage', STRANGER);
      organization.logo = await readImage(c.req.raw);
      organizationChanged(core, organization);
      return enveloped(c, core, organizationJson(core, organization));
    })
    .delete(`${path}/logo`, (c) => {
      const { organization } = expectMember(c, core, 'org:sys_profile:manage', STRANGER);
      const id = organization.logo?.id ?? '';
      organization.logo = null;
      organizationChanged(core, organization);
      return enveloped(c, core, deletedJson('image', id));
    });
}

function update(core: Core, organization: Organization, form: Form): void {
  const slug = readFreeSlug(core, form, organization) ?? organization.slug;
  organization.name = form.has('name') ? form.required('name') : organization.name;
  organization.slug = slug;
  organizationChanged(core, organization);
}

/** @throws {ApiError} as `assertFreeSlug` */
function readFreeSlug(core: Core, form: Form, own: Organization | null = null): string | null {
  const slug = form.optional('slug');
  if (slug === null) return null;
  assertFreeSlug(core, slug, own);
  return slug;
}
