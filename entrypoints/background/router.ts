import { MessageError, toMessageError } from '../../utils/message-error';
import type { MessageType, Reply, Request, RequestOf, ValueOf } from '../../utils/protocol';
import { parseRequest } from './parse-request';
import { mayAsk, type OwnExtension, type Sender } from './sender-policy';

/** What the background does for each message. */
export type Handlers = { [T in MessageType]: (request: RequestOf<T>) => Promise<ValueOf<T>> };

type SendResponse = (reply: Reply) => void;

/**
 * The one `onMessage` listener: who sent it, may they, is it well formed, do it, reply. Every message gets a reply.
 */
export function createRouter(handlers: Handlers, own: OwnExtension) {
  return (message: unknown, sender: Sender, sendResponse: SendResponse): true => {
    void answer(message, sender, handlers, own).then(sendResponse);
    // Keeps the channel open: a returned promise is not a reply in Chrome.
    return true;
  };
}

async function answer(
  message: unknown,
  sender: Sender,
  handlers: Handlers,
  own: OwnExtension,
): Promise<Reply> {
  try {
    if (!mayAsk(sender, own)) throw new MessageError('forbidden');
    const request = parseRequest(message);
    if (!request) throw new MessageError('bad-request');
    return { ok: true, value: await handle(request, handlers) };
  } catch (error) {
    return { ok: false, error: toMessageError(error).toBody() };
  }
}

function handle<T extends MessageType>(request: RequestOf<T>, handlers: Handlers): Promise<ValueOf<T>> {
  const handler = handlers[(request as Request).type] as Handlers[T];
  return handler(request);
}
