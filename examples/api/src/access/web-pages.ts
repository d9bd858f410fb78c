import cors from 'cors';
import type { RequestHandler } from 'express';
import { ApiError } from '../http/api-error.ts';
import { type Parties, webOrigins } from './parties.ts';

// As Clerk's middleware reads it, in this case alone: any other word is none, and a cookie counts (@clerk/backend, authenticateContext.ts).
const BEARER = /^Bearer \S/;
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];
const PREFLIGHT_SECONDS = 600;

/**
 * Lets the web pages among the parties read the answers. An extension needs none of it: its background and pages read them by
 * their host permission, and its content scripts ask the background.
 */
export function letWebPagesRead(parties: Parties): RequestHandler {
  const origins = webOrigins(parties);
  return cors((request, decide) =>
    decide(null, {
      origin: origins,
      credentials: origins.includes(request.headers.origin ?? ''),
      methods: ['GET', 'POST', 'PATCH', 'DELETE'],
      allowedHeaders: ['Authorization', 'Content-Type'],
      maxAge: PREFLIGHT_SECONDS,
    }),
  );
}

/**
 * A browser sends a cookie with whatever page makes the request: what changes something by a cookie has to come from a web
 * page among the parties, and a browser names that one in `Origin`. Nobody but the extension's or the page's own code can send a
 * Bearer.
 */
export function refuseForeignPages(parties: Parties): RequestHandler {
  const origins = webOrigins(parties);
  return (request, _response, next) => {
    const isByBearer = BEARER.test(request.get('authorization') ?? '');
    const isByCookie = !isByBearer && request.get('cookie') !== undefined;
    if (!isByCookie || SAFE_METHODS.includes(request.method)) return next();
    if (origins.includes(request.get('origin') ?? '')) return next();
    throw new ApiError(
      'origin-not-allowed',
      'With a cookie only web pages named in AUTHORIZED_PARTIES may change something. Send the token as a Bearer.',
    );
  };
}
