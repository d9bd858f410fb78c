import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Core } from './core.ts';
import { clientJson } from './resources/client.ts';
import type { Client } from './state/clients.ts';

/** What the middleware tells the routes, and the routes the middleware, about one request. */
export interface Env {
  Bindings: HttpBindings;
  Variables: {
    /** The caller's client; routes set it when they create or destroy one. */
    client: Client | null;
    /** Development only: the dev browser the answer will name. */
    devBrowser: string | null;
    /** Set when the caller must forget its client JWT. */
    forgetCredential: boolean;
    /** Set by a fault. */
    omitCredentialHeader: boolean;
  };
}

/** The `Origin` that becomes `azp`; browsers leave it out of GETs to hosts the extension has permission for. */
export function requestOrigin(c: Context<Env>): string | null {
  const origin = c.req.header('origin');
  return origin && origin !== 'null' ? origin : null;
}

/** The caller's client, created on first need: the SDK never asks for one. */
export async function ensureClient(c: Context<Env>, core: Core): Promise<Client> {
  const known = c.get('client');
  if (known) return known;
  const client = core.clients.create();
  const devBrowser = c.get('devBrowser');
  if (devBrowser) core.clients.bindDevBrowser(devBrowser, client);
  else await core.clients.rotateCredential(client);
  c.set('client', client);
  return client;
}

/** Logs an error that no rule of Clerk's explains, with where it happened. */
export function logFailure(c: Context<Env>, core: Core, error: Error): void {
  const [first, ...rest] = (error.stack ?? error.message).split('\n');
  core.log(`[error] ${c.req.method} ${c.req.path}: ${first}`);
  for (const line of rest) core.log(line);
}

/** `{ response, client }`: clerk-js takes its new client state from the second part of every write. */
export async function enveloped(c: Context<Env>, core: Core, response: object): Promise<Response> {
  const client = c.get('client');
  return c.json({ response, client: client && (await clientJson(core, client, requestOrigin(c))) });
}
