import { withinDeadline } from '../../utils/deadline';
import { MessageError, toMessageError } from '../../utils/message-error';
import type { MessageType, Reply, Request, RequestOf, ValueOf } from '../../utils/protocol';
import { parseRequest } from './parse-request';
import { mayAsk, type OwnExtension, type Sender } from './sender-policy';

/** What the background does for each message. */
export type Handlers = { [T in MessageType]: (request: RequestOf<T>) => Promise<ValueOf<T>> };

export interface RouterDependencies {
  handlers: Handlers;
  own: OwnExtension;
  /** Revision of the auth state, read when an answer is ready. */
  revision(): number;
}

type SendResponse = (reply: Reply) => void;

// Firefox stops the background 30 s after the last event, even while a reply is pending.
const DEADLINE_MS = 20_000;

/**
 * The one `onMessage` listener: who sent it, may they, is it well formed, do it, reply. Every message gets a reply,
 * within 20 s.
 */
export function createRouter(dependencies: RouterDependencies) {
  return (message: unknown, sender: Sender, sendResponse: SendResponse): true => {
    void answer(message, sender, dependencies).then(sendResponse);
    // Keeps the channel open: a returned promise is not a reply in Chrome.
    return true;
  };
}

async function answer(
  message: unknown,
  sender: Sender,
  { handlers, own, revision }: RouterDependencies,
): Promise<Reply> {
  if (!mayAsk(sender, own)) return { ok: false, error: new MessageError('forbidden').toBody() };
  const request = parseRequest(message);
  if (!request) return { ok: false, error: new MessageError('bad-request').toBody() };
  try {
    const value = await withinDeadline(
      handle(request, handlers),
      DEADLINE_MS,
      () => new MessageError('timeout'),
    );
    return { ok: true, value, revision: revision() };
  } catch (error) {
    return { ok: false, error: toMessageError(error).toBody(), revision: revision() };
  }
}

async function handle<T extends MessageType>(request: RequestOf<T>, handlers: Handlers): Promise<ValueOf<T>> {
  const handler = handlers[(request as Request).type] as Handlers[T];
  return handler(request);
}
