import { generateId } from '../state/ids.ts';
import { createSigningSecret } from './signature.ts';
import type { NewWebhook, WebhookEndpoint, WebhookEventType } from './types.ts';

/** The servers that are told of what happens. */
export class Endpoints {
  #endpoints: WebhookEndpoint[];
  readonly #atStart: WebhookEndpoint[];
  /** By URL. */
  readonly #madeSecrets: Map<string, string>;

  /** @param secrets signing secrets that an earlier run has made, by URL */
  constructor(webhooks: readonly NewWebhook[], secrets: Iterable<[url: string, secret: string]>) {
    this.#madeSecrets = new Map(secrets);
    this.#atStart = webhooks.map((webhook) => this.#create(webhook));
    this.#endpoints = [...this.#atStart];
  }

  all(): WebhookEndpoint[] {
    return [...this.#endpoints];
  }

  /** Those that take events of a type. */
  for(type: WebhookEventType): WebhookEndpoint[] {
    return this.#endpoints.filter(({ events }) => events === null || events.includes(type));
  }

  find(endpointId: string): WebhookEndpoint | null {
    return this.#endpoints.find((endpoint) => endpoint.endpointId === endpointId) ?? null;
  }

  add(webhook: NewWebhook): WebhookEndpoint {
    const endpoint = this.#create(webhook);
    this.#endpoints.push(endpoint);
    return endpoint;
  }

  remove(endpointId: string): void {
    this.#endpoints = this.#endpoints.filter((endpoint) => endpoint.endpointId !== endpointId);
  }

  /** Back to those of the start, with their secrets. */
  reset(): void {
    this.#endpoints = [...this.#atStart];
  }

  /** Those that no option gave, so that the next run has them, too. */
  madeSecrets(): [url: string, secret: string][] {
    return [...this.#madeSecrets];
  }

  #create({ url, signingSecret, events }: NewWebhook): WebhookEndpoint {
    const secret = signingSecret ?? this.#madeSecrets.get(url) ?? createSigningSecret();
    if (signingSecret === undefined) this.#madeSecrets.set(url, secret);
    return {
      endpointId: generateId('ep'),
      url,
      signingSecret: secret,
      events: events ? [...events] : null,
    };
  }
}
