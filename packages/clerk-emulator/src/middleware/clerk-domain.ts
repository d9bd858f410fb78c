import type { IncomingMessage } from 'node:http';

/**
 * clerk-js makes a dev browser for hosts of Clerk's alone, and looks only at how the host in the key ends; what follows a slash
 * there it leaves out of its addresses, but those of its scripts and of the handshake.
 */
export const CLERK_DOMAIN = '/.accounts.dev';

/** Takes out of an address what is in it for clerk-js's sake. */
export function stripClerkDomain(incoming: IncomingMessage): void {
  if (incoming.url?.startsWith(`${CLERK_DOMAIN}/`)) incoming.url = incoming.url.slice(CLERK_DOMAIN.length);
}
