import type { ApiBody, JsonValue, PageApiOptions } from '../messages/protocol';

/** Is this no JSON: a file, either way, or a text of another kind? A message cannot carry it. */
export function needsChannel({ body, responseType, headers }: PageApiOptions): boolean {
  return responseType !== undefined || isFile(body) || isOtherText(body, lowerCased(headers)[CONTENT_TYPE]);
}

/** Headers by their names in lower case. */
export function lowerCased(headers: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** A text is JSON, too, unless its header says that it is something else. */
export function isOtherText(body: ApiBody, contentType: string | undefined): body is string {
  return typeof body === 'string' && contentType !== undefined && !/json/i.test(contentType);
}

/** Is it more JSON than a message can hold? */
export function isTooLarge(body: ApiBody): boolean {
  return !isFile(body) && (JSON.stringify(body)?.length ?? 0) > LARGEST_MESSAGE;
}

export function isFile(body: ApiBody): body is Exclude<ApiBody, JsonValue | undefined> {
  return ArrayBuffer.isView(body) || FILES.some((kind) => body instanceof kind);
}

const FILES = [Blob, FormData, URLSearchParams, ArrayBuffer];

export const CONTENT_TYPE = 'content-type';

/** Characters of JSON. With an address and headers the message is still below what the background takes (`is-json.ts`). */
const LARGEST_MESSAGE = 60_000;
