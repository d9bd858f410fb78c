import { Hono } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';

/** The public key of the session tokens, at the standard address. The Backend API has it, too. */
export function keyRoutes({ signer }: Core): Hono<Env> {
  return new Hono<Env>().get('/.well-known/jwks.json', (c) => c.json(signer.jwks));
}
