import type { ErrorCode } from '../../messages/message-error';
import type { ApiAnswer, ApiTokenOptions, JsonValue } from '../../messages/protocol';
import type { ApiFetchDependencies } from '../api-fetch';
import { RENEWAL_PAUSE_MS } from '../throttles';
import type { OwnedToken } from '../token-service';
import { isAllowed } from './is-allowed';
import { type Sending, type SentRequest, sendRequest } from './send-request';

type Answer = ApiAnswer<Blob | JsonValue>;
type Asked = SentRequest & ApiTokenOptions;

/** What one request stands on, besides what all of them do. */
export interface Asking
  extends Pick<
      ApiFetchDependencies,
      'apiOrigins' | 'getToken' | 'isSignedIn' | 'clock' | 'fetch' | 'isOnline'
    >,
    Pick<Sending, 'signal' | 'progress'> {
  /** Kept from one request to the next: when a token was renewed last. */
  renewals: Map<string, { at: number; token: Promise<OwnedToken | null> }>;
  /** The background's own error, since that of another script is another class. */
  fail(code: ErrorCode, cause?: unknown): Error;
}

/** Sends a request as the person who is signed in, and gives its answer to nobody else. */
export async function fetchAsAsker(
  { template, organizationId, sessionId, ...request }: Asked,
  asking: Asking,
): Promise<Answer> {
  const { apiOrigins, getToken, isSignedIn, fail } = asking;
  if (!isAllowed(request.url, apiOrigins)) throw fail('api-refused');
  const expectToken = async (asked: Promise<OwnedToken | null>): Promise<OwnedToken> => {
    const answer = await asked;
    if (!answer) throw fail('signed-out');
    return answer;
  };
  const options = { template, organizationId, sessionId };
  const token = await expectToken(getToken(options));
  const asker = token.sessionId;
  const isAsker = () => isSignedIn(asker, sessionId !== undefined);
  const sendAsAsker = async (bearer: OwnedToken): Promise<Answer> => {
    // Who signed in since then neither sends this request nor is given its answer.
    const isTheirs = bearer.sessionId === asker && bearer.organizationId === token.organizationId;
    if (!isAsker() || !isTheirs) throw fail('signed-out');
    const answer = await sendRequest(request, { ...asking, token: bearer.token });
    if (!isAsker()) throw fail('signed-out');
    return answer;
  };
  const first = await sendAsAsker(token);
  if (first.status !== 401) return first;
  // The token may have been revoked or made by keys that the API no longer knows; a new one says which it was.
  const renewed = await expectToken(renewToken(options, asking));
  return renewed.token === token.token ? first : await sendAsAsker(renewed);
}

/** A new token after one that the API refused; the one that there is when there was a new one just now. */
async function renewToken(
  options: ApiTokenOptions,
  { renewals, clock, getToken }: Asking,
): Promise<OwnedToken | null> {
  const key = JSON.stringify([options.sessionId, options.organizationId, options.template]);
  const last = renewals.get(key);
  if (last && clock.monotonic() - last.at < RENEWAL_PAUSE_MS) return last.token.then(() => getToken(options));
  const token = getToken({ ...options, skipCache: true });
  renewals.set(key, { at: clock.monotonic(), token });
  return token;
}
