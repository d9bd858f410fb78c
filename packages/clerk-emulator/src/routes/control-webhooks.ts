import { Hono } from 'hono';
import type { Env } from '../context.ts';
import { done, readJson } from '../control-answers.ts';
import type { EmulatorControl } from '../types.ts';

/** Webhooks over HTTP. */
export function webhookControlRoutes(control: EmulatorControl): Hono<Env> {
  return new Hono<Env>({ strict: false })
    .post('/webhooks', async (c) => c.json(await control.addWebhook(await readJson(c)), 201))
    .get('/webhooks', async (c) => c.json(await control.listWebhooks()))
    .delete('/webhooks/:id', (c) => done(c, control.removeWebhook(c.req.param('id'))))
    .post('/webhook_messages', async (c) => c.json(await control.sendWebhook(await readJson(c)), 201))
    .post('/webhook_messages/:id/redeliver', async (c) =>
      c.json(await control.redeliverWebhook(c.req.param('id'), await readJson(c)), 201),
    )
    .get('/webhook_deliveries', async (c) => c.json(await control.listWebhookDeliveries()))
    .post('/webhook_deliveries/hold', (c) => done(c, control.holdWebhooks()))
    .post('/webhook_deliveries/release', async (c) =>
      c.json(await control.releaseWebhooks(await readJson(c))),
    );
}
