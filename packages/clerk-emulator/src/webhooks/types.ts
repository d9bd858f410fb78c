import type { EventType } from '../state/events.ts';

/** What is sent: `user.created`, `session.revoked`, `organizationMembership.updated`, … */
export type WebhookEventType = EventType;

/** A server that is told of what happens. */
export interface NewWebhook {
  /** `http://localhost:3000/webhooks/clerk` */
  url: string;
  /** `whsec_…`, as `verifyWebhook` of `@clerk/backend` takes it; made when left out. */
  signingSecret?: string;
  /** Only these. Default: all. */
  events?: WebhookEventType[];
}

export interface WebhookEndpoint {
  endpointId: string;
  url: string;
  signingSecret: string;
  /** `null`: all. */
  events: WebhookEventType[] | null;
}

/** The JSON that is sent, in the form of Clerk's document. */
export interface WebhookPayload {
  object: 'event';
  type: WebhookEventType;
  data: Record<string, unknown>;
  /** When it happened, in Unix ms. */
  timestamp: number;
  instance_id: string;
  event_attributes: { http_request: { client_ip: string; user_agent: string } };
}

/**
 * What is wrong with a delivery that a receiver has to refuse. `other-secret`: signed with another secret. `changed-body`: the body
 * is another than the one that was signed. Timestamps are ten minutes off, where five are allowed.
 */
export type WebhookDefect =
  | 'wrong-signature'
  | 'other-secret'
  | 'changed-body'
  | 'stale-timestamp'
  | 'future-timestamp'
  | 'missing-id'
  | 'missing-timestamp'
  | 'missing-signature';

/** How a message is sent on demand. */
export interface WebhookSending {
  /** It is tried once then, and not again. */
  defect?: WebhookDefect;
  /** How often it is sent at the same time, with the same id. Default 1. */
  copies?: number;
}

/** A message on demand: what it is about is named by `id` or `emailAddress`, and is the seeded user's when neither is. */
export interface NewWebhookMessage extends WebhookSending {
  type: WebhookEventType;
  /** Of the user, session, organization or membership. For `….deleted` it may be gone already. */
  id?: string;
  /** Of the user, or of whose session, organization or membership it is. */
  emailAddress?: string;
  /** Sent instead of what the state says. */
  data?: Record<string, unknown>;
  /** Unix ms; an earlier one makes it an event that arrives late. Default: now. */
  timestamp?: number;
}

/** One message at one endpoint. */
export interface WebhookDelivery {
  deliveryId: string;
  /** The header `svix-id`, the same for all endpoints, retries and copies. */
  messageId: string;
  endpointId: string;
  url: string;
  type: WebhookEventType;
  /** `held`: waits for `releaseWebhooks`. `failed`: it will not be tried again. */
  status: 'pending' | 'held' | 'succeeded' | 'failed';
  attempts: WebhookAttempt[];
  /** Unix ms, of the machine's clock; `null` when none is to come. */
  nextAttemptAt: number | null;
  payload: WebhookPayload;
}

export interface WebhookAttempt {
  /** Unix ms, of the machine's clock. */
  at: number;
  /** Of the answer; `null` when there was none. */
  status: number | null;
  /** Why there was none. */
  error: string | null;
}

/** Webhooks of an emulator that runs. */
export interface WebhookControl {
  /** Tells one more server from now on. */
  addWebhook(webhook: NewWebhook): Promise<WebhookEndpoint>;
  /** What is not delivered to it yet will not be. */
  removeWebhook(endpointId: string): Promise<void>;
  listWebhooks(): Promise<WebhookEndpoint[]>;
  /** Sends a message at once to every endpoint that takes its type; resolves when each has answered once, or not in time. */
  sendWebhook(message: NewWebhookMessage): Promise<WebhookDelivery[]>;
  /** Sends a message again, with its id and body. */
  redeliverWebhook(messageId: string, sending?: WebhookSending): Promise<WebhookDelivery[]>;
  /** Keeps what happens from now on back, until it is released. */
  holdWebhooks(): Promise<void>;
  /** Sends what was held, one after the other; with `isReversed` the newest first. Resolves as `sendWebhook` does. */
  releaseWebhooks(order?: { isReversed?: boolean }): Promise<WebhookDelivery[]>;
  /** Oldest first. */
  listWebhookDeliveries(): Promise<WebhookDelivery[]>;
}
