import type { Context, MiddlewareHandler } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';

/** What the Frontend API has nothing of, so that who forgets the key is told so. */
const BACKEND_ONLY = /^\/v1\/(users|sessions)(\/|$)/;

/** Whether a request to the address that both APIs share is for the Backend API. */
export function isForBackend(c: Context<Env>): boolean {
  return /^Bearer sk_/i.test(c.req.header('authorization') ?? '') || BACKEND_ONLY.test(c.req.path);
}

/** Lets programs in that have the instance's secret key. A browser has no business with it, whatever it sends. */
export function secretKeyGate({ secretKey }: Pick<Core, 'secretKey'>): MiddlewareHandler<Env> {
  return async (c, next) => {
    const [, key] = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
    if (key === undefined) throw new ApiError('authorization_header_format_invalid');
    if (c.req.header('origin') !== undefined) throw new ApiError('origin_authorization_headers_conflict');
    if (key !== secretKey) throw new ApiError('clerk_key_invalid');
    return next();
  };
}
