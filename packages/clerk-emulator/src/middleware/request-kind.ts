import type { Context } from 'hono';
import type { Env } from '../context.ts';
import type { Caller } from '../flows/redirect-urls.ts';

const NATIVE_FLAGS = ['1', 'true'];

/** Whether the caller says that it keeps its client JWT itself: clerk-js writes `1`, clerk-ios `true`. */
export function isNative(c: Context<Env>): boolean {
  return NATIVE_FLAGS.includes(c.req.query('_is_native') ?? '');
}

/** Where people's browsers are sent: by providers, by links in mails, by an app's server. */
const NAVIGATIONS = ['/v1/oauth_callback', '/v1/verify', '/v1/client/handshake'];

/** Whether a request is the browser's own, for a page or a script, and no client's: it has cookies at most. */
export function isBrowsing(c: Context<Env>): boolean {
  const { path } = c.req;
  return NAVIGATIONS.includes(path.replace(/\/$/, '')) || path.startsWith('/npm/');
}

/** What kind of request begins something. */
export function callerOf(c: Context<Env>): Caller {
  return { isNative: isNative(c), isWebPage: isWebPage(c) && !isNative(c) };
}

/** Whether the request came from a web page; extensions, apps and programs have another `Origin` or none. */
export function isWebPage(c: Context<Env>): boolean {
  return /^https?:/.test(c.req.header('origin') ?? '');
}
