import type { ClerkClient } from '@clerk/express';
import { Router } from 'express';
import { expectRole } from '../access/authorization.ts';
import { answerOf } from '../access/clerk.ts';
import { ApiError } from '../http/api-error.ts';
import { readPage } from '../http/input.ts';
import type { Store } from '../store/store.ts';

const ADMIN = 'org:admin';

/** For admins of the active organization. */
export function adminRoutes(clerk: ClerkClient, { notes }: Store): Router {
  const routes = Router();

  routes.get('/', (request, response) => {
    const { userId, orgId, orgRole } = expectRole(request, ADMIN);
    response.json({ userId, orgId, orgRole, notes: notes.count({ orgId }) });
  });

  routes.get('/people', async (request, response) => {
    const { orgId } = expectRole(request, ADMIN);
    const page = readPage(request.query);
    const { data, totalCount } = await answerOf(
      clerk.organizations.getOrganizationMembershipList({ organizationId: orgId, ...page }),
      new ApiError('not-found', 'Clerk knows this organization no longer.'),
    );
    const people = data.map(({ role, publicUserData }) => ({
      userId: publicUserData?.userId ?? null,
      firstName: publicUserData?.firstName ?? null,
      lastName: publicUserData?.lastName ?? null,
      identifier: publicUserData?.identifier ?? null,
      role,
    }));
    response.json({ people, total: totalCount });
  });

  return routes;
}
