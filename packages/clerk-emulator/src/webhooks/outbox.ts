import type { Core } from '../core.ts';
import type { StateEvent } from '../state/events.ts';
import { createPayload, eventData } from './payload.ts';
import type { WebhookPayload } from './types.ts';

/** One request changes a resource several times, and Clerk tells of it once. In ms. */
const GATHER_MS = 10;

interface Pending {
  event: StateEvent;
  at: number;
  /** `null` until it is read from the state, as late as can be. */
  data: Record<string, unknown> | null;
}

/** Gathers what happens in a short while, and gives it on as payloads in the order in which it happened. */
export class Outbox {
  readonly #core: Core;
  readonly #send: (payloads: WebhookPayload[]) => void;
  #pending: Pending[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(core: Core, send: (payloads: WebhookPayload[]) => void) {
    this.#core = core;
    this.#send = send;
  }

  add(event: StateEvent): void {
    if (isTold(this.#pending, event)) return;
    this.#pending.push({ event, at: this.#core.now(), data: null });
    // It is about to go, and what others are about may go with it.
    if (event.type.endsWith('.deleted')) this.#read();
    this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
    this.#timer.unref();
  }

  /** Gives on what was gathered so far. */
  flush(): void {
    this.#read();
    const payloads = this.#pending.map(({ event, at, data }) =>
      createPayload(this.#core, event.type, data ?? {}, at, event.cause),
    );
    this.clear();
    if (payloads.length > 0) this.#send(payloads);
  }

  clear(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#pending = [];
  }

  #read(): void {
    for (const pending of this.#pending) pending.data ??= eventData(this.#core, pending.event);
  }
}

/** Whether an update is part of what is told anyway. */
function isTold(pending: readonly Pending[], { type, subject }: StateEvent): boolean {
  return (
    type.endsWith('.updated') &&
    pending.some(
      ({ event, data }) =>
        event.subject === subject && data === null && /\.(created|updated)$/.test(event.type),
    )
  );
}
