import type { ApiOptions, ApiResponse, ApiTokenOptions } from '../messages/protocol';
import { sendMessage } from './send-message';

/** How a request differs from a plain GET. With which token it is made, only the extension's own pages say. */
export type SiteApiOptions = Omit<ApiOptions, keyof ApiTokenOptions>;

/**
 * Asks the developer's own API as the signed-in person, from a content script or one of our own pages. The background
 * adds the session token, which never comes here: a web page's process is no place for it.
 *
 * @param url Absolute, on one of the `apiOrigins` of `access.config.ts`.
 * @returns What the API answered, also when that is an error status.
 * @throws {MessageError} When there was no answer: `signed-out`, `api-refused`, `api-unavailable` and others.
 */
export function fetchApi(url: string, options: SiteApiOptions = {}): Promise<ApiResponse> {
  return sendMessage('fetch-api', { method: 'GET', ...options, url });
}
