import { Hono } from 'hono';
import { type Env, ensureClient, enveloped, requestOrigin } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import { readForm } from '../form.ts';
import { clientJson } from '../resources/client.ts';
import type { Client } from '../state/clients.ts';

/** The caller's client as a whole. */
export function clientRoutes(core: Core): Hono<Env> {
  return new Hono<Env>()
    .get('/client', async (c) => {
      const client = c.get('client');
      // `null` for a known client means "no news", never "nobody": Clerk answers so while its database is maintained.
      const isNews = client && !core.settings.maintenanceMode;
      const response = isNews ? await clientJson(core, client, requestOrigin(c)) : null;
      return c.json({ response, client: null });
    })
    .on(['PUT', 'POST'], '/client', async (c) => {
      const client = await ensureClient(c, core);
      return enveloped(c, core, await clientJson(core, client, requestOrigin(c)));
    })
    .post('/client/verify', async (c) => {
      // clerk-js sends what the CAPTCHA's widget gave it; here any token will do.
      if ((await readForm(c)).optional('captcha_token') === null) throw new ApiError('captcha_missing_token');
      const client = await ensureClient(c, core);
      client.hasPassedCaptcha = true;
      core.clients.changed(client);
      return enveloped(c, core, await clientJson(core, client, requestOrigin(c)));
    })
    .delete('/client', async (c) => {
      const client = c.get('client');
      c.set('client', null);
      c.set('forgetCredential', true);
      if (!client) return c.json({ response: null, client: null });
      signOutAll(core, client);
      core.clients.delete(client);
      return c.json({ response: await clientJson(core, client, requestOrigin(c)), client: null });
    })
    .delete('/client/sessions', async (c) => {
      const client = c.get('client');
      if (!client) return c.json({ response: null, client: null });
      signOutAll(core, client);
      return enveloped(c, core, await clientJson(core, client, requestOrigin(c)));
    });
}

function signOutAll(core: Core, client: Client): void {
  for (const session of core.sessions.activeOfClient(client.id)) core.sessions.close(session, 'removed');
  client.signIn = null;
  client.signUp = null;
  client.lastActiveSessionId = null;
  core.clients.changed(client);
}
