import { ControlError, checkFields } from './control-input.ts';
import {
  checkWebhook,
  RELEASE_RULES,
  WEBHOOK_MESSAGE_RULES,
  WEBHOOK_SENDING_RULES,
} from './control-rules.ts';
import type { Core } from './core.ts';
import { deletedJson } from './resources/user.ts';
import type { StateEvent } from './state/events.ts';
import type { User } from './state/users.ts';
import type { EmulatorControl, NewWebhookMessage } from './types.ts';
import { createPayload, eventData } from './webhooks/payload.ts';
import type { Webhooks } from './webhooks/webhooks.ts';

const NO_REQUEST = { clientIp: '', userAgent: '' };

/** Servers that are told of what happens, and what they are told. */
export function webhookControl(core: Core, webhooks: Webhooks) {
  return {
    async addWebhook(webhook) {
      checkWebhook('addWebhook', webhook);
      return { ...webhooks.endpoints.add(webhook) };
    },
    async removeWebhook(endpointId) {
      if (!webhooks.endpoints.find(endpointId))
        throw new ControlError(`removeWebhook: there is no webhook "${endpointId}".`, 404);
      webhooks.removeEndpoint(endpointId);
    },
    async listWebhooks() {
      return structuredClone(webhooks.endpoints.all());
    },
    async sendWebhook(message) {
      checkFields('sendWebhook', message, WEBHOOK_MESSAGE_RULES, ['type']);
      const { type, timestamp = core.now(), defect, copies = 1 } = message;
      if (webhooks.endpoints.for(type).length === 0)
        throw new ControlError(
          `sendWebhook: no webhook takes "${type}". Add one by addWebhook or --webhook.`,
        );
      const payload = createPayload(core, type, messageData(core, message), timestamp, NO_REQUEST);
      return webhooks.send(payload, { copies, ...(defect ? { defect } : {}) });
    },
    async redeliverWebhook(messageId, sending = {}) {
      checkFields('redeliverWebhook', sending, WEBHOOK_SENDING_RULES);
      const deliveries = webhooks.redeliver(messageId, sending);
      if (!deliveries) throw new ControlError(`redeliverWebhook: there is no message "${messageId}".`, 404);
      return deliveries;
    },
    async holdWebhooks() {
      webhooks.hold();
    },
    async releaseWebhooks(order = {}) {
      checkFields('releaseWebhooks', order, RELEASE_RULES);
      return webhooks.release(order.isReversed ?? false);
    },
    async listWebhookDeliveries() {
      return webhooks.deliveries();
    },
  } satisfies Partial<EmulatorControl>;
}

/** What a message on demand is about. @throws {ControlError} when there is no such thing */
function messageData(core: Core, message: NewWebhookMessage): Record<string, unknown> {
  const { type, id, data } = message;
  if (data) return data;
  const [kind = ''] = type.split('.');
  const subject = findSubject(core, kind, message);
  if (subject) return eventData(core, { type, subject } as StateEvent);
  const isGone = id !== undefined && (type === 'user.deleted' || type === 'organization.deleted');
  if (isGone) return deletedJson(kind, id);
  throw new ControlError(
    `sendWebhook: there is no ${kind} ${describe(message)} to send "${type}" about.`,
    404,
  );
}

function findSubject(
  core: Core,
  kind: string,
  { id, emailAddress }: NewWebhookMessage,
): StateEvent['subject'] | null {
  const user = emailAddress === undefined ? seededUser(core) : core.users.findByEmailAddress(emailAddress);
  const memberships = user ? core.organizations.membershipsOf(user.id) : [];
  switch (kind) {
    case 'user':
      return id === undefined ? user : core.users.find(id);
    case 'session':
      return id === undefined ? newestSession(core, user) : core.sessions.find(id);
    case 'organization':
      return id === undefined ? (memberships[0]?.organization ?? null) : core.organizations.find(id);
    default:
      return (id === undefined ? memberships[0] : membershipOf(core, id)) ?? null;
  }
}

function seededUser(core: Core): User | null {
  return core.users.find(core.seeded.people[0].userId);
}

function newestSession(core: Core, user: User | null) {
  return user && (core.sessions.ofUser(user.id).at(-1) ?? null);
}

function membershipOf(core: Core, id: string) {
  return core.organizations.state().memberships.find((membership) => membership.id === id);
}

function describe({ id, emailAddress }: NewWebhookMessage): string {
  if (id !== undefined) return `"${id}"`;
  return emailAddress === undefined ? 'of the seeded user' : `of ${emailAddress}`;
}
