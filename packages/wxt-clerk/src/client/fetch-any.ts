import { MessageError } from '../messages/message-error';
import type { AnswerOptions, ApiAnswer, ApiOptions, ApiResponse, PageApiOptions } from '../messages/protocol';
import { sendMessage } from '../messages/send-message';
import '../shared/texts/page-errors';
import { isTooLarge, needsChannel } from './api-body';
import { expectAnswer } from './expect-answer';
import { transfer } from './transfer';

/** `fetchApi` for every kind of request and answer. */
export async function fetchAny<Body>(
  url: string,
  { schema, ...options }: PageApiOptions & AnswerOptions<Body>,
): Promise<ApiResponse<Body>> {
  const isTransfer = needsChannel(options) || isTooMuch(options.body);
  const answer = await (isTransfer ? transfer(url, options) : send(url, options));
  // What is a blob is not looked at: its type leaves no room for a schema.
  return expectAnswer(answer as ApiAnswer, schema);
}

/** @throws {MessageError} `bad-request` for what is no JSON: a circle, a big number. */
function isTooMuch(body: PageApiOptions['body']): boolean {
  try {
    return isTooLarge(body);
  } catch (cause) {
    throw new MessageError('bad-request', { sent: 'no', cause });
  }
}

function send(url: string, { responseType: _, ...options }: PageApiOptions): Promise<ApiAnswer> {
  return sendMessage('fetch-api', { method: 'GET', ...(options as ApiOptions), url });
}
