import { MessageError, toMessageError, withSent } from '../messages/message-error';
import type { ApiAnswer, ApiRequest, ApiTokenOptions, JsonValue, TokenOptions } from '../messages/protocol';
import { DEADLINES_MS } from '../shared/deadline';
import { TRANSFER_MS } from '../shared/transfer';
import type { Clock } from './clock';
import type { Sending, SentRequest } from './fetch-script/index';
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
  /** The request itself, which is in a script of its own: nothing of it is needed on waking. */
  loadScript(): Promise<Pick<typeof import('./fetch-script/index'), 'isAllowed' | 'sendRequest'>>;
  fetch(url: string, init: RequestInit): Promise<Response>;
  isOnline(): boolean;
  /** A signal that ends a request after so many milliseconds. */
  createDeadline(ms: number): AbortSignal;
}

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
   * A request that the API answers with 401 is sent once more, whatever its method: it was refused. No other is.
   *
   * @throws {MessageError} `api-refused`, `signed-out`, `api-unavailable`, `response-too-large`, `offline`, or what the
   *   token failed with; each says whether it was sent. None of them says anything about the address or the token.
   */
  function fetchApi(request: ApiRequest & ApiTokenOptions): Promise<ApiAnswer>;
  function fetchApi(request: SentRequest & ApiTokenOptions): Promise<Answer>;
  async function fetchApi({
    template,
    organizationId,
    sessionId,
    ...request
  }: SentRequest & ApiTokenOptions): Promise<Answer> {
    const progress: Sending['progress'] = { sent: 'no' };
    try {
      const signal = createDeadline(request.upload ? TRANSFER_MS : DEADLINES_MS.developerApi);
      const { isAllowed, sendRequest } = await dependencies.loadScript();
      if (!isAllowed(request.url, apiOrigins)) throw new MessageError('api-refused');
      const options = { template, organizationId, sessionId };
      const token = await expectToken(getToken(options));
      const asker = token.sessionId;
      const isAsker = () => isSignedIn(asker, sessionId !== undefined);
      const sendAsAsker = async (bearer: OwnedToken): Promise<Answer> => {
        // Who signed in since then neither sends this request nor is given its answer.
        const isTheirs = bearer.sessionId === asker && bearer.organizationId === token.organizationId;
        if (!isAsker() || !isTheirs) throw new MessageError('signed-out');
        const sending = { token: bearer.token, signal, progress, fail, ...dependencies };
        const answer = await sendRequest(request, sending);
        if (!isAsker()) throw new MessageError('signed-out');
        return answer;
      };
      const first = await sendAsAsker(token);
      if (first.status !== 401) return first;
      // The token may have been revoked or made by keys that the API no longer knows; a new one says which it was.
      const renewed = await expectToken(renewToken(options));
      return renewed.token === token.token ? first : await sendAsAsker(renewed);
    } catch (error) {
      throw withSent(toMessageError(error), progress.sent);
    }
  }
  return fetchApi;
}

type Answer = ApiAnswer<Blob | JsonValue>;

const fail: Sending['fail'] = (code, cause) => new MessageError(code, { cause });

async function expectToken(asked: Promise<OwnedToken | null>): Promise<OwnedToken> {
  const answer = await asked;
  if (!answer) throw new MessageError('signed-out');
  return answer;
}
