import { generateId } from '../state/ids.ts';
import type { Settings } from '../types.ts';
import { signedRequest } from './signature.ts';
import type {
  WebhookAttempt,
  WebhookDefect,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookPayload,
} from './types.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Between two attempts, from the end of the first one on: https://docs.svix.com/retries */
const RETRY_DELAYS_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  10 * HOUR_MS,
];

/** Keeps a server that runs all day from growing. */
const MAX_DELIVERIES = 10_000;

/** A payload with the id that all its deliveries have. */
export interface Message {
  id: string;
  payload: WebhookPayload;
  /** The payload as it is sent and signed: every time the same bytes. */
  body: string;
}

interface Entry {
  delivery: WebhookDelivery;
  message: Message;
  endpoint: WebhookEndpoint;
  defect: WebhookDefect | null;
  timer: NodeJS.Timeout | null;
}

/** Sends messages to endpoints, and again until each has been taken. */
export class Deliveries {
  readonly #settings: Settings;
  readonly #log: (line: string) => void;
  #entries: Entry[] = [];
  /** Aborts what is under way. */
  #stop = new AbortController();

  constructor(settings: Settings, log: (line: string) => void) {
    this.#settings = settings;
    this.#log = log;
  }

  /** Adds a delivery, which waits until it is started. */
  add(message: Message, endpoint: WebhookEndpoint, defect: WebhookDefect | null = null): WebhookDelivery {
    const { endpointId, url } = endpoint;
    const delivery: WebhookDelivery = {
      deliveryId: generateId('dlv'),
      messageId: message.id,
      endpointId,
      url,
      type: message.payload.type,
      status: 'pending',
      attempts: [],
      nextAttemptAt: null,
      payload: message.payload,
    };
    this.#entries.push({ delivery, message, endpoint, defect, timer: null });
    if (this.#entries.length > MAX_DELIVERIES) this.#forgetOldest();
    return delivery;
  }

  /** The first attempt of a delivery; ends when it was answered, or was not in time. */
  async start(delivery: WebhookDelivery): Promise<void> {
    const entry = this.#entries.find((each) => each.delivery === delivery);
    if (entry) await this.#attempt(entry);
  }

  /** Those that wait for their start, oldest first. */
  held(): WebhookDelivery[] {
    return this.#entries.map(({ delivery }) => delivery).filter(({ status }) => status === 'held');
  }

  find(messageId: string): Message | null {
    return this.#entries.find(({ message }) => message.id === messageId)?.message ?? null;
  }

  /** Copies: a delivery changes with each attempt. */
  all(): WebhookDelivery[] {
    return this.#entries.map(({ delivery }) => structuredClone(delivery));
  }

  /** Gives up what is still to be sent to an endpoint. */
  giveUp(endpointId: string): void {
    for (const { delivery, timer } of this.#entries) {
      if (delivery.endpointId !== endpointId || delivery.status === 'succeeded') continue;
      if (timer) clearTimeout(timer);
      Object.assign(delivery, { status: 'failed', nextAttemptAt: null });
    }
  }

  /** Forgets all deliveries; nothing more is sent of them. */
  clear(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    for (const { timer } of this.#entries) if (timer) clearTimeout(timer);
    this.#entries = [];
  }

  async #attempt(entry: Entry): Promise<void> {
    const { delivery } = entry;
    if (delivery.status === 'failed') return;
    const { signal } = this.#stop;
    delivery.status = 'pending';
    delivery.nextAttemptAt = null;
    const attempt = await post(entry, this.#settings.webhookTimeoutMs, signal);
    // Forgotten, or its endpoint was taken away meanwhile.
    if (signal.aborted || this.#isGivenUp(delivery)) return;
    delivery.attempts.push(attempt);
    this.#log(`[webhook] ${delivery.type} ${delivery.messageId} to ${delivery.url}: ${outcomeOf(attempt)}`);
    if (isTaken(attempt)) delivery.status = 'succeeded';
    else this.#retryLater(entry);
  }

  /** Nothing more is sent of it. */
  #forgetOldest(): void {
    const oldest = this.#entries.shift();
    if (!oldest) return;
    if (oldest.timer) clearTimeout(oldest.timer);
    if (oldest.delivery.status !== 'succeeded') oldest.delivery.status = 'failed';
  }

  #isGivenUp({ status }: WebhookDelivery): boolean {
    return status === 'failed';
  }

  #retryLater(entry: Entry): void {
    const { delivery, defect } = entry;
    const delay = RETRY_DELAYS_MS[delivery.attempts.length - 1];
    if (delay === undefined || defect !== null) {
      delivery.status = 'failed';
      return;
    }
    const wait = delay * this.#settings.webhookRetryScale;
    delivery.nextAttemptAt = Date.now() + wait;
    entry.timer = setTimeout(() => void this.#attempt(entry), wait);
    entry.timer.unref();
  }
}

async function post(entry: Entry, timeoutMs: number, stop: AbortSignal): Promise<WebhookAttempt> {
  const { endpoint, message, defect } = entry;
  const { headers, body } = signedRequest(endpoint.signingSecret, message.id, message.body, defect);
  const at = Date.now();
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]);
    // A redirect is no success: https://docs.svix.com/receiving/introduction
    const answer = await fetch(endpoint.url, { method: 'POST', redirect: 'manual', headers, body, signal });
    await answer.body?.cancel();
    return { at, status: answer.status, error: null };
  } catch (error) {
    return { at, status: null, error: reasonOf(error as Error, timeoutMs) };
  }
}

function reasonOf(error: Error, timeoutMs: number): string {
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  return error.cause instanceof Error ? error.cause.message || String(error.cause) : error.message;
}

function isTaken({ status }: WebhookAttempt): boolean {
  return status !== null && status >= 200 && status < 300;
}

function outcomeOf({ status, error }: WebhookAttempt): string {
  return status === null ? `${error}` : String(status);
}
