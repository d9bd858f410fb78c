import { MessageError, toMessageError } from '../messages/message-error';
import { parsePublicRequest, parseRequest, typeOf } from '../messages/parse-request';
import type {
  MessageType,
  PublicMessageType,
  PublicProtocol,
  PublicRequest,
  Reply,
  Request,
  RequestOf,
  ValueOf,
} from '../messages/protocol';
import { audienceOf, mayAsk, type OwnExtension, type Sender } from '../messages/sender-policy';
import type { AccessConfig } from '../shared/access-config';
import { withinDeadline } from '../shared/deadline';
import type { SenderBudget } from './sender-budget';

/** What the background does for each message of our own pages. */
export type Handlers = { [T in MessageType]: (request: RequestOf<T>) => Promise<ValueOf<T>> };

/** What it does for each message of a content script: never more than the public part. */
export type PublicHandlers = {
  [T in PublicMessageType]: (
    request: RequestOf<T, PublicProtocol>,
    site: SiteDocument,
  ) => Promise<ValueOf<T, PublicProtocol>>;
};

/** The document that a content script of ours runs in. */
export interface SiteDocument {
  origin: string;
  tabId: number | undefined;
  /** Firefox has it from version 153. */
  documentId: string | undefined;
}

export interface RouterDependencies {
  handlers: Handlers;
  publicHandlers: PublicHandlers;
  own: OwnExtension;
  access: AccessConfig;
  budget: SenderBudget;
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

async function answer(message: unknown, sender: Sender, dependencies: RouterDependencies): Promise<Reply> {
  const { revision } = dependencies;
  let work: () => Promise<unknown>;
  try {
    work = admit(message, sender, dependencies);
  } catch (error) {
    return refusal(toMessageError(error));
  }
  try {
    const value = await withinDeadline(work(), DEADLINE_MS, () => new MessageError('timeout'));
    return { ok: true, value, revision: revision() };
  } catch (error) {
    const failure = toMessageError(error);
    return failure.code === 'forbidden' ? refusal(failure) : { ...refusal(failure), revision: revision() };
  }
}

/** Without a revision: who is refused learns nothing of the auth state. */
function refusal(error: MessageError): Reply & { ok: false } {
  return { ok: false, error: error.toBody() };
}

/**
 * The work that a message asks for, once it is known that this sender may ask for it.
 *
 * @throws {MessageError} `forbidden`, `rate-limited` or `bad-request`.
 */
function admit(message: unknown, sender: Sender, dependencies: RouterDependencies): () => Promise<unknown> {
  const { handlers, publicHandlers, own, access, budget } = dependencies;
  const audience = audienceOf(sender, own, access);
  if (!mayAsk(audience, typeOf(message))) throw new MessageError('forbidden');
  if (audience === 'own-page') {
    const request = expectParsed(parseRequest(message));
    return () => handle(request, handlers);
  }
  const site = siteDocumentOf(sender);
  const waitMs = budget.spend(`${site.tabId}`);
  if (waitMs > 0) throw new MessageError('rate-limited', { retryAfterMs: waitMs });
  const request = expectParsed(parsePublicRequest(message));
  return () => handlePublic(request, site, publicHandlers);
}

function expectParsed<R>(request: R | null): R {
  if (request === null) throw new MessageError('bad-request');
  return request;
}

function siteDocumentOf({ origin = '', tab, documentId }: Sender): SiteDocument {
  return { origin, tabId: tab?.id, documentId };
}

async function handle<T extends MessageType>(request: RequestOf<T>, handlers: Handlers): Promise<ValueOf<T>> {
  const handler = handlers[(request as Request).type] as Handlers[T];
  return handler(request);
}

async function handlePublic<T extends PublicMessageType>(
  request: RequestOf<T, PublicProtocol>,
  site: SiteDocument,
  handlers: PublicHandlers,
): Promise<ValueOf<T, PublicProtocol>> {
  const handler = handlers[(request as PublicRequest).type] as PublicHandlers[T];
  return handler(request, site);
}
