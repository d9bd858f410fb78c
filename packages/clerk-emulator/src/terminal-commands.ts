import type { EmulatorControl, WebhookDelivery, WebhookEventType } from './types.ts';

export const WEBHOOK_COMMAND = 'webhook';

const FORM = 'webhook <type> [e-mail address], such as: webhook user.updated ada@example.com';

/**
 * Carries out a command that was typed.
 * @returns lines for the terminal, one for each server that was told
 * @throws {Error} in a sentence for one that there is not, and as `sendWebhook`
 */
export async function runCommand(
  control: Pick<EmulatorControl, 'sendWebhook'>,
  [name, type, emailAddress, ...rest]: readonly string[],
): Promise<string[]> {
  if (name !== WEBHOOK_COMMAND || type === undefined || rest.length > 0)
    throw new Error(`There is one command: ${FORM}`);
  const subject = emailAddress === undefined ? {} : { emailAddress };
  // The control surface holds the type to those that there are.
  const deliveries = await control.sendWebhook({ type: type as WebhookEventType, ...subject });
  return deliveries.map(outcomeOf);
}

function outcomeOf({ type, messageId, url, attempts }: WebhookDelivery): string {
  const attempt = attempts.at(-1);
  return `${type} ${messageId} to ${url}: ${attempt?.status ?? attempt?.error ?? 'not sent'}`;
}
