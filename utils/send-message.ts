import { browser } from '#imports';
import { MessageError } from './message-error';
import type { MessageType, OptionsOf, Reply, RequestOf, ValueOf } from './protocol';

type Transport = (request: unknown) => Promise<unknown>;

type Arguments<T extends MessageType> = keyof OptionsOf<T> extends never
  ? [type: T]
  : [type: T, options?: OptionsOf<T>];

/**
 * Asks the background and gives its value back, typed by the message.
 *
 * @throws {MessageError} With the code of the background's reply; `background-stopped` when no reply came because the
 *   browser had stopped or replaced the background.
 */
export function sendMessage<T extends MessageType>(...[type, options]: Arguments<T>): Promise<ValueOf<T>> {
  return sendMessageOver((request) => browser.runtime.sendMessage(request), {
    ...(options as object),
    type,
  } as RequestOf<T>);
}

/** `sendMessage` over a given transport, so that its rules can be tested without a browser. */
export async function sendMessageOver<T extends MessageType>(
  transport: Transport,
  request: RequestOf<T>,
): Promise<ValueOf<T>> {
  let reply: unknown;
  try {
    reply = await transport(request);
  } catch (cause) {
    // Browsers reject with "Receiving end does not exist", "message channel closed" or "Extension context invalidated".
    throw new MessageError('background-stopped', { cause });
  }
  if (!isReply(reply)) throw new MessageError('background-stopped');
  if (!reply.ok) throw MessageError.fromBody(reply.error);
  return reply.value as ValueOf<T>;
}

function isReply(value: unknown): value is Reply {
  return (
    typeof value === 'object' && value !== null && 'ok' in value && ('value' in value || 'error' in value)
  );
}
