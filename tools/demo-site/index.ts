import { getRequestListener } from '@hono/node-server';
import { listenOnLoopback } from 'clerk-emulator';
import { Hono } from 'hono';
import { createApi } from './api.ts';
import { PAGE } from './page.ts';

const SITE_HOST = 'localhost';
const API_HOST = 'api.localhost';

export interface DemoSite {
  /** Address of the web page, `http://localhost:PORT/`. */
  url: string;
  /** `http://api.localhost:PORT` */
  apiOrigin: string;
  /** The environment of a build whose content script runs on the page and may ask for calls of the API. */
  access: { WXT_CONTENT_SCRIPT_MATCHES: string; WXT_API_ORIGINS: string };
  /** Lets the API accept tokens that were made for this extension, by its origin (the token's `azp`). */
  authorize(extensionOrigin: string): void;
  close(): Promise<void>;
}

export interface DemoSiteOptions {
  /** PEM of the key that signs session tokens. */
  jwtKey: string;
  /** Default 0, a free one. */
  port?: number;
  /** Receives one line per call of the API. Default silent. */
  log?: (line: string) => void;
}

/**
 * Starts a web page and an API as a developer's own would be, on loopback. They are of two origins, as they often are;
 * plain http will do, because browsers trust `localhost` and every name below it.
 *
 * @throws {Error} naming the port and the remedy when the port is in use.
 */
export async function startDemoSite({ jwtKey, port = 0, log }: DemoSiteOptions): Promise<DemoSite> {
  const authorizedParties: string[] = [];
  const api = createApi({ jwtKey, authorizedParties });
  const page = new Hono().get('/', (c) => c.html(PAGE));
  const server = await listenOnLoopback(null, port);
  const apiHost = `${API_HOST}:${server.port}`;
  const route = async (request: Request): Promise<Response> => {
    const { host, pathname } = new URL(request.url);
    if (host !== apiHost) return page.fetch(request);
    const response = await api.fetch(request);
    log?.(`[api] ${request.method} ${pathname} ${response.status}`);
    return response;
  };
  const listener = getRequestListener(route, { overrideGlobalObjects: false });
  server.onRequest((incoming, outgoing) => void listener(incoming, outgoing));

  const apiOrigin = `http://${apiHost}`;
  return {
    url: `http://${SITE_HOST}:${server.port}/`,
    apiOrigin,
    // Match patterns know no ports.
    access: { WXT_CONTENT_SCRIPT_MATCHES: `http://${SITE_HOST}/*`, WXT_API_ORIGINS: apiOrigin },
    authorize: (extensionOrigin) => void authorizedParties.push(extensionOrigin),
    close: () => server.close(),
  };
}
