import { type Context, Hono } from 'hono';
import type { Env } from '../../context.ts';
import { TEXT } from '../../control-input.ts';
import type { Core } from '../../core.ts';
import { ApiError } from '../../errors.ts';
import { assertRole } from '../../flows/joining.ts';
import { mergeMetadata } from '../../flows/metadata.ts';
import { changeRole, join, leave } from '../../flows/organizations.ts';
import { paged, queryFilter } from '../../paging.ts';
import type { Membership } from '../../state/organizations.ts';
import { fullName } from '../../state/users.ts';
import { expectOrganization, SERVER_METADATA_RULES, type ServerMetadata } from '../organization-fields.ts';
import { assertKnownQuery, ordered, PAGE_PARAMETERS, readBody } from '../parameters.ts';
import { backendMembershipJson } from '../resources/organization.ts';

const LIST_PARAMETERS = ['user_id', 'email_address', 'role', 'query', 'order_by', ...PAGE_PARAMETERS];

/** Who belongs to an organization. */
export function backendMembershipRoutes(core: Core): Hono<Env> {
  const path = '/organizations/:organizationId/memberships';
  const answer = (c: Context<Env>, membership: Membership) => c.json(backendMembershipJson(core, membership));

  return new Hono<Env>()
    .get(path, (c) => {
      assertKnownQuery(c, LIST_PARAMETERS);
      return c.json(paged(c, listed(c, core), (membership) => backendMembershipJson(core, membership)));
    })
    .post(path, async (c) => {
      const organization = expectOrganization(c, core);
      const { user_id: userId = '', role = '' } = await readBody<{ user_id: string; role: string }>(
        c,
        { user_id: TEXT, role: TEXT },
        ['user_id', 'role'],
      );
      assertRole(core, role);
      return answer(c, join(core, organization, core.users.expect(userId), role));
    })
    .patch(`${path}/:userId`, async (c) => {
      const membership = find(c, core);
      const { role = '' } = await readBody<{ role: string }>(c, { role: TEXT }, ['role']);
      assertRole(core, role);
      changeRole(core, membership, role);
      return answer(c, membership);
    })
    .patch(`${path}/:userId/metadata`, async (c) => {
      const membership = find(c, core);
      mergeMetadata(membership, await readBody<ServerMetadata>(c, SERVER_METADATA_RULES));
      core.organizations.changed(membership);
      return answer(c, membership);
    })
    .delete(`${path}/:userId`, (c) => {
      const membership = find(c, core);
      const json = backendMembershipJson(core, membership);
      leave(core, membership);
      return c.json(json);
    });
}

/** @throws {ApiError} `resource_not_found`, and as `expectOrganization` */
function find(c: Context<Env>, core: Core): Membership {
  const organization = expectOrganization(c, core);
  const userId = c.req.param('userId') ?? '';
  const membership = core.organizations.membership(userId, organization.id);
  if (membership) return membership;
  throw new ApiError('resource_not_found', {
    longMessage: `${userId} is not a member of the organization.`,
  });
}

/** @throws {ApiError} `form_param_value_invalid`, and as `expectOrganization` */
function listed(c: Context<Env>, core: Core): Membership[] {
  const isAskedUser = queryFilter(c, 'user_id');
  const isAskedAddress = queryFilter(c, 'email_address');
  const isAskedRole = queryFilter(c, 'role');
  const query = (c.req.query('query') ?? '').trim().toLowerCase();
  const found = core.organizations.membershipsIn(expectOrganization(c, core)).filter((membership) => {
    const user = core.users.expect(membership.userId);
    const { id, username, emailAddresses } = user;
    const addresses = emailAddresses.map(({ emailAddress }) => emailAddress);
    const texts = [id, fullName(user), username ?? '', ...addresses];
    return (
      isAskedUser(id) &&
      // Somebody without an address is in the list, too, unless it is asked for one.
      [...addresses, ''].some(isAskedAddress) &&
      isAskedRole(membership.role) &&
      texts.some((text) => text.toLowerCase().includes(query))
    );
  });
  return ordered(c, found, {
    created_at: ({ createdAt }) => createdAt,
    first_name: ({ userId }) => core.users.expect(userId).firstName,
    last_name: ({ userId }) => core.users.expect(userId).lastName,
    email_address: ({ userId }) => core.users.expect(userId).emailAddresses[0]?.emailAddress ?? null,
    phone_number: ({ userId }) => core.users.expect(userId).phoneNumbers[0]?.phoneNumber ?? null,
    username: ({ userId }) => core.users.expect(userId).username,
  });
}
