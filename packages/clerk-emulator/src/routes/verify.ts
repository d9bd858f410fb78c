import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { type LinkStatus, type OpenedLink, openLink } from '../flows/email-link-opened.ts';
import { expectLink } from '../flows/email-links.ts';
import { cookieClientOf, setClientCookies } from '../middleware/credentials.ts';
import { PAGE_HEADERS, pageHtml } from '../page.ts';
import type { EmailLink } from '../state/email-links.ts';

const TEXTS: Record<LinkStatus, [title: string, text: string]> = {
  verified: ['Done', 'Go back to the extension: it goes on by itself. You can close this page.'],
  expired: ['The link has expired', 'Go back to the extension and ask for another one.'],
  failed: [
    'The link does not work',
    'It was used already, or a newer one was sent. Go back to the extension.',
  ],
  client_mismatch: [
    'Another browser',
    'This link works only in the browser that asked for it. Go back to the extension and ask for a code.',
  ],
};

/** Where the links in mails lead. */
export function verifyRoutes(core: Core): Hono<Env> {
  return new Hono<Env>().get('/verify', async (c) => {
    const link = expectLink(core, c.req.query('token'));
    const cookieClient = cookieClientOf(core, c);
    const opened = await openLink(core, link, cookieClient);
    if (cookieClient?.id === link.clientId) await setClientCookies(core, c, cookieClient);
    return answer(c, link, opened);
  });
}

/** A web page shows it itself; to a page of an extension no web page can lead, so this server has one that says so. */
function answer(c: Context<Env>, { redirectUrl }: EmailLink, { status, sessionId }: OpenedLink) {
  const target = redirectUrl === null ? null : URL.parse(redirectUrl);
  if (target?.protocol === 'https:' || target?.protocol === 'http:') {
    target.searchParams.set('__clerk_status', status);
    if (sessionId !== null) target.searchParams.set('__clerk_created_session', sessionId);
    return c.redirect(target.href, 303);
  }
  const [title, text] = TEXTS[status];
  const body = html`<h1 id="email-link-status" data-status="${status}">${title}</h1><p>${text}</p>`;
  return c.html(pageHtml(title, body), 200, PAGE_HEADERS);
}
