import { type Context, Hono } from 'hono';
import type { Env } from '../../context.ts';
import type { Core } from '../../core.ts';
import { mergeMetadata, setMetadata } from '../../flows/metadata.ts';
import {
  assertFreeSlug,
  assertOrganizations,
  deleteOrganization,
  organizationChanged,
} from '../../flows/organizations.ts';
import { paged, queryValues } from '../../paging.ts';
import { deletedJson } from '../../resources/user.ts';
import type { Organization } from '../../state/organizations.ts';
import { CREATOR_ROLE } from '../../state/roles.ts';
import {
  CHANGED_ORGANIZATION_RULES,
  type ChangedOrganization,
  CREATED_ORGANIZATION_RULES,
  type CreatedOrganization,
  expectOrganization,
  SERVER_METADATA_RULES,
  type ServerMetadata,
} from '../organization-fields.ts';
import { assertKnownQuery, ordered, PAGE_PARAMETERS, readBody } from '../parameters.ts';
import { backendOrganizationJson } from '../resources/organization.ts';

const LIST_PARAMETERS = ['query', 'user_id', 'order_by', 'include_members_count', ...PAGE_PARAMETERS];

/** The instance's organizations. */
export function backendOrganizationRoutes(core: Core): Hono<Env> {
  const path = '/organizations/:organizationId';
  const changeMetadata = async (c: Context<Env>, apply: typeof mergeMetadata) => {
    const organization = expectOrganization(c, core);
    apply(organization, await readBody<ServerMetadata>(c, SERVER_METADATA_RULES));
    organizationChanged(core, organization);
    return c.json(asAsked(c, core, organization));
  };

  return new Hono<Env>()
    .get('/organizations', (c) => {
      assertOrganizations(core);
      assertKnownQuery(c, LIST_PARAMETERS);
      return c.json(paged(c, listed(c, core), (organization) => asAsked(c, core, organization)));
    })
    .post('/organizations', async (c) => {
      assertOrganizations(core);
      const fields = await readBody<CreatedOrganization>(c, CREATED_ORGANIZATION_RULES, ['name']);
      return c.json(backendOrganizationJson(core, create(core, fields)));
    })
    .get(path, (c) => c.json(asAsked(c, core, expectOrganization(c, core))))
    .patch(path, async (c) => {
      const organization = expectOrganization(c, core);
      change(core, organization, await readBody<ChangedOrganization>(c, CHANGED_ORGANIZATION_RULES));
      return c.json(asAsked(c, core, organization));
    })
    .delete(path, (c) => {
      const organization = expectOrganization(c, core);
      deleteOrganization(core, organization);
      return c.json(deletedJson('organization', organization.id));
    })
    .patch(`${path}/metadata`, (c) => changeMetadata(c, mergeMetadata))
    .put(`${path}/metadata`, (c) => changeMetadata(c, setMetadata));
}

/** The number of members is told only if it is asked for. */
function asAsked(c: Context<Env>, core: Core, organization: Organization) {
  const { members_count: membersCount, ...json } = backendOrganizationJson(core, organization);
  return c.req.query('include_members_count') === 'true' ? { ...json, members_count: membersCount } : json;
}

/** @throws {ApiError} `form_param_value_invalid` */
function listed(c: Context<Env>, core: Core): Organization[] {
  const query = (c.req.query('query') ?? '').trim().toLowerCase();
  const userIds = queryValues(c, 'user_id');
  const found = core.organizations
    .all()
    .filter(
      ({ id, name, slug }) => id.toLowerCase() === query || `${name}\n${slug}`.toLowerCase().includes(query),
    )
    .filter(
      ({ id }) => userIds.length === 0 || userIds.some((each) => core.organizations.membership(each, id)),
    );
  return ordered(c, found, {
    created_at: ({ createdAt }) => createdAt,
    name: ({ name }) => name,
    members_count: (organization) => core.organizations.membersCount(organization),
  });
}

function create(core: Core, fields: Partial<CreatedOrganization>): Organization {
  const { name = '', slug = null, created_by, max_allowed_memberships = null } = fields;
  const { public_metadata = {}, private_metadata = {} } = fields;
  if (slug !== null) assertFreeSlug(core, slug);
  const creator = created_by === undefined ? null : core.users.expect(created_by);
  const metadata = { publicMetadata: {}, privateMetadata: {} };
  setMetadata(metadata, { public_metadata, private_metadata });
  const organization = core.organizations.create(name, slug, { createdBy: creator?.id ?? null });
  Object.assign(organization, metadata, { maxAllowedMemberships: max_allowed_memberships });
  if (creator) {
    core.organizations.add(organization, creator.id, CREATOR_ROLE);
    core.users.membershipsChanged(creator);
  }
  return organization;
}

function change(core: Core, organization: Organization, fields: Partial<ChangedOrganization>): void {
  const { name = organization.name, slug = organization.slug } = fields;
  if (slug !== organization.slug) assertFreeSlug(core, slug, organization);
  organization.name = name;
  organization.slug = slug;
  if (fields.max_allowed_memberships !== undefined)
    organization.maxAllowedMemberships = fields.max_allowed_memberships;
  organizationChanged(core, organization);
}
