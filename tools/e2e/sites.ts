import { getRequestListener } from '@hono/node-server';
import { listenOnLoopback } from 'clerk-emulator';
import { Hono } from 'hono';
import { createApi } from './api.ts';
import { createFilesApi } from './files-api.ts';

/** Names below `localhost`, each a site of its own: cookies, storage and permissions differ. */
export type SiteName = 'granted' | 'ungranted' | 'token' | 'template' | 'api';

/** A request to any of the sites, as it arrived. */
export interface SeenRequest {
  method: string;
  /** `name.localhost:PORT/path?query` */
  address: string;
  headers: Record<string, string>;
}

/** Where the sites are; plain data, so that it goes from the global setup to the tests. */
export interface Sites {
  port: number;
  /** The same sites once more: another origin, which match patterns cannot tell from the first. */
  otherPort: number;
}

export interface RunningSites extends Sites {
  close(): Promise<void>;
}

/** The origin of one of the sites. */
export function originOf(name: SiteName, port: number): string {
  return `http://${name}.localhost:${port}`;
}

/**
 * Starts the web sites that the tests open, on two ports, and the API behind `api.localhost`.
 *
 * @param jwtKey PEM of the key that signs session tokens.
 */
export async function startSites(jwtKey: string): Promise<RunningSites> {
  const first = await listenOnLoopback(null, 0);
  const second = await listenOnLoopback(null, 0);
  const listener = getRequestListener(createSites(jwtKey, first.port), { overrideGlobalObjects: false });
  for (const server of [first, second])
    server.onRequest((incoming, outgoing) => void listener(incoming, outgoing));
  return {
    port: first.port,
    otherPort: second.port,
    close: async () => {
      await Promise.all([first.close(), second.close()]);
    },
  };
}

function createSites(jwtKey: string, port: number): (request: Request) => Promise<Response> {
  const authorizedParties: string[] = [];
  const seen: SeenRequest[] = [];
  const api = createHostileApi(port)
    .route('/', createFilesApi(jwtKey))
    .mount('/', createApi({ jwtKey, authorizedParties }).fetch);
  const pages = createPages(port);
  const control = new Hono()
    .post('/reset', async (c) => {
      seen.length = 0;
      authorizedParties.splice(0, Number.POSITIVE_INFINITY, await c.req.text());
      return c.body(null, 204);
    })
    .get('/requests', (c) => c.json(seen));

  return async (request) => {
    const { hostname, host, pathname, search } = new URL(request.url);
    // Node does not resolve names below localhost everywhere; the tests themselves come by the number.
    if (hostname === '127.0.0.1') return control.fetch(request);
    const headers = Object.fromEntries(request.headers);
    seen.push({ method: request.method, address: `${host}${pathname}${search}`, headers });
    return hostname === 'api.localhost' ? api.fetch(request) : pages.fetch(request);
  };
}

/** Answers of an API that somebody else runs by now. */
function createHostileApi(port: number): Hono {
  return new Hono()
    .get('/redirect', (c) => c.redirect(`${originOf('ungranted', port)}/stolen`))
    .get('/cookie', (c) => c.json({ ok: true }, 200, { 'set-cookie': 'tracked=yes' }))
    .get('/huge', (c) => c.text('x'.repeat(2 * 1024 * 1024)))
    .get('/echo', (c) => c.json(Object.fromEntries(c.req.raw.headers)));
}

function createPages(port: number): Hono {
  const document = (body: string) =>
    `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>A site</title><body>${body}`;
  const frames = [
    '<iframe name="same" src="/"></iframe>',
    `<iframe name="cross" src="${originOf('ungranted', port)}/"></iframe>`,
    '<iframe name="blank"></iframe>',
    '<iframe name="srcdoc" srcdoc="<p>A site</p>"></iframe>',
    '<iframe name="sandboxed" sandbox="allow-scripts" src="/"></iframe>',
    '<iframe name="sandboxed-srcdoc" sandbox="allow-scripts" srcdoc="<p>A site</p>"></iframe>',
  ];
  return new Hono()
    .get('/', (c) => c.html(document('')))
    .get('/frames', (c) => c.html(document(frames.join(''))))
    .get('/frame', (c) => c.html(document(`<iframe name="framed" src="${c.req.query('of')}"></iframe>`)));
}

/** The sites as a test sees them from outside the browser. */
export interface SitesControl {
  /** Forgets what was seen, and lets the API accept this extension's tokens only. */
  reset(extensionOrigin: string): Promise<void>;
  requests(): Promise<SeenRequest[]>;
}

export function controlSites({ port }: Sites): SitesControl {
  const base = `http://127.0.0.1:${port}`;
  return {
    reset: async (extensionOrigin) => {
      await fetch(`${base}/reset`, { method: 'POST', body: extensionOrigin });
    },
    requests: async () => (await fetch(`${base}/requests`)).json() as Promise<SeenRequest[]>,
  };
}
