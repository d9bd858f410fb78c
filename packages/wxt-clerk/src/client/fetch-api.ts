import { MessageError } from '../messages/message-error';
import type { AnswerOptions, ApiResponse, JsonValue, PageApiOptions } from '../messages/protocol';
import { isUpdated, sendMessage } from '../messages/send-message';
import { withStatus } from '../shared/api-answer';

/** `fetchApi` of the extension's own pages. With `responseType: 'blob'` an answer that is no error is a `Blob`. */
export interface FetchApi<Options = PageApiOptions> {
  (url: string, options: Options & { responseType: 'blob' }): Promise<ApiResponse<Blob>>;
  <Body = JsonValue>(url: string, options?: Options & AnswerOptions<Body>): Promise<ApiResponse<Body>>;
}

/**
 * Asks the developer's own API as the signed-in person, or as that of a session that is named; with the session token, or the
 * one of a template or an organization. The background adds it. Files are sent and received, too, of up to 100 MiB, for up to 5
 * minutes and as long as the page is open.
 *
 * @param options.schema What the answer has to be: gives `body` its type. With `fetchApi<Note[]>` alone nobody looks.
 * @returns What the API answered, also when that is an error status: `ok` tells.
 * @throws {MessageError} When there was no answer: `signed-out`, `api-refused`, `api-unavailable` and others. Its `sent` says
 *   whether the request left the browser.
 */
export const fetchApi: FetchApi = async <Body>(
  url: string,
  options: PageApiOptions & AnswerOptions<Body> = {},
): Promise<ApiResponse<Body>> => {
  const { body, responseType, schema, ...request } = options;
  // What most pages begin with needs nothing of what the others do.
  if (body === undefined && !responseType && !schema)
    return withStatus<Body>(await sendMessage('fetch-api', { method: 'GET', ...request, url }));
  const { fetchAny } = await loadFetchAny();
  return fetchAny(url, options);
};

/** `fetchApi` with other options, made of those of each call. */
export function withOptions<Options>(
  ask: FetchApi,
  change: (options: Options | undefined) => PageApiOptions,
): FetchApi<Options> {
  return ((url: string, options?: Options) => ask(url, change(options))) as FetchApi<Options>;
}

/** A page whose extension was updated cannot load it any more. */
function loadFetchAny(): Promise<typeof import('./fetch-any')> {
  return import('./fetch-any').catch((cause) => {
    throw new MessageError(isUpdated(cause) ? 'context-invalidated' : 'internal', { sent: 'no', cause });
  });
}
