import { MessageError } from '../messages/message-error';
import type { ApiOptions, ApiResponse, ApiTokenOptions, JsonValue } from '../messages/protocol';
import { withStatus } from '../shared/api-answer';
import { sendMessage } from './send-message';

/** How a request differs from a plain GET. With which token it is made, only the extension's own pages say. */
export type SiteApiOptions = Omit<ApiOptions, keyof ApiTokenOptions>;

/**
 * Asks the developer's own API as the signed-in person, from a content script. The background
 * adds the session token, which never comes here: a web page's process is no place for it.
 *
 * @param url Absolute, on one of the `apiOrigins` of `access.config.ts`.
 * @typeParam Body What the answer is, where the API does what it is asked for. Nobody looks: a content script is in every page, and has to be
 *   small. In the extension's own pages there is a `schema` for it.
 * @returns What the API answered, also when that is an error status: `ok` tells.
 * @throws {MessageError} When there was no answer: `signed-out`, `api-refused`, `api-unavailable` and others. Its `sent` says
 *   whether the request left the browser.
 */
export async function fetchApi<Body = JsonValue>(
  url: string,
  options: SiteApiOptions = {},
): Promise<ApiResponse<Body>> {
  // Chrome would send a file as `{}`. Files, forms and bytes have this name, and nothing that JSON is made of.
  if (Object(options.body)[Symbol.toStringTag]) throw new MessageError('forbidden', { sent: 'no' });
  return withStatus<Body>(await sendMessage('fetch-api', { method: 'GET', ...options, url }));
}
