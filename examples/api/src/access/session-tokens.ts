import type { AuthenticateRequestOptions } from '@clerk/backend/internal';
import { type ClerkClient, clerkMiddleware } from '@clerk/express';
import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';

type AuthenticateRequest = ClerkClient['authenticateRequest'];

/** The cookies that say who is signed in in a web page; with a suffix where several instances share a host. */
const SESSION_COOKIE = /^(__session|__client_uat|__clerk_db_jwt)(_|=|$)/;

/** They would tell everybody why a token is refused, beside the answer. */
const DEBUG_HEADERS = ['x-clerk-auth-status', 'x-clerk-auth-reason', 'x-clerk-auth-message'];

/**
 * Clerk's middleware, for an API: a session token as `Authorization: Bearer` or in the cookie `__session`, verified by
 * CLERK_JWT_KEY without a request to Clerk. Who sent it is looked at in `gate.ts`.
 */
export function sessionTokens(
  clerk: ClerkClient,
  { publishableKey, secretKey, jwtKey }: Config,
): RequestHandler {
  const clerkClient = { ...clerk, authenticateRequest: forAnApi(clerk.authenticateRequest) };
  return clerkMiddleware({ clerkClient, publishableKey, secretKey, jwtKey });
}

/**
 * Shows Clerk nothing but the token. With the rest of the request it would send a page to a handshake (a redirect), renew an
 * expired token by a cookie and ask for machine tokens (requests to Clerk), and an API wants none of these.
 */
function forAnApi(authenticateRequest: AuthenticateRequest): AuthenticateRequest {
  const authenticate = async (request: Request, options?: AuthenticateRequestOptions) => {
    const state = await authenticateRequest(withTokenOnly(request), {
      ...options,
      acceptsToken: 'session_token',
    });
    for (const name of DEBUG_HEADERS) state.headers.delete(name);
    return state;
  };
  return authenticate as AuthenticateRequest;
}

function withTokenOnly(request: Request): Request {
  const headers = new Headers();
  const authorization = request.headers.get('authorization');
  if (authorization !== null) headers.set('authorization', authorization);
  const cookies = (request.headers.get('cookie') ?? '').split(';').map((cookie) => cookie.trim());
  const own = cookies.filter((cookie) => SESSION_COOKIE.test(cookie));
  if (own.length > 0) headers.set('cookie', own.join('; '));
  return new Request(new URL('/', request.url), { headers });
}
