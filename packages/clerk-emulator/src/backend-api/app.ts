import { Hono } from 'hono';
import { type Env, logFailure } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError, errorBody } from '../errors.ts';
import { clock } from '../middleware/clock.ts';
import { eventCause } from '../middleware/event-cause.ts';
import { faults } from '../middleware/faults.ts';
import { requestLog } from '../middleware/request-log.ts';
import { backendMembershipRoutes } from './routes/memberships.ts';
import { backendOrganizationRoutes } from './routes/organizations.ts';
import { backendSessionRoutes } from './routes/sessions.ts';
import { backendUserMetadataRoutes } from './routes/user-metadata.ts';
import { backendUserRoutes } from './routes/users.ts';
import { secretKeyGate } from './secret-key.ts';

const ROUTES = [
  backendUserRoutes,
  backendUserMetadataRoutes,
  backendSessionRoutes,
  backendOrganizationRoutes,
  backendMembershipRoutes,
];

/** Clerk's Backend API, for an app's server, in version 2026-05-12: no CORS, no clients, no rate limits. */
export function createBackendApi(core: Core): Hono<Env> {
  const api = new Hono<Env>({ strict: false });
  // Outermost first: a fault's answer is logged and delayed, too.
  api.use(requestLog(core), clock(core), faults(core), secretKeyGate(core), eventCause(core));
  api.get('/v1/jwks', (c) => c.json(core.signer.jwks));
  for (const routes of ROUTES) api.route('/v1', routes(core));
  api.all('*', (c) => {
    const longMessage = `${c.req.method} ${c.req.path} is not part of the local Backend API.`;
    throw new ApiError('resource_not_found', { longMessage });
  });
  api.onError((error, c) => {
    if (error instanceof ApiError) return c.json(errorBody(error.code, error.details), error.status as 400);
    logFailure(c, core, error);
    return c.json(errorBody('internal_clerk_error'), 500);
  });
  return api;
}
