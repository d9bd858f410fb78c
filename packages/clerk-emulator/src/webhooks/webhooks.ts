import type { Core } from '../core.ts';
import { generateId } from '../state/ids.ts';
import { Deliveries, type Message } from './deliveries.ts';
import type { Endpoints } from './endpoints.ts';
import { Outbox } from './outbox.ts';
import type { WebhookDelivery, WebhookPayload, WebhookSending } from './types.ts';

/** Tells servers what happens. */
export class Webhooks {
  readonly endpoints: Endpoints;
  readonly #deliveries: Deliveries;
  readonly #outbox: Outbox;
  /** The end of each endpoint's first attempts: they arrive in the order of what happened. */
  readonly #queues = new Map<string, Promise<void>>();
  #isHolding = false;

  constructor(core: Core, endpoints: Endpoints) {
    this.endpoints = endpoints;
    this.#deliveries = new Deliveries(core.settings, core.log);
    this.#outbox = new Outbox(core, (payloads) => {
      for (const payload of payloads) this.#enqueue(createMessage(payload));
    });
    core.events.subscribe((event) => this.#outbox.add(event));
  }

  /** Sends a payload at once to every endpoint that takes it. */
  send(payload: WebhookPayload, sending: WebhookSending = {}): Promise<WebhookDelivery[]> {
    this.#outbox.flush();
    return this.#sendNow(createMessage(payload), sending);
  }

  /** Sends a message again; `null` when there is no such message. */
  redeliver(messageId: string, sending: WebhookSending = {}): Promise<WebhookDelivery[]> | null {
    this.#outbox.flush();
    const message = this.#deliveries.find(messageId);
    return message && this.#sendNow(message, sending);
  }

  hold(): void {
    this.#outbox.flush();
    this.#isHolding = true;
  }

  /** Sends what was held, one after the other. */
  async release(isReversed: boolean): Promise<WebhookDelivery[]> {
    this.#outbox.flush();
    this.#isHolding = false;
    const held = this.#deliveries.held();
    for (const delivery of isReversed ? held.toReversed() : held) await this.#deliveries.start(delivery);
    return structuredClone(isReversed ? held.toReversed() : held);
  }

  deliveries(): WebhookDelivery[] {
    this.#outbox.flush();
    return this.#deliveries.all();
  }

  removeEndpoint(endpointId: string): void {
    this.endpoints.remove(endpointId);
    this.#deliveries.giveUp(endpointId);
  }

  /** Forgets everything that was not sent, and everything that was. */
  clear(): void {
    this.#outbox.clear();
    this.#deliveries.clear();
    this.#queues.clear();
    this.#isHolding = false;
    this.endpoints.reset();
  }

  #enqueue(message: Message): void {
    for (const endpoint of this.endpoints.for(message.payload.type)) {
      const delivery = this.#deliveries.add(message, endpoint);
      if (this.#isHolding) {
        delivery.status = 'held';
        continue;
      }
      const before = this.#queues.get(endpoint.endpointId) ?? Promise.resolve();
      this.#queues.set(
        endpoint.endpointId,
        before.then(() => this.#deliveries.start(delivery)),
      );
    }
  }

  async #sendNow(message: Message, { defect, copies = 1 }: WebhookSending): Promise<WebhookDelivery[]> {
    const started = this.endpoints
      .for(message.payload.type)
      .flatMap((endpoint) =>
        Array.from({ length: copies }, () => this.#deliveries.add(message, endpoint, defect ?? null)),
      );
    await Promise.all(started.map((delivery) => this.#deliveries.start(delivery)));
    return structuredClone(started);
  }
}

function createMessage(payload: WebhookPayload): Message {
  return { id: generateId('msg'), payload, body: JSON.stringify(payload) };
}
