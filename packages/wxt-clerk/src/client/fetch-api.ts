import { fetchApi as fetchApiOfSite } from '../content/fetch-api';
import type { ApiOptions, ApiResponse } from '../messages/protocol';

/**
 * Asks the developer's own API as the signed-in person, or as that of a session that is named; with the session token, or the
 * one of a template or an organization. The background adds it.
 *
 * @throws {MessageError} When there was no answer: `signed-out`, `api-refused`, `api-unavailable` and others.
 */
export const fetchApi: (url: string, options?: ApiOptions) => Promise<ApiResponse> = fetchApiOfSite;
