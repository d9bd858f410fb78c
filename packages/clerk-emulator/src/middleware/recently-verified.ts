import type { MiddlewareHandler } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import { expectMe } from '../flows/me.ts';
import { isRecentlyVerified } from '../flows/reverification.ts';

/** Refuses a sensitive change without a recent proof, where the instance wants one. */
export function recentlyVerified(core: Core): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (core.settings.reverification && !isRecentlyVerified({ core, ...expectMe(c, core) })) {
      throw new ApiError('session_reverification_required');
    }
    return next();
  };
}
