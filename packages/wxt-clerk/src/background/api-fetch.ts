import { MessageError, toMessageError, withSent } from '../messages/message-error';
import type { ApiAnswer, ApiRequest, ApiTokenOptions, JsonValue, TokenOptions } from '../messages/protocol';
import { DEADLINES_MS } from '../shared/deadline';
import { TRANSFER_MS } from '../shared/transfer';
import type { Clock } from './clock';
import type { Asking, SentRequest } from './fetch-script/index';
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
  /** How it is made, which is in a script of its own: nothing of it is needed on waking. */
  loadScript(): Promise<Pick<typeof import('./fetch-script/index'), 'fetchAsAsker'>>;
  fetch(url: string, init: RequestInit): Promise<Response>;
  isOnline(): boolean;
  /** A signal that ends a request after so many milliseconds. */
  createDeadline(ms: number): AbortSignal;
}

/** Asks the developer's API with the person's session token, for a page that must not have the token itself. */
export function createApiFetch(dependencies: ApiFetchDependencies) {
  const renewals: Asking['renewals'] = new Map();

  /**
   * A request that the API answers with 401 is sent once more, whatever its method: it was refused. No other is.
   *
   * @throws {MessageError} `api-refused`, `signed-out`, `api-unavailable`, `response-too-large`, `offline`, or what the
   *   token failed with; each says whether it was sent. None of them says anything about the address or the token.
   */
  function fetchApi(request: ApiRequest & ApiTokenOptions): Promise<ApiAnswer>;
  function fetchApi(request: SentRequest & ApiTokenOptions): Promise<ApiAnswer<Blob | JsonValue>>;
  async function fetchApi(request: SentRequest & ApiTokenOptions): Promise<ApiAnswer<Blob | JsonValue>> {
    const progress: Asking['progress'] = { sent: 'no' };
    try {
      const signal = dependencies.createDeadline(request.upload ? TRANSFER_MS : DEADLINES_MS.developerApi);
      const { fetchAsAsker } = await dependencies.loadScript();
      return await fetchAsAsker(request, { ...dependencies, renewals, signal, progress, fail });
    } catch (error) {
      throw withSent(toMessageError(error), progress.sent);
    }
  }
  return fetchApi;
}

const fail: Asking['fail'] = (code, cause) => new MessageError(code, { cause });
