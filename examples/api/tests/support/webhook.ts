import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { type Answer, call } from './call.ts';
import { SIGNING_SECRET } from './server.ts';

/** A webhook as Clerk would send it, and what is wrong with it. */
export interface Delivery {
  type: string;
  data: Record<string, unknown>;
  id?: string;
  /** Of the event, Unix ms. */
  happenedAt?: number;
  /** When it was signed, Unix ms. */
  sentAt?: number;
  secret?: string;
  /** Sent instead of what was signed. */
  body?: string;
  without?: 'svix-id' | 'svix-timestamp' | 'svix-signature';
  headers?: Record<string, string>;
}

/** Sends one webhook. */
export function deliver(url: string, delivery: Delivery): Promise<Answer> {
  const { type, data, id = `msg_${randomUUID()}`, happenedAt = Date.now(), sentAt = Date.now() } = delivery;
  const payload = JSON.stringify({ type, object: 'event', timestamp: happenedAt, data });
  const at = new Date(sentAt);
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'svix-id': id,
    'svix-timestamp': String(Math.floor(sentAt / 1000)),
    'svix-signature': new Webhook(delivery.secret ?? SIGNING_SECRET).sign(id, at, payload),
    ...delivery.headers,
  };
  if (delivery.without) delete headers[delivery.without];
  return call(`${url}/webhooks/clerk`, { method: 'POST', headers, body: delivery.body ?? payload });
}
