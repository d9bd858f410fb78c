import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import type { LoggedRequest } from '../types.ts';

const SECRET_PARAMETERS = [
  '__session',
  '__clerk_db_jwt',
  'code',
  'expired_token',
  'rotating_token_nonce',
  'state',
  'ticket',
  'token',
];

/** Logs every Frontend API request on arrival and its status when the answer is ready to go out. */
export function requestLog(core: Core): MiddlewareHandler<Env> {
  return async (c, next) => {
    const entry: LoggedRequest = {
      at: Date.now(),
      method: c.req.method,
      path: c.req.path,
      route: routePattern(c),
      query: visibleQuery(c),
      origin: c.req.header('origin') ?? null,
      authorization: c.req.header('authorization') !== undefined,
      status: null,
    };
    core.requestLog.add(entry);
    await next();
    if (!c.env.incoming.socket.destroyed) entry.status = c.res.status;
  };
}

function routePattern(c: Context<Env>): string {
  const route = matchedRoutes(c).find((candidate) => !candidate.path.endsWith('*'));
  return route?.path ?? '*';
}

function visibleQuery(c: Context<Env>): Record<string, string> {
  const entries = Object.entries(c.req.queries()).map(([name, values]) => [
    name,
    SECRET_PARAMETERS.includes(name) ? '[redacted]' : values.join(','),
  ]);
  return Object.fromEntries(entries);
}
