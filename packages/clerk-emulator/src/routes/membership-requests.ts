import { type Context, Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError, notFound } from '../errors.ts';
import { settle } from '../flows/joining.ts';
import { expectMember, join } from '../flows/organizations.ts';
import { paged, queryFilter } from '../paging.ts';
import { membershipRequestJson } from '../resources/joining.ts';
import { DEFAULT_ROLE } from '../state/roles.ts';

/** Users who ask to be let into an organization. */
export function membershipRequestRoutes(core: Core): Hono<Env> {
  const path = '/organizations/:organizationId/membership_requests';
  const expectPending = (c: Context<Env>) => {
    const { organization } = expectMember(c, core, 'org:sys_memberships:manage');
    const id = c.req.param('requestId') ?? '';
    const request = core.membershipRequests.find(id);
    if (request?.organizationId !== organization.id) throw notFound('membership request', id);
    // Clerk publishes no code of its own for one that was answered already.
    if (request.status !== 'pending') throw new ApiError('resource_forbidden');
    return { organization, request };
  };

  return new Hono<Env>()
    .get(path, (c) => {
      const { organization } = expectMember(c, core, 'org:sys_memberships:manage');
      const isAsked = queryFilter(c, 'status');
      const found = core.membershipRequests
        .all()
        .filter(({ organizationId }) => organizationId === organization.id)
        .filter(({ status }) => isAsked(status));
      return enveloped(
        c,
        core,
        paged(c, found, (request) => membershipRequestJson(core, request)),
      );
    })
    .post(`${path}/:requestId/accept`, (c) => {
      const { organization, request } = expectPending(c);
      join(core, organization, core.users.expect(request.userId), DEFAULT_ROLE);
      settle(core, request, 'accepted');
      return enveloped(c, core, membershipRequestJson(core, request));
    })
    .post(`${path}/:requestId/reject`, (c) => {
      const { request } = expectPending(c);
      settle(core, request, 'rejected');
      return enveloped(c, core, membershipRequestJson(core, request));
    });
}
