import { MessageError } from '../messages/message-error';
import type { ApiRequest, ApiResponse, ApiTokenOptions, JsonValue, TokenOptions } from '../messages/protocol';
import { DEADLINES_MS } from '../shared/deadline';
import type { Clock } from './clock';
import { RENEWAL_PAUSE_MS } from './throttles';
import type { OwnedToken } from './token-service';

/** What requests to the developer's API stand on; given from outside so that their rules run without a network. */
export interface ApiFetchDependencies {
  /** Exact origins that may be sent the token. */
  apiOrigins: string[];
  getToken(options: TokenOptions): Promise<OwnedToken | null>;
  /**
   * Is this session still signed in?
   *
   * @param isNamed Was it asked for by its name? Otherwise it has to be the active one.
   */
  isSignedIn(sessionId: string, isNamed: boolean): boolean;
  clock: Pick<Clock, 'monotonic'>;
  fetch(url: string, init: RequestInit): Promise<Response>;
  isOnline(): boolean;
  /** A signal that ends a request after so many milliseconds. */
  createDeadline(ms: number): AbortSignal;
}

const LARGEST_BODY = 1024 * 1024;
/** Levels of arrays and objects in each other: a much deeper answer breaks Chrome's reply to the page (seen in Chromium 156). */
const DEEPEST_BODY = 100;
const READABLE_HEADERS = ['content-type', 'etag', 'last-modified', 'link', 'location', 'retry-after'];

/** Asks the developer's API with the person's session token, for a page that must not have the token itself. */
export function createApiFetch(dependencies: ApiFetchDependencies) {
  const { apiOrigins, getToken, isSignedIn, clock, createDeadline } = dependencies;
  const renewals = new Map<string, { at: number; token: Promise<OwnedToken | null> }>();

  /** A new token after one that the API refused; the one that there is when there was a new one just now. */
  async function renewToken(options: ApiTokenOptions): Promise<OwnedToken | null> {
    const key = JSON.stringify([options.sessionId, options.organizationId, options.template]);
    const last = renewals.get(key);
    if (last && clock.monotonic() - last.at < RENEWAL_PAUSE_MS)
      return last.token.then(() => getToken(options));
    const token = getToken({ ...options, skipCache: true });
    renewals.set(key, { at: clock.monotonic(), token });
    return token;
  }

  /**
   * @throws {MessageError} `api-refused`, `signed-out`, `api-unavailable`, `response-too-large`, `offline`, or what the
   *   token failed with. None of them says anything about the address or the token.
   */
  return async function fetchApi({
    template,
    organizationId,
    sessionId,
    ...request
  }: ApiRequest & ApiTokenOptions): Promise<ApiResponse> {
    if (!isAllowed(request.url, apiOrigins)) throw new MessageError('api-refused');
    const signal = createDeadline(DEADLINES_MS.developerApi);
    const options = { template, organizationId, sessionId };
    const token = await expectToken(getToken(options));
    const asker = token.sessionId;
    const isAsker = () => isSignedIn(asker, sessionId !== undefined);
    const sendAsAsker = async (bearer: OwnedToken): Promise<ApiResponse> => {
      // Who signed in since then neither sends this request nor is given its answer.
      if (!isAsker() || bearer.sessionId !== asker) throw new MessageError('signed-out');
      const answer = await send(request, bearer.token, signal, dependencies);
      if (!isAsker()) throw new MessageError('signed-out');
      return answer;
    };
    const first = await sendAsAsker(token);
    if (first.status !== 401) return first;
    // The token may have been revoked or made by keys that the API no longer knows; a new one says which it was.
    const renewed = await expectToken(renewToken(options));
    return renewed.token === token.token ? first : sendAsAsker(renewed);
  };
}

function isAllowed(url: string, apiOrigins: string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, protocol, username, password } = new URL(url);
  // "blob:https://api.example.com/…" has the origin of what made it.
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && username === '' && password === '' && apiOrigins.includes(origin);
}

async function expectToken(asked: Promise<OwnedToken | null>): Promise<OwnedToken> {
  const answer = await asked;
  if (!answer) throw new MessageError('signed-out');
  return answer;
}

async function send(
  { method, url, headers, body }: ApiRequest,
  token: string,
  signal: AbortSignal,
  { fetch, isOnline }: ApiFetchDependencies,
): Promise<ApiResponse> {
  if (signal.aborted) throw new MessageError('api-unavailable');
  if (!isOnline()) throw new MessageError('offline');
  try {
    const response = await fetch(url, {
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
    });
    const text = await readText(response);
    const answer = {
      status: response.status,
      headers: readHeaders(response),
      body: bodyOf(response, text),
    };
    if (isTooDeep(answer.body)) throw new MessageError('api-unavailable');
    // An API that echoes its headers would hand the token to the page after all.
    if (holdsSignature(answer, token)) throw new MessageError('api-unavailable');
    return answer;
  } catch (cause) {
    if (cause instanceof MessageError) throw cause;
    throw new MessageError('api-unavailable', { cause });
  }
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

/** @throws {MessageError} `response-too-large`, before any more of it is read. */
async function readText({ headers, body }: Response): Promise<string> {
  if (!body) return '';
  if (Number(headers.get('content-length')) > LARGEST_BODY) {
    await body.cancel();
    throw new MessageError('response-too-large');
  }
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  // Left in the middle, the loop cancels the rest.
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > LARGEST_BODY) throw new MessageError('response-too-large');
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
