import { type Context, Hono } from 'hono';
import type { Env } from '../../context.ts';
import { integer } from '../../control-input.ts';
import type { Core } from '../../core.ts';
import { formError, notFound } from '../../errors.ts';
import { mintSessionToken, mintTemplateToken } from '../../flows/session-token.ts';
import { paged } from '../../paging.ts';
import type { Session } from '../../state/sessions.ts';
import { assertKnownQuery, PAGE_PARAMETERS, readBody } from '../parameters.ts';
import { backendSessionJson } from '../resources/session.ts';

const STATUSES = ['abandoned', 'active', 'ended', 'expired', 'pending', 'removed', 'replaced', 'revoked'];
/** Ten years at most. */
const TOKEN_RULES = { expires_in_seconds: integer(30, 315_360_000) };

interface TokenRequest {
  expires_in_seconds: number;
}

/** The sessions of all clients, and their tokens, which have no `azp`. */
export function backendSessionRoutes(core: Core): Hono<Env> {
  const readLifetime = async (c: Context<Env>) =>
    (await readBody<TokenRequest>(c, TOKEN_RULES)).expires_in_seconds;

  return new Hono<Env>()
    .get('/sessions', (c) => {
      assertKnownQuery(c, ['client_id', 'user_id', 'status', 'paginated', ...PAGE_PARAMETERS]);
      const page = paged(c, listedSessions(c, core), (session) => backendSessionJson(core, session));
      return c.json(c.req.query('paginated') === 'true' ? page : page.data);
    })
    .get('/sessions/:sessionId', (c) => c.json(backendSessionJson(core, find(c, core))))
    .post('/sessions/:sessionId/revoke', (c) => {
      const session = find(c, core);
      core.sessions.close(session, 'revoked');
      return c.json(backendSessionJson(core, session));
    })
    .post('/sessions/:sessionId/tokens', async (c) => {
      const session = findActive(c, core);
      const jwt = await mintSessionToken(core, session, null, undefined, await readLifetime(c));
      return c.json({ object: 'token', jwt });
    })
    .post('/sessions/:sessionId/tokens/:template', async (c) => {
      const session = findActive(c, core);
      const lifetime = await readLifetime(c);
      const jwt = await mintTemplateToken(core, session, c.req.param('template'), null, lifetime);
      return c.json({ object: 'token', jwt });
    });
}

/** Newest first. @throws {ApiError} `form_param_value_invalid` for an unknown status */
function listedSessions(c: Context<Env>, core: Core): Session[] {
  const { client_id: clientId, user_id: userId, status } = c.req.query();
  if (status && !STATUSES.includes(status)) throw formError('form_param_value_invalid', 'status');
  return core.sessions
    .all()
    .filter((session) => core.users.find(session.userId))
    .filter((session) => !clientId || session.clientId === clientId)
    .filter((session) => !userId || session.userId === userId)
    .filter((session) => !status || backendSessionJson(core, session).status === status)
    .toReversed();
}

/** Sessions are deleted with their users. @throws {ApiError} `resource_not_found` */
function find(c: Context<Env>, core: Core): Session {
  const id = c.req.param('sessionId') ?? '';
  const session = core.sessions.find(id);
  if (!session || !core.users.find(session.userId)) throw notFound('session', id);
  return session;
}

/** @throws {ApiError} `resource_not_found` */
function findActive(c: Context<Env>, core: Core): Session {
  const session = find(c, core);
  if (!core.sessions.isActive(session)) throw notFound('active session', session.id);
  return session;
}
