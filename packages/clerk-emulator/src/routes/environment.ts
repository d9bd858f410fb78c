import { Hono } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { environmentJson } from '../resources/environment.ts';

/** The instance's configuration and the development browser; both answer without an envelope. */
export function environmentRoutes(core: Core): Hono<Env> {
  return new Hono<Env>()
    .on(['GET', 'PATCH'], '/environment', (c) => c.json(environmentJson(core)))
    .post('/dev_browser', (c) => {
      const token = c.get('devBrowser');
      return token === null ? c.notFound() : c.json({ object: 'dev_browser', id: token, token });
    });
}
