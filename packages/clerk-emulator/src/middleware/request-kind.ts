import type { Context } from 'hono';
import type { Env } from '../context.ts';
import type { Caller } from '../flows/redirect-urls.ts';

const NATIVE_FLAGS = ['1', 'true'];

/** Whether the caller says that it keeps its client JWT itself: clerk-js writes `1`, clerk-ios `true`. */
export function isNative(c: Context<Env>): boolean {
  return NATIVE_FLAGS.includes(c.req.query('_is_native') ?? '');
}

/** Where people's browsers are sent, by providers and by links in mails: without credentials of a client's, but for cookies. */
const NAVIGATIONS = ['/v1/oauth_callback', '/v1/verify'];

/** Whether the browser itself goes there, and no program of the app's. */
export function isNavigation(c: Context<Env>): boolean {
  return NAVIGATIONS.includes(c.req.path.replace(/\/$/, ''));
}

/** What kind of request begins something. */
export function callerOf(c: Context<Env>): Caller {
  return { isNative: isNative(c), isWebPage: isWebPage(c) && !isNative(c) };
}

/** Whether the request came from a web page; extensions, apps and programs have another `Origin` or none. */
export function isWebPage(c: Context<Env>): boolean {
  return /^https?:/.test(c.req.header('origin') ?? '');
}
