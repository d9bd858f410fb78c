import type { Store } from '../store/store.ts';
import { EVENTS } from './events.ts';
import type { WebhookMessage } from './verify.ts';

/**
 * Changes the store as a webhook says, once: the message and what it changes are kept together or not at all.
 * @returns Whether it is new.
 * @throws {ApiError} `webhook-not-understood`
 */
export function carryOut(store: Store, { id, type, data, happenedAt }: WebhookMessage): boolean {
  return store.inTransaction(() => {
    if (!store.webhookMessages.remember(id)) return false;
    EVENTS.get(type)?.(store, data, happenedAt);
    return true;
  });
}
