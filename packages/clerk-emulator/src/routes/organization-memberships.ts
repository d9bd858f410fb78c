import { type Context, Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { notFound } from '../errors.ts';
import { assertRole } from '../flows/joining.ts';
import { assertManaged, changeRole, expectMember, join, leave } from '../flows/organizations.ts';
import { readForm } from '../form.ts';
import { paged, queryFilter } from '../paging.ts';
import { membershipJson } from '../resources/organization.ts';
import { roleJson } from '../resources/role.ts';
import type { Membership, Organization } from '../state/organizations.ts';
import { rolesOf } from '../state/roles.ts';
import { fullName } from '../state/users.ts';

/** Who belongs to an organization, and the roles that there are. */
export function organizationMembershipRoutes(core: Core): Hono<Env> {
  const path = '/organizations/:organizationId/memberships';
  const expectOther = (c: Context<Env>): Membership => {
    const { organization } = expectMember(c, core, 'org:sys_memberships:manage');
    const userId = c.req.param('userId') ?? '';
    const membership = core.organizations.membership(userId, organization.id);
    if (!membership) throw notFound('membership', userId);
    return membership;
  };

  return new Hono<Env>()
    .get('/organizations/:organizationId/roles', (c) => {
      expectMember(c, core);
      const page = paged(c, rolesOf(core.settings), roleJson);
      return enveloped(c, core, { ...page, has_role_set_migration: false });
    })
    .get(path, (c) => {
      const { organization } = expectMember(c, core, 'org:sys_memberships:read');
      const found = search(core, organization, c.req.query('query') ?? '', queryFilter(c, 'role'));
      return enveloped(
        c,
        core,
        paged(c, found, (membership) => membershipJson(core, membership)),
      );
    })
    .post(path, async (c) => {
      const { organization } = expectMember(c, core, 'org:sys_memberships:manage');
      const form = await readForm(c);
      const role = form.required('role');
      const user = core.users.expect(form.required('user_id'));
      assertRole(core, role);
      return enveloped(c, core, membershipJson(core, join(core, organization, user, role)));
    })
    .patch(`${path}/:userId`, async (c) => {
      const membership = expectOther(c);
      const role = (await readForm(c)).required('role');
      assertRole(core, role);
      assertManaged(core, membership, role);
      changeRole(core, membership, role);
      return enveloped(c, core, membershipJson(core, membership));
    })
    .delete(`${path}/:userId`, (c) => {
      const membership = expectOther(c);
      assertManaged(core, membership, null);
      const json = membershipJson(core, membership);
      leave(core, membership);
      return enveloped(c, core, json);
    });
}

/** @param query part of a name, an address, a username or a whole id, in any case */
function search(
  core: Core,
  organization: Organization,
  query: string,
  isAskedRole: (role: string) => boolean,
): Membership[] {
  const wanted = query.trim().toLowerCase();
  return core.organizations.membershipsIn(organization).filter(({ userId, role }) => {
    const user = core.users.expect(userId);
    const { id, username, emailAddresses } = user;
    const addresses = emailAddresses.map(({ emailAddress }) => emailAddress);
    const texts = [fullName(user), username ?? '', ...addresses];
    const isFound = texts.some((text) => text.toLowerCase().includes(wanted)) || id === query.trim();
    return isFound && isAskedRole(role);
  });
}
