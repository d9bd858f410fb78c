import { browser } from 'wxt/browser';
import { withinDeadline } from '../shared/deadline';
import { MessageError } from './message-error';
import type {
  MessageType,
  OptionsOf,
  Protocol,
  PublicMessageType,
  PublicProtocol,
  Reply,
  ValueOf,
} from './protocol';

type Transport = (request: unknown) => Promise<unknown>;
type Answer = Reply & { ok: true };
type WireRequest = { type: MessageType };

type Arguments<T extends keyof P, P> = keyof OptionsOf<T, P> extends never
  ? [type: T]
  : Record<never, never> extends OptionsOf<T, P>
    ? [type: T, options?: OptionsOf<T, P>]
    : [type: T, options: OptionsOf<T, P>];

// Longer than the background's own deadline of 20 s: only one that died is noticed here.
const DEADLINE_MS = 25_000;

/**
 * Asks the background from one of the extension's own pages and gives its value back, typed by the message.
 *
 * A background that the browser stopped while it was answering is asked once more: every message may be sent twice,
 * except a request to the developer's API that changes something there.
 *
 * @throws {MessageError} With the code of the background's reply; `background-stopped` when none came; and
 *   `context-invalidated` when the extension was updated under this page, which only a reload mends.
 */
export async function sendMessage<T extends MessageType>(
  ...[type, options]: Arguments<T, Protocol>
): Promise<ValueOf<T>> {
  return (await askBackground({ ...(options as object), type })).value as ValueOf<T>;
}

/** `sendMessage` for content scripts, which may ask less and are told less. `forbidden` where the site is not granted it. */
export async function sendPublicMessage<T extends PublicMessageType>(
  ...[type, options]: Arguments<T, PublicProtocol>
): Promise<ValueOf<T, PublicProtocol>> {
  return (await askBackground({ ...(options as object), type })).value as ValueOf<T, PublicProtocol>;
}

/** The background's whole answer, with the revision of the auth state that it stands on. @throws As `sendMessage`. */
export async function askBackground(request: WireRequest): Promise<Answer> {
  // Asynchronous, because Chrome throws at once when the extension was updated.
  const transport: Transport = async (message) => browser.runtime.sendMessage(message);
  try {
    return await askOver(transport, request);
  } catch (error) {
    const isStopped = error instanceof MessageError && error.code === 'background-stopped';
    if (!isStopped || !isRepeatable(request)) throw error;
    return askOver(transport, request);
  }
}

/** One `askBackground`, without the second try, over a given transport, so that its rules can be tested without a browser. */
export async function askOver(transport: Transport, request: WireRequest): Promise<Answer> {
  const reply = await withinDeadline(transport(request), DEADLINE_MS, noReply).catch((cause) => {
    // Else "Receiving end does not exist" or "message channel closed": the browser stopped the background.
    throw new MessageError(isUpdated(cause) ? 'context-invalidated' : 'background-stopped', { cause });
  });
  if (!isReply(reply)) throw new MessageError('background-stopped');
  if (!reply.ok) throw MessageError.fromBody(reply.error);
  return reply;
}

const noReply = () => new MessageError('background-stopped');

// Chrome takes `runtime.id` away from a content script whose extension was updated, and in time all of `runtime`.
function isUpdated(cause: unknown): boolean {
  return String(cause).includes('context invalidated') || !browser.runtime?.id;
}

function isRepeatable(request: WireRequest): boolean {
  return request.type !== 'fetch-api' || (request as { method?: unknown }).method === 'GET';
}

function isReply(value: unknown): value is Reply {
  return (
    typeof value === 'object' && value !== null && 'ok' in value && ('value' in value || 'error' in value)
  );
}
