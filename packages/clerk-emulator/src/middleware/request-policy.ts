import type { MiddlewareHandler } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';

/** The refusals that depend on how a request came and not on what it asks for; all are off by default. */
export function requestPolicy(core: Core): MiddlewareHandler<Env> {
  return async (c, next) => {
    const { allowedOrigins, nativeApiEnabled, refuseOriginWithAuthorization } = core.settings;
    const origin = c.req.header('origin');
    const isListed = origin !== undefined && (allowedOrigins?.includes(origin) ?? false);

    if (!nativeApiEnabled && c.req.query('_is_native') === '1') throw new ApiError('native_api_disabled');
    if (origin && !isListed) {
      const hasBoth = c.req.header('authorization') !== undefined;
      if (refuseOriginWithAuthorization && hasBoth)
        throw new ApiError('origin_authorization_headers_conflict');
      if (allowedOrigins) throw new ApiError('origin_invalid');
    }
    return next();
  };
}
