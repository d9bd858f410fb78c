import { Hono } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { takeProviderAnswer } from '../flows/oauth-callback.ts';
import { cookieClientOf, setClientCookies } from '../middleware/credentials.ts';
import { userAgent } from './sign-ins.ts';

const PARAMETERS = ['code', 'state', 'scope', 'error'];

/** Where providers send people back to. The browser goes on to the app, which the attempt belongs to. */
export function oauthCallbackRoutes(core: Core): Hono<Env> {
  return new Hono<Env>()
    .get('/oauth_callback', async (c) => {
      const { location, cookieClient } = await takeProviderAnswer(core, {
        state: c.req.query('state') ?? null,
        code: c.req.query('code') ?? null,
        error: c.req.query('error') ?? null,
        userAgent: userAgent(c),
        cookieClient: cookieClientOf(core, c),
      });
      if (cookieClient) await setClientCookies(core, c, cookieClient);
      return c.redirect(location, 303);
    })
    .post('/oauth_callback', async (c) => {
      // Apple answers by a form; the cookies come with the GET alone.
      const sent = new URLSearchParams(await c.req.text());
      const known = [...sent].filter(([name]) => PARAMETERS.includes(name));
      return c.redirect(`/v1/oauth_callback?${new URLSearchParams(known)}`, 303);
    });
}
