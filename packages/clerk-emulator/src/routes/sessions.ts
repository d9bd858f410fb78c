import { type Context, Hono } from 'hono';
import { type Env, enveloped, requestOrigin } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError, formError } from '../errors.ts';
import { chosenMembership } from '../flows/organization-choice.ts';
import { mintSessionToken, mintTemplateToken } from '../flows/session-token.ts';
import { expectSession } from '../flows/sessions.ts';
import { type Form, readForm } from '../form.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import { sessionJson } from '../resources/session.ts';
import type { Session, SessionStatus } from '../state/sessions.ts';
import { moveOn } from '../state/updated-at.ts';
import { unverifiedClaims } from '../tokens.ts';

const INTENTS = ['focus', 'select_session', 'select_org'];

/** The sessions of the caller's client, and their tokens. */
export function sessionRoutes(core: Core): Hono<Env> {
  const find = (c: Context<Env>) => expectSession(core, c.get('client'), c.req.param('id') ?? '');

  return new Hono<Env>()
    .get('/client/sessions/:id', async (c) => envelopedSession(c, core, find(c)))
    .post('/client/sessions/:id/touch', async (c) => {
      const session = find(c);
      const form = await readForm(c);
      assertIntent(form);
      const membership = chosenMembership(core, session, form, 'active_organization_id');
      session.lastActiveOrganizationId = membership?.organization.id ?? null;
      touch(c, core, session);
      return envelopedSession(c, core, session);
    })
    .post('/client/sessions/:id/end', async (c) => close(c, core, find(c), 'ended'))
    .post('/client/sessions/:id/remove', async (c) => close(c, core, find(c), 'removed'))
    .post('/client/sessions/:id/tokens', rateLimit(core, 'tokens'), async (c) => {
      const session = find(c);
      const form = await readForm(c);
      const membership = chosenMembership(core, session, form, 'organization_id');
      if (core.settings.sessionMinter) assertFormerToken(c, form, session);
      return tokenResponse(c, await mintSessionToken(core, session, requestOrigin(c), membership));
    })
    .post('/client/sessions/:id/tokens/:template', rateLimit(core, 'tokens'), async (c) => {
      const jwt = await mintTemplateToken(core, find(c), c.req.param('template'), requestOrigin(c));
      return tokenResponse(c, jwt);
    });
}

function tokenResponse(c: Context<Env>, jwt: string): Response {
  return c.json({ object: 'token', jwt });
}

async function envelopedSession(c: Context<Env>, core: Core, session: Session): Promise<Response> {
  return enveloped(c, core, await sessionJson(core, session, requestOrigin(c)));
}

/** Why a client touches a session: clerk-js sends it on focus, and as it switches. @throws {ApiError} `form_param_value_invalid` */
function assertIntent(form: Form): void {
  const intent = form.optional('intent');
  if (intent !== null && !INTENTS.includes(intent)) throw formError('form_param_value_invalid', 'intent');
}

function touch(c: Context<Env>, core: Core, session: Session): void {
  session.lastActiveAt = core.now();
  moveOn(session, core.now());
  const client = c.get('client');
  if (!client) return;
  client.lastActiveSessionId = session.id;
  core.clients.changed(client);
}

async function close(
  c: Context<Env>,
  core: Core,
  session: Session,
  status: Exclude<SessionStatus, 'active'>,
) {
  core.sessions.close(session, status);
  const client = c.get('client');
  if (client) core.clients.changed(client);
  return envelopedSession(c, core, session);
}

/**
 * With a session minter, a token is made from the one before it.
 * @throws {ApiError} `missing_expired_token`, `authorization_invalid` for a token of another session
 */
function assertFormerToken(c: Context<Env>, form: Form, session: Session): void {
  const former = form.optional('token') ?? c.req.query('expired_token') ?? null;
  if (former === null) throw new ApiError('missing_expired_token');
  if (unverifiedClaims(former)?.sid !== session.id) throw new ApiError('authorization_invalid');
}
