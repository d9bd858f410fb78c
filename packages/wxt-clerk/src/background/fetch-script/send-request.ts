import type { ErrorCode, Sent } from '../../messages/message-error';
import type { ApiAnswer, ApiRequest, JsonValue } from '../../messages/protocol';
import { LARGEST_TRANSFER, type Upload } from '../../shared/transfer';
import { readBlob, readText } from './read-body';

const LARGEST_TEXT = 1024 * 1024;
/** Levels of arrays and objects in each other: a much deeper answer breaks Chrome's reply to the page (seen in Chromium 156). */
const DEEPEST_BODY = 100;
const READABLE_HEADERS = ['content-type', 'etag', 'last-modified', 'link', 'location', 'retry-after'];

/** What a request is sent with. */
export interface Sending {
  token: string;
  signal: AbortSignal;
  fetch(url: string, init: RequestInit): Promise<Response>;
  isOnline(): boolean;
  /** How far the request is: written at each step, before it is made. */
  progress: { sent: Sent };
  /** The background's own error, since that of another script is another class. */
  fail(
    code: Extract<ErrorCode, 'api-unavailable' | 'offline' | 'response-too-large'>,
    cause?: unknown,
  ): Error;
}

/** A request as it is sent: with JSON, or with what a page has handed over. */
export type SentRequest = ApiRequest & { upload?: Upload | undefined };

/**
 * Sends a request to the developer's API with a token, and reads its answer. Every failure is one of `fail`'s.
 *
 * @returns The answer; its body is a `Blob` where that was asked for and the API did it.
 */
export async function sendRequest(
  request: SentRequest,
  sending: Sending,
): Promise<ApiAnswer<Blob | JsonValue>> {
  const { token, signal, isOnline, progress, fail } = sending;
  if (signal.aborted) throw fail('api-unavailable');
  if (!isOnline()) throw fail('offline');
  let response: Response;
  let content: Blob | string | null;
  try {
    progress.sent = 'maybe';
    response = await sending.fetch(request.url, initOf(request, sending));
    progress.sent = 'yes';
    content = await readContent(response, request);
  } catch (cause) {
    throw fail('api-unavailable', cause);
  }
  if (content === null) throw fail('response-too-large');
  const head = { status: response.status, headers: readHeaders(response) };
  const body = content instanceof Blob ? null : bodyOf(response, content);
  if (isTooDeep(body)) throw fail('api-unavailable');
  // An API that echoes its headers would hand the token to the page after all. A blob is only for pages that may have it.
  if (holdsSignature({ ...head, body }, token)) throw fail('api-unavailable');
  return { ...head, body: content instanceof Blob ? content : body };
}

/** @returns `null` for what is too large. */
function readContent(response: Response, { upload }: SentRequest): Promise<Blob | string | null> {
  const isBlob = response.ok && upload?.responseType === 'blob';
  return isBlob ? readBlob(response, LARGEST_TRANSFER) : readText(response, LARGEST_TEXT);
}

function initOf({ method, headers, body, upload }: SentRequest, { token, signal }: Sending): RequestInit {
  const type = body === undefined ? upload?.contentType : 'application/json';
  return {
    method,
    headers: {
      ...(type === undefined ? {} : { 'content-type': type }),
      ...headers,
      authorization: `Bearer ${token}`,
    },
    body: body === undefined ? (upload?.body ?? null) : JSON.stringify(body),
    signal,
    credentials: 'omit',
    // Followed, it would take the token to wherever the API points.
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
  };
}

/** The signature is what makes a token one: without it nobody can put the parts together again. */
function holdsSignature(answer: Pick<ApiAnswer, 'headers' | 'body'>, token: string): boolean {
  // As the page would get it, and not as it was sent: JSON can write each letter in another way.
  return JSON.stringify(answer).includes(token.slice(token.lastIndexOf('.') + 1));
}

function readHeaders({ headers }: Response): Record<string, string> {
  return Object.fromEntries(
    READABLE_HEADERS.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** Looks at one level after the other, since a recursion would end in a full stack. */
function isTooDeep(body: JsonValue): boolean {
  let level: object[] = isObject(body) ? [body] : [];
  for (let depth = 0; depth < DEEPEST_BODY; depth += 1) {
    level = level.flatMap((parent) => Object.values(parent).filter(isObject));
  }
  return level.length > 0;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function bodyOf({ headers }: Response, text: string): JsonValue {
  if (text === '') return null;
  if (!/[/+]json\b/i.test(headers.get('content-type') ?? '')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
