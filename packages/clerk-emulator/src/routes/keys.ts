import { Hono } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';

/** The public key of the session tokens: the standard address, and the one `@clerk/backend` asks an API URL for. */
export function keyRoutes({ signer }: Core): Hono<Env> {
  return new Hono<Env>()
    .get('/.well-known/jwks.json', (c) => c.json(signer.jwks))
    .get('/v1/jwks', (c) => c.json(signer.jwks));
}
