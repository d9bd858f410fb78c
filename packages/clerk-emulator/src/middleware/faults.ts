import { setTimeout as delay } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { defaultErrorCode, errorBody } from '../errors.ts';
import type { Fault } from '../types.ts';

/** Injects the failures that were asked for. */
export function faults(core: Core): MiddlewareHandler<Env> {
  return async (c, next) => {
    const fault = core.faults.take(c.req.method, c.req.path);
    if (!fault) return next();
    c.set('omitCredentialHeader', fault.omitCredentialHeader ?? false);
    switch (fault.kind) {
      case 'status':
        await waitFor(fault);
        return statusResponse(c, fault);
      case 'delay':
        // The request takes effect at once and the answer is late: what a slow way back looks like.
        await next();
        return waitFor(fault);
      case 'drop':
        return cut(c);
      case 'hang':
        await core.faults.untilCleared();
        // Whoever gave up meanwhile must not have its request carried out behind its back.
        return c.env.incoming.socket.destroyed ? cut(c) : next();
    }
  };
}

async function waitFor({ delayMs = 0 }: Fault): Promise<void> {
  if (delayMs > 0) await delay(delayMs, undefined, { ref: false });
}

function cut(c: Context<Env>): Response {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

function statusResponse(c: Context<Env>, fault: Fault): Response {
  const { status = 500, retryAfterSeconds, body } = fault;
  const headers = new Headers();
  if (retryAfterSeconds !== undefined) headers.set('Retry-After', String(retryAfterSeconds));
  if (status === 204 || status === 304) return new Response(null, { status, headers });
  const isRaw = body !== undefined;
  headers.set('Content-Type', isRaw ? 'text/plain; charset=utf-8' : 'application/json');
  const json = () =>
    status < 400 ? { response: null, client: null } : errorBody(fault.code ?? defaultErrorCode(status));
  return c.newResponse(isRaw ? body : JSON.stringify(json()), { status: status as 500, headers });
}
