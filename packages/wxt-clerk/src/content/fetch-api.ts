import { MessageError, toMessageError } from '../messages/message-error';
import type {
  AnswerOptions,
  ApiOptions,
  ApiResponse,
  ApiTokenOptions,
  JsonValue,
  PageApiOptions,
} from '../messages/protocol';
import { expectAnswer } from '../shared/expect-answer';
import { isTooLarge, needsChannel } from '../shared/transfer';
import { sendMessage } from './send-message';

/** How a request differs from a plain GET. With which token it is made, only the extension's own pages say. */
export type SiteApiOptions = Omit<ApiOptions, keyof ApiTokenOptions>;

/**
 * Asks the developer's own API as the signed-in person, from a content script or one of our own pages. The background
 * adds the session token, which never comes here: a web page's process is no place for it.
 *
 * @param url Absolute, on one of the `apiOrigins` of `access.config.ts`.
 * @param options.schema What the answer has to be: gives `body` its type. With `fetchApi<Note[]>` alone nobody looks.
 * @returns What the API answered, also when that is an error status: `ok` tells.
 * @throws {MessageError} When there was no answer: `signed-out`, `api-refused`, `api-unavailable` and others. Its `sent` says
 *   whether the request left the browser.
 */
export async function fetchApi<Body = JsonValue>(
  url: string,
  { schema, ...options }: SiteApiOptions & AnswerOptions<Body> = {},
): Promise<ApiResponse<Body>> {
  // Chrome would send a file as `{}`.
  if (needsChannel(options as PageApiOptions)) throw new MessageError('forbidden', { sent: 'no' });
  const answer = await sendMessage('fetch-api', { method: 'GET', ...options, url }).catch((error) => {
    const isSize = toMessageError(error).code === 'bad-request' && isTooLarge(options.body);
    throw isSize ? new MessageError('request-too-large', { sent: 'no' }) : error;
  });
  return expectAnswer(answer, schema);
}
