import { fetchApi as fetchApiOfSite } from '../content/fetch-api';
import type { ApiOptions, ApiResponse } from '../messages/protocol';

/** What one of our own pages may say of a request, besides what a content script may: with which token it is made. */
export const fetchApi: (url: string, options?: ApiOptions) => Promise<ApiResponse> = fetchApiOfSite;
