import type { MiddlewareHandler } from 'hono';
import type { Env } from '../context.ts';
import { ControlError } from '../control-input.ts';
import { isLoopback } from '../loopback.ts';

const OWN_FETCH_SITES = ['none', 'same-origin'];

/** Keeps web pages away from the control surface: it makes users and hands out their codes. */
export function controlGate(url: string): MiddlewareHandler<Env> {
  const own = new URL(url);

  return async (c, next) => {
    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    const host = c.req.header('host');
    if (origin !== undefined || (site !== undefined && !OWN_FETCH_SITES.includes(site))) {
      throw new ControlError(
        'The control surface answers no web page. Call it from a program, e.g. curl.',
        403,
      );
    }
    // A name that was made to point at loopback is a web page's way around the check above.
    if (!isOwnHost(host, own.port)) {
      throw new ControlError(
        `The control surface answers ${own.host}, localhost and loopback addresses at its own port only, not ${host}.`,
        403,
      );
    }
    return next();
  };
}

function isOwnHost(host: string | undefined, port: string): boolean {
  const asked = URL.parse(`https://${host}`);
  return asked?.host === host && asked?.port === port && isLoopback(asked.hostname);
}
