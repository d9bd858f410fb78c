import { Hono } from 'hono';
import { type Env, enveloped, requestOrigin } from '../context.ts';
import type { Core } from '../core.ts';
import { clientJson } from '../resources/client.ts';
import { deletedJson } from '../resources/user.ts';

/** The caller's client as a whole. */
export function clientRoutes(core: Core): Hono<Env> {
  return new Hono<Env>()
    .get('/client', async (c) => {
      const client = c.get('client');
      const response = client && (await clientJson(core, client, requestOrigin(c)));
      return c.json({ response, client: null });
    })
    .delete('/client', (c) => {
      const client = c.get('client');
      c.set('client', null);
      c.set('forgetCredential', true);
      if (!client) return c.json({ response: null, client: null });
      for (const session of core.sessions.activeOfClient(client.id)) core.sessions.close(session, 'removed');
      core.clients.delete(client);
      return c.json({ response: deletedJson('client', client.id), client: null });
    })
    .delete('/client/sessions', async (c) => {
      const client = c.get('client');
      if (!client) return c.json({ response: null, client: null });
      for (const session of core.sessions.activeOfClient(client.id)) core.sessions.close(session, 'removed');
      client.signIn = null;
      client.signUp = null;
      client.lastActiveSessionId = null;
      core.clients.changed(client);
      return enveloped(c, core, await clientJson(core, client, requestOrigin(c)));
    });
}
