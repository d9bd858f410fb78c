import type { MiddlewareHandler } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import type { RateLimitKind } from '../types.ts';

/**
 * Refuses what exceeds the client's limit with 429 and `Retry-After`. Requests without a client count for the client
 * they create: on loopback all come from one address.
 */
export function rateLimit(core: Core, kind: RateLimitKind): MiddlewareHandler<Env> {
  return async (c, next) => {
    const known = c.get('client');
    if (known) {
      const retryAfterSeconds = core.rateLimits.take(known.id, kind);
      if (retryAfterSeconds !== null) throw new ApiError('too_many_requests', { retryAfterSeconds });
    }
    await next();
    const created = known ? null : c.get('client');
    if (created) core.rateLimits.take(created.id, kind);
  };
}
