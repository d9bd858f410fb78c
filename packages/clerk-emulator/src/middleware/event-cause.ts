import type { MiddlewareHandler } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';

/** Lets what a request brings about name it as its cause. */
export function eventCause({ events }: Pick<Core, 'events'>): MiddlewareHandler<Env> {
  return (c, next) => {
    const clientIp = c.env.incoming.socket.remoteAddress ?? '';
    return events.causedBy({ clientIp, userAgent: c.req.header('user-agent') ?? '' }, next);
  };
}
