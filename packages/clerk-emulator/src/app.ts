import { type Context, Hono } from 'hono';
import { createBackendApi } from './backend-api/app.ts';
import { isForBackend } from './backend-api/secret-key.ts';
import { type Env, logFailure, requestOrigin } from './context.ts';
import type { Core } from './core.ts';
import { ApiError, type ErrorCode, errorBody } from './errors.ts';
import { clock } from './middleware/clock.ts';
import { cors } from './middleware/cors.ts';
import { credentials } from './middleware/credentials.ts';
import { eventCause } from './middleware/event-cause.ts';
import { faults } from './middleware/faults.ts';
import { requestLog } from './middleware/request-log.ts';
import { requestPolicy } from './middleware/request-policy.ts';
import { clientJson } from './resources/client.ts';
import { clientRoutes } from './routes/client.ts';
import { controlRoutes } from './routes/control.ts';
import { environmentRoutes } from './routes/environment.ts';
import { handshakeRoutes } from './routes/handshake.ts';
import { keyRoutes } from './routes/keys.ts';
import { meRoutes } from './routes/me.ts';
import { meEmailAddressRoutes } from './routes/me-email-addresses.ts';
import { meExternalAccountRoutes } from './routes/me-external-accounts.ts';
import { meOrganizationRoutes } from './routes/me-organizations.ts';
import { mePasskeyRoutes } from './routes/me-passkeys.ts';
import { mePhoneNumberRoutes } from './routes/me-phone-numbers.ts';
import { imageRoutes, meProfileImageRoutes } from './routes/me-profile-image.ts';
import { meSecondFactorRoutes } from './routes/me-second-factors.ts';
import { meSessionRoutes } from './routes/me-sessions.ts';
import { membershipRequestRoutes } from './routes/membership-requests.ts';
import { npmRoutes } from './routes/npm.ts';
import { oauthCallbackRoutes } from './routes/oauth-callback.ts';
import { organizationDomainRoutes } from './routes/organization-domains.ts';
import { organizationInvitationRoutes } from './routes/organization-invitations.ts';
import { organizationMembershipRoutes } from './routes/organization-memberships.ts';
import { organizationRoutes } from './routes/organizations.ts';
import { sessionVerificationRoutes } from './routes/session-verification.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { signInRoutes } from './routes/sign-ins.ts';
import { signUpRoutes } from './routes/sign-ups.ts';
import { verifyRoutes } from './routes/verify.ts';
import { waitlistRoutes } from './routes/waitlist.ts';
import type { EmulatorControl } from './types.ts';

const V1_ROUTES = [
  environmentRoutes,
  clientRoutes,
  handshakeRoutes,
  sessionRoutes,
  sessionVerificationRoutes,
  signInRoutes,
  signUpRoutes,
  meRoutes,
  meEmailAddressRoutes,
  meExternalAccountRoutes,
  mePasskeyRoutes,
  mePhoneNumberRoutes,
  meSecondFactorRoutes,
  meSessionRoutes,
  meProfileImageRoutes,
  oauthCallbackRoutes,
  organizationRoutes,
  organizationMembershipRoutes,
  organizationInvitationRoutes,
  organizationDomainRoutes,
  membershipRequestRoutes,
  meOrganizationRoutes,
  verifyRoutes,
  waitlistRoutes,
];

/** The whole server as one fetch function: the control surface, and beside it the Frontend API and the Backend API. */
export function createApp(core: Core, control: EmulatorControl): Hono<Env> {
  const app = new Hono<Env>({ strict: false });
  app.route('/__emulator', controlRoutes(core, control));
  const backend = createBackendApi(core);
  app.use('/v1/*', (c, next) => (isForBackend(c) ? backendAnswer(c, backend) : next()));
  app.route('/', frontendApi(core));
  return app;
}

async function backendAnswer(c: Context<Env>, backend: Hono<Env>): Promise<Response> {
  return backend.fetch(c.req.raw, c.env);
}

function frontendApi(core: Core): Hono<Env> {
  const api = new Hono<Env>({ strict: false });
  // Outermost first: a fault's answer is logged, delayed, readable across origins and carries the credential too.
  api.use(requestLog(core), clock(core), cors(), credentials(core), faults(core), requestPolicy(core));
  api.use(eventCause(core));
  api.get('/', (c) =>
    c.text('The local Frontend API is running, and this browser accepts its certificate.\n'),
  );
  for (const routes of V1_ROUTES) api.route('/v1', routes(core));
  api.route('/', keyRoutes(core));
  api.route('/', imageRoutes(core));
  api.route('/', npmRoutes());
  api.all('*', (c) => {
    const longMessage = `${c.req.method} ${c.req.path} is not part of the local Frontend API.`;
    throw new ApiError('resource_not_found', { longMessage });
  });
  api.onError((error, c) => {
    if (error instanceof ApiError) return answerError(core, c, error);
    logFailure(c, core, error);
    return c.json(errorBody('internal_clerk_error'), 500);
  });
  return api;
}

/** Refusals of the request as such: their caller is no party to the client. */
const WITHOUT_CLIENT: ErrorCode[] = [
  'dev_browser_unauthenticated',
  'native_api_disabled',
  'origin_authorization_headers_conflict',
  'origin_invalid',
];

/** An error of a write carries the client in `meta.client`: an attempt that failed may have changed it. */
async function answerError(core: Core, c: Context<Env>, error: ApiError): Promise<Response> {
  const { code, details } = error;
  const isReported = c.req.method !== 'GET' && !WITHOUT_CLIENT.includes(code);
  const client = isReported ? c.get('client') : null;
  const json = client && (await clientJson(core, client, requestOrigin(c)));
  if (details.retryAfterSeconds !== undefined) c.header('Retry-After', String(details.retryAfterSeconds));
  return c.json(errorBody(code, details, json), error.status as 400);
}
