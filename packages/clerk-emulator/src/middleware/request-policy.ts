import type { Context, MiddlewareHandler } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import { isOfInstance } from '../flows/instance-pages.ts';
import { isBrowsing, isNative } from './request-kind.ts';

/** The refusals that depend on how a request came and not on what it asks for. */
export function requestPolicy(core: Core): MiddlewareHandler<Env> {
  const told = new Set<string>();
  return async (c, next) => {
    if (!core.settings.nativeApiEnabled && isNative(c)) throw new ApiError('native_api_disabled');
    const origin = c.req.header('origin');
    if (origin && !isBrowsing(c)) assertAcceptableOrigin(core, c, origin, told);
    return next();
  };
}

/**
 * @param told the origins whose refusal was logged; once is enough
 * @throws {ApiError} `origin_authorization_headers_conflict`, `origin_invalid`
 */
function assertAcceptableOrigin(core: Core, c: Context<Env>, origin: string, told: Set<string>): void {
  const { allowedOrigins, refuseOriginWithAuthorization, refuseListedOrigins } = core.settings;
  const isListed = allowedOrigins?.includes(origin) ?? false;
  const hasBoth = c.req.header('authorization') !== undefined;
  if (hasBoth && refuseOriginWithAuthorization && (!isListed || refuseListedOrigins)) {
    throw new ApiError('origin_authorization_headers_conflict');
  }
  if (allowedOrigins === null || isListed || isOfInstance(core, origin)) return;
  if (!told.has(origin))
    core.log(`[origin] ${origin} is refused: it is not in the setting "allowedOrigins".`);
  told.add(origin);
  throw new ApiError('origin_invalid');
}
