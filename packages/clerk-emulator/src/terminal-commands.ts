import { createInterface } from 'node:readline';
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

/**
 * Carries out each line that is typed, one after the other. What was sent is in the log.
 * @param tell receives a sentence when that was not possible
 * @returns ends the reading
 */
export function readCommands(
  input: NodeJS.ReadableStream,
  control: Pick<EmulatorControl, 'sendWebhook'>,
  tell: (line: string) => void,
): () => void {
  const lines = createInterface({ input });
  const run = async () => {
    for await (const line of lines) {
      const words = line.trim().split(/\s+/).filter(Boolean);
      if (words.length > 0) await runCommand(control, words).catch((error: Error) => tell(error.message));
    }
  };
  void run();
  return () => lines.close();
}

function outcomeOf({ type, messageId, url, attempts }: WebhookDelivery): string {
  const attempt = attempts.at(-1);
  return `${type} ${messageId} to ${url}: ${attempt?.status ?? attempt?.error ?? 'not sent'}`;
}
