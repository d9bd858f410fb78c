import { getRequestListener } from '@hono/node-server';
import { listenOnLoopback } from 'clerk-emulator';
import { Hono } from 'hono';
import { PAGE } from './page.ts';

export interface DemoSite {
  /** Address of the web page, `http://localhost:PORT/`. */
  url: string;
  /** The environment of a build whose content script runs on the page. Match patterns know no ports. */
  access: { WXT_CONTENT_SCRIPT_MATCHES: string };
  close(): Promise<void>;
}

/**
 * Starts a web page as a developer's own would be, on loopback; plain http will do, because browsers trust `localhost`.
 *
 * @param port Default 0, a free one.
 * @throws {Error} naming the port and the remedy when the port is in use.
 */
export async function startDemoSite(port = 0): Promise<DemoSite> {
  const page = new Hono().get('/', (c) => c.html(PAGE));
  const server = await listenOnLoopback(null, port);
  const listener = getRequestListener(page.fetch, { overrideGlobalObjects: false });
  server.onRequest((incoming, outgoing) => void listener(incoming, outgoing));
  return {
    url: `http://localhost:${server.port}/`,
    access: { WXT_CONTENT_SCRIPT_MATCHES: 'http://localhost/*' },
    close: () => server.close(),
  };
}
