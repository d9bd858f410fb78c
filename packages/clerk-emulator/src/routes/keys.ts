import { Hono } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';

/** The public key of the session tokens: the standard address, and the one `@clerk/backend` asks an API URL for. */
export function keyRoutes({ signer }: Core): Hono<Env> {
  return (
    new Hono<Env>()
      .get('/.well-known/jwks.json', (c) => c.json(signer.jwks))
      // Clerk's Backend API, which takes a secret key: any is one here. To everybody else it does not exist.
      .get('/v1/jwks', (c, next) => {
        const isServer = /^Bearer sk_/.test(c.req.header('authorization') ?? '');
        return isServer ? Promise.resolve(c.json(signer.jwks)) : next();
      })
  );
}
