import type { MessageContext, Messages, SiteDocument } from '../messages/message';
import { bodyOf, MessageError, type Sent, toMessageError } from '../messages/message-error';
import { parseOptions, typeOf } from '../messages/parse-request';
import type { Reply } from '../messages/protocol';
import {
  audienceOf,
  type OwnExtension,
  partFor,
  rowOf,
  type Sender,
  tokenGrantOf,
} from '../messages/sender-policy';
import type { AccessConfig } from '../shared/access-config';
import { DEADLINES_MS, withinDeadline } from '../shared/deadline';
import type { SenderBudget } from './sender-budget';

export interface RouterDependencies {
  rows: Messages;
  /** Is every message of this extension one of these rows? Then one that is not is refused, and not left alone. */
  ownsChannel: boolean;
  /** What each handler works with, whoever asks. */
  context: Omit<MessageContext, 'site'>;
  own: OwnExtension;
  access: AccessConfig;
  budget: SenderBudget;
  /** Revision of the auth state, read when an answer is ready. */
  revision(): number;
}

type SendResponse = (reply: Reply) => void;

/**
 * An `onMessage` listener: who sent it, may they, is it well formed, do it, reply. Every message whose type is in the
 * rows gets a reply within 20 s. Others are left to other listeners, unless the channel is ours alone.
 */
export function createRouter(dependencies: RouterDependencies) {
  const { rows, ownsChannel } = dependencies;
  return (message: unknown, sender: Sender, sendResponse: SendResponse): true | undefined => {
    if (!ownsChannel && !rowOf(rows, typeOf(message))) return undefined;
    void answer(message, sender, dependencies).then(sendResponse);
    // Keeps the channel open: a returned promise is not a reply in Chrome.
    // https://developer.chrome.com/docs/extensions/develop/concepts/messaging
    return true;
  };
}

async function answer(message: unknown, sender: Sender, dependencies: RouterDependencies): Promise<Reply> {
  const { revision } = dependencies;
  let work: () => Promise<unknown>;
  try {
    work = admit(message, sender, dependencies);
  } catch (error) {
    return refusal(error, message, 'no');
  }
  try {
    const value = await withinDeadline(work(), DEADLINES_MS.handler, () => new MessageError('timeout'));
    return { ok: true, value: value ?? null, revision: revision() };
  } catch (error) {
    const failure = refusal(error, message, 'maybe');
    return failure.error.code === 'forbidden' ? failure : { ...failure, revision: revision() };
  }
}

/**
 * Without a revision: who is refused learns nothing of the auth state.
 *
 * @param sent What is known of a request to the developer's API that does not say it itself.
 */
function refusal(reason: unknown, message: unknown, sent: Sent): Reply & { ok: false } {
  const error = bodyOf(toMessageError(reason));
  if (typeOf(message) === 'fetch-api') error.sent ??= sent;
  return { ok: false, error };
}

/**
 * The work that a message asks for, once it is known that this sender may ask for it.
 *
 * @throws {MessageError} `forbidden`, `rate-limited` or `bad-request`.
 */
function admit(message: unknown, sender: Sender, dependencies: RouterDependencies): () => Promise<unknown> {
  const { rows, own, access, budget, context } = dependencies;
  const audience = audienceOf(sender, own, access);
  const row = rowOf(rows, typeOf(message));
  // Only our own pages are told that nobody knows a message.
  if (audience === 'own-page' && !row) throw new MessageError('bad-request');
  const part = partFor(audience, row);
  if (!part) throw new MessageError('forbidden');
  const site = audience === 'own-page' ? null : siteDocumentOf(sender, access);
  const waitMs = site ? budget.spend(`${site.tabId}`) : 0;
  if (waitMs > 0) throw new MessageError('rate-limited', { retryAfterMs: waitMs });
  const options = parseOptions(part, message);
  if (options === null) throw new MessageError('bad-request');
  return async () => part.handle(options, { ...context, site } as MessageContext);
}

function siteDocumentOf({ origin = '', tab, documentId }: Sender, access: AccessConfig): SiteDocument {
  return { origin, tabId: tab?.id, documentId, tokenGrant: tokenGrantOf(origin, access) };
}
