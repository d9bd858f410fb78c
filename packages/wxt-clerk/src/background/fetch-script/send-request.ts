import type { ErrorCode } from '../../messages/message-error';
import type { ApiRequest, ApiResponse, JsonValue } from '../../messages/protocol';

const LARGEST_BODY = 1024 * 1024;
/** Levels of arrays and objects in each other: a much deeper answer breaks Chrome's reply to the page (seen in Chromium 156). */
const DEEPEST_BODY = 100;
const READABLE_HEADERS = ['content-type', 'etag', 'last-modified', 'link', 'location', 'retry-after'];

/** What a request is sent with. */
export interface Sending {
  token: string;
  signal: AbortSignal;
  fetch(url: string, init: RequestInit): Promise<Response>;
  isOnline(): boolean;
  /** The background's own error, since that of another script is another class. */
  fail(
    code: Extract<ErrorCode, 'api-unavailable' | 'offline' | 'response-too-large'>,
    cause?: unknown,
  ): Error;
}

/** Sends a request to the developer's API with a token, and reads its answer. Every failure is one of `fail`'s. */
export async function sendRequest(request: ApiRequest, sending: Sending): Promise<ApiResponse> {
  const { token, signal, isOnline, fail } = sending;
  if (signal.aborted) throw fail('api-unavailable');
  if (!isOnline()) throw fail('offline');
  let response: Response;
  let text: string | null;
  try {
    response = await sending.fetch(request.url, initOf(request, sending));
    text = await readText(response);
  } catch (cause) {
    throw fail('api-unavailable', cause);
  }
  if (text === null) throw fail('response-too-large');
  const answer = { status: response.status, headers: readHeaders(response), body: bodyOf(response, text) };
  if (isTooDeep(answer.body)) throw fail('api-unavailable');
  // An API that echoes its headers would hand the token to the page after all.
  if (holdsSignature(answer, token)) throw fail('api-unavailable');
  return answer;
}

function initOf({ method, headers, body }: ApiRequest, { token, signal }: Sending): RequestInit {
  return {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
      authorization: `Bearer ${token}`,
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal,
    credentials: 'omit',
    // Followed, it would take the token to wherever the API points.
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
  };
}

/** The signature is what makes a token one: without it nobody can put the parts together again. */
function holdsSignature(answer: ApiResponse, token: string): boolean {
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

/** @returns `null` for a text that is too large, before any more of it is read. */
async function readText({ headers, body }: Response): Promise<string | null> {
  if (!body) return '';
  if (Number(headers.get('content-length')) > LARGEST_BODY) {
    await body.cancel();
    return null;
  }
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  // Left in the middle, the loop cancels the rest.
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > LARGEST_BODY) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
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
