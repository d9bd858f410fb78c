import type { Core } from '../core.ts';

/**
 * Web pages on the instance's own domain need no entry, and in development none does: Clerk asks for one from
 * "browser-like stacks such as browser extensions, Electron, or Capacitor" (its Backend API, PATCH /v1/instance).
 */
export function isOfInstance(core: Core, origin: string): boolean {
  const page = URL.parse(origin);
  if (page?.protocol !== 'https:' && page?.protocol !== 'http:') return false;
  const { hostname } = new URL(core.url);
  const domain = hostname.slice(hostname.indexOf('.') + 1);
  const isOwn = page.hostname === domain || page.hostname.endsWith(`.${domain}`);
  return isOwn || core.instance === 'development';
}
