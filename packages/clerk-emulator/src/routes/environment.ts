import { Hono } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import { environmentJson } from '../resources/environment.ts';

/** The instance's configuration and the development browser; both answer without an envelope. */
export function environmentRoutes(core: Core): Hono<Env> {
  return new Hono<Env>()
    .get('/environment', (c) => c.json(environmentJson(core)))
    .patch('/environment', (c) => {
      // It tells the instance where its pages are, so it is nothing without an origin.
      if (!c.req.header('origin')) throw new ApiError('origin_missing');
      return c.json(environmentJson(core));
    })
    .post('/dev_browser', (c) => {
      const token = c.get('devBrowser');
      return token === null ? c.notFound() : c.json({ object: 'dev_browser', id: token, token });
    });
}
