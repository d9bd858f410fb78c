import type { ErrorBody } from '../messages/message-error';
import type { ApiAnswer, ApiBody, JsonValue, PageApiOptions } from '../messages/protocol';

/**
 * What a page of the extension hands over to the background with a request to the developer's API, and what it gets back, where
 * that is no JSON of a bearable size. Messages are JSON; the bytes go through a channel of the extension's own origin, which
 * a content script does not have, under a name that only this page and the background know.
 */
export interface Upload {
  /** What is sent. */
  body?: Blob | undefined;
  contentType?: string | undefined;
  /** In which form the page wants the answer, if the API does what it is asked for. */
  responseType?: 'blob' | undefined;
}

/** Bytes, each way. */
export const LARGEST_TRANSFER = 100 * 1024 * 1024;

/** How long one may take, in ms, the token included. No reply is pending meanwhile (`deadline.ts`). */
export const TRANSFER_MS = 300_000;

/** What the background says in a channel; a page says nothing there but its `Upload`. */
export type TransferNews =
  /** It listens. */
  | { news: 'ready' }
  /** It is at work, which it only stays while it is asked something. */
  | { news: 'working' }
  | { news: 'answer'; answer: ApiAnswer<Blob | JsonValue> }
  | { news: 'error'; error: ErrorBody };

export function openChannel(name: string): BroadcastChannel {
  return new BroadcastChannel(`wxt-clerk-transfer ${name}`);
}

/** Is this no JSON: a file, either way, or a text of another kind? A message cannot carry it. */
export function needsChannel({ body, responseType, headers = {} }: PageApiOptions): boolean {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === CONTENT_TYPE)?.[1];
  return responseType !== undefined || isFile(body) || isOtherText(body, type);
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
