import { Hono } from 'hono';
import { createBackendApi } from './backend-api/app.ts';
import type { Env } from './context.ts';
import type { Core } from './core.ts';
import { createProviderApp } from './provider/app.ts';

/** What is served without a certificate: the Backend API, for servers that know no certificate of ours, and the providers' pages. */
export function createPlainApp(core: Core): Hono<Env> {
  const backend = createBackendApi(core);
  const provider = createProviderApp(core);
  return new Hono<Env>({ strict: false })
    .all('/v1/*', (c) => backend.fetch(c.req.raw, c.env))
    .all('*', (c) => provider.fetch(c.req.raw));
}
