import type { Context } from 'hono';
import type { Env } from '../context.ts';

const NATIVE_FLAGS = ['1', 'true'];

/** Whether the caller says that it keeps its client JWT itself: clerk-js writes `1`, clerk-ios `true`. */
export function isNative(c: Context<Env>): boolean {
  return NATIVE_FLAGS.includes(c.req.query('_is_native') ?? '');
}

/** Whether the request came from a web page; extensions, apps and programs have another `Origin` or none. */
export function isWebPage(c: Context<Env>): boolean {
  return /^https?:/.test(c.req.header('origin') ?? '');
}
