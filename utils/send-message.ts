import { browser } from '#imports';
import { withinDeadline } from './deadline';
import { MessageError } from './message-error';
import type { MessageType, OptionsOf, Reply, RequestOf, ValueOf } from './protocol';

type Transport = (request: unknown) => Promise<unknown>;

type Arguments<T extends MessageType> = keyof OptionsOf<T> extends never
  ? [type: T]
  : [type: T, options?: OptionsOf<T>];

// Longer than the background's own deadline of 20 s: only one that died is noticed here.
const DEADLINE_MS = 25_000;

/**
 * Asks the background and gives its value back, typed by the message.
 *
 * A background that the browser stopped while it was answering is asked once more: every message may be sent twice.
 *
 * @throws {MessageError} With the code of the background's reply; `background-stopped` when none came; and
 *   `context-invalidated` when the extension was updated under this page, which only a reload mends.
 */
export async function sendMessage<T extends MessageType>(
  ...[type, options]: Arguments<T>
): Promise<ValueOf<T>> {
  const request = { ...(options as object), type } as RequestOf<T>;
  const transport: Transport = (message) => browser.runtime.sendMessage(message);
  try {
    return await sendMessageOver(transport, request);
  } catch (error) {
    if (!(error instanceof MessageError) || error.code !== 'background-stopped') throw error;
    return sendMessageOver(transport, request);
  }
}

/** One `sendMessage`, without the second try, over a given transport, so that its rules can be tested without a browser. */
export async function sendMessageOver<T extends MessageType>(
  transport: Transport,
  request: RequestOf<T>,
): Promise<ValueOf<T>> {
  const reply = await withinDeadline(transport(request), DEADLINE_MS, noReply).catch((cause) => {
    // Else "Receiving end does not exist" or "message channel closed": the browser stopped the background.
    const isUpdated = String(cause).includes('context invalidated');
    throw new MessageError(isUpdated ? 'context-invalidated' : 'background-stopped', { cause });
  });
  if (!isReply(reply)) throw new MessageError('background-stopped');
  if (!reply.ok) throw MessageError.fromBody(reply.error);
  return reply.value as ValueOf<T>;
}

const noReply = () => new MessageError('background-stopped');

function isReply(value: unknown): value is Reply {
  return (
    typeof value === 'object' && value !== null && 'ok' in value && ('value' in value || 'error' in value)
  );
}
