import { type Context, Hono } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError, formError } from '../errors.ts';
import { handshakeToken } from '../flows/handshake.ts';
import { isOfInstance } from '../flows/instance-pages.ts';
import { addCookie, cookieClientOf, instanceDomain } from '../middleware/credentials.ts';
import type { Client } from '../state/clients.ts';

/** Where a server-rendered app sends a browser that it does not know yet, to learn who is signed in. */
export function handshakeRoutes(core: Core): Hono<Env> {
  return new Hono<Env>().get('/client/handshake', async (c) => {
    const target = readRedirectUrl(core, c);
    if (core.instance === 'production') {
      const client = cookieClientOf(core, c);
      const token = await handshakeToken(core, { client, devBrowser: null, origin: target.origin });
      addCookie(
        c,
        `__clerk_handshake=${token}; Path=/; Secure; SameSite=Lax; Max-Age=60${instanceDomain(core)}`,
      );
      return c.redirect(target.href, 307);
    }
    const { devBrowser, client } = await findDevBrowser(core, c);
    const token = await handshakeToken(core, { client, devBrowser, origin: target.origin });
    target.searchParams.set('__clerk_handshake', token);
    target.searchParams.set('__clerk_db_jwt', devBrowser);
    return c.redirect(target.href, 307);
  });
}

/** @throws {ApiError} `form_param_format_invalid`, `redirect_url_domain_mismatch` */
function readRedirectUrl(core: Core, c: Context<Env>): URL {
  const url = URL.parse(c.req.query('redirect_url') ?? '');
  if (!url) throw formError('form_param_format_invalid', 'redirect_url');
  if (!isOfInstance(core, url.href)) throw new ApiError('redirect_url_domain_mismatch');
  return url;
}

async function findDevBrowser(
  { clients }: Core,
  c: Context<Env>,
): Promise<{ devBrowser: string; client: Client | null }> {
  const presented = c.req.query('__clerk_db_jwt') ?? '';
  const isKnown = clients.knowsCredential(presented);
  const devBrowser = isKnown ? presented : await clients.createDevBrowser();
  return { devBrowser, client: clients.findByCredential(devBrowser) };
}
