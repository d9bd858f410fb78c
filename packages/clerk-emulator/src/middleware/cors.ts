import type { MiddlewareHandler } from 'hono';
import type { Env } from '../context.ts';

const EXPOSED = 'Authorization, Clerk-Db-Jwt, X-Country, Retry-After, Date';

/** Echoes any origin, never `*`: web hosts send credentials. Which origins may go on is the origin policy's matter. */
export function cors(): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (c.req.method === 'OPTIONS') {
      c.res = new Response(null, { status: 204 });
      c.header('Access-Control-Allow-Methods', 'GET,POST,PUT,PATCH,DELETE,OPTIONS');
      c.header('Access-Control-Allow-Headers', 'authorization,content-type');
    } else {
      await next();
    }
    const origin = c.req.header('origin');
    if (!origin) return;
    c.header('Access-Control-Allow-Origin', origin);
    c.header('Access-Control-Allow-Credentials', 'true');
    c.header('Access-Control-Expose-Headers', EXPOSED);
    c.header('Vary', 'Origin');
  };
}
