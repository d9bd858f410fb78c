import { MessageError, toMessageError } from '../messages/message-error';
import { DEADLINES_MS } from '../shared/deadline';
import type { PublishableKey } from '../shared/publishable-key';
import type { CircuitBreaker } from './circuit-breaker';
import type { ClerkClient, FrontendApiRequest, FrontendApiResponse } from './clerk-client';
import { readSignedIn, type SignedIn } from './client-resource';
import type { Clock } from './clock';
import { FrontendApiError, saysNobody, saysUnknownCredential } from './frontend-api-error';
import { QUICK_RETRY_MS } from './throttles';

/** The few requests that the background makes. Each ends within its deadline, with a value or a coded error. */
export interface FrontendApi {
  /**
   * Who is signed in, with authority; `null` when nobody is.
   *
   * @throws {NoNewsError} When the server has no news of the client.
   */
  fetchSignedIn(): Promise<SignedIn | null>;
  /** What the server says of the stored credential where it has no news of the client. A failure says nothing of it. */
  askWhoIsBehind(): Promise<'somebody' | 'nobody' | 'unknown-credential'>;
  /** A new token of a session. */
  fetchToken(request: TokenRequest): Promise<string>;
  /** Ends sessions with a given credential: all of its client, or those named. Sessions that are gone are ended, too. */
  endSessions(credential: string, sessionIds: string[] | 'all'): Promise<void>;
}

export interface TokenRequest {
  sessionId: string;
  /** `null` for the personal account; without it the session's active one. */
  organizationId: string | null | undefined;
  template: string | undefined;
  skipCache: boolean;
  /** The last token, for a server that wants to see it before it gives a new one. */
  lastToken: string | undefined;
}

export interface FrontendApiDependencies {
  getClerk(): Promise<ClerkClient>;
  instanceType: PublishableKey['instanceType'];
  breaker: CircuitBreaker;
  clock: Clock;
  isOnline(): boolean;
  hasHostPermission(): Promise<boolean>;
  /** A signal that ends a request after so many milliseconds. */
  createDeadline(ms: number): AbortSignal;
}

export function createFrontendApi(dependencies: FrontendApiDependencies): FrontendApi {
  const request = (init: Omit<FrontendApiRequest, 'signal'>) => requestWithCare(init, dependencies);
  return {
    async fetchSignedIn() {
      return readSignedIn((await request({ method: 'GET', path: '/client' })).payload);
    },
    async askWhoIsBehind() {
      try {
        await request({ method: 'GET', path: '/me' });
        return 'somebody';
      } catch (error) {
        if (!saysNobody(error)) throw error;
        return saysUnknownCredential(error, dependencies.instanceType) ? 'unknown-credential' : 'nobody';
      }
    },
    async fetchToken(asked) {
      const init = tokenRequest(asked);
      try {
        return readToken(await request(init));
      } catch (error) {
        const wantsLastToken =
          error instanceof FrontendApiError && error.clerkCode === 'missing_expired_token';
        if (!wantsLastToken || !asked.lastToken) throw error;
        return readToken(
          await request({ ...init, search: { ...init.search, expired_token: asked.lastToken } }),
        );
      }
    },
    async endSessions(credential, sessionIds) {
      if (sessionIds === 'all') {
        await ignoringGone(request({ method: 'DELETE', path: '/client/sessions', credential }));
        return;
      }
      for (const id of sessionIds) {
        await ignoringGone(
          request({ method: 'POST', path: `/client/sessions/${encodeURIComponent(id)}/remove`, credential }),
        );
      }
    },
  };
}

async function requestWithCare(
  init: Omit<FrontendApiRequest, 'signal'>,
  dependencies: FrontendApiDependencies,
): Promise<FrontendApiResponse> {
  const { breaker, clock, createDeadline } = dependencies;
  if (!dependencies.isOnline()) throw new MessageError('offline');
  if (!(await dependencies.hasHostPermission())) throw new MessageError('host-permission-missing');
  breaker.check();
  const signal = createDeadline(DEADLINES_MS.frontendApi);
  const request = { ...init, signal };
  const mayRetry = !breaker.isTripped();
  try {
    return await tryOnce(request, dependencies);
  } catch (error) {
    if (!mayRetry || !isServerTrouble(error) || signal.aborted) throw error;
    // One hiccup is nobody's business.
    await clock.wait(QUICK_RETRY_MS * (1 + Math.random()));
    return await tryOnce(request, dependencies);
  }
}

async function tryOnce(
  request: FrontendApiRequest,
  dependencies: FrontendApiDependencies,
): Promise<FrontendApiResponse> {
  const { breaker, getClerk, isOnline } = dependencies;
  // Outside of what follows: a Clerk that does not load is no trouble of the server's.
  const clerk = await getClerk();
  const askedAt = dependencies.clock.monotonic();
  let response: FrontendApiResponse;
  try {
    response = await clerk.request(request);
  } catch (cause) {
    if (cause instanceof MessageError) throw cause;
    // The database failed, where the credential is read and kept; the network fails with other errors.
    if (cause instanceof DOMException && !request.signal.aborted) throw toMessageError(cause);
    if (!isOnline()) throw new MessageError('offline', { cause });
    breaker.failed(askedAt);
    throw new MessageError(request.signal.aborted ? 'timeout' : 'unavailable', { cause });
  }
  if (response.status >= 500) breaker.failed(askedAt);
  else breaker.succeeded();
  if (response.status >= 400) throw new FrontendApiError(response);
  return response;
}

function isServerTrouble(error: unknown): boolean {
  return error instanceof MessageError && error.code === 'unavailable' && error.retryAfterMs === undefined;
}

function tokenRequest(asked: TokenRequest): Omit<FrontendApiRequest, 'signal'> {
  const path = `/client/sessions/${encodeURIComponent(asked.sessionId)}/tokens`;
  const search: Record<string, string> = asked.skipCache ? { debug: 'skip_cache' } : {};
  if (asked.template !== undefined) {
    return { method: 'POST', path: `${path}/${encodeURIComponent(asked.template)}`, search };
  }
  const { organizationId } = asked;
  // Empty means the personal account.
  const body: Record<string, string> =
    organizationId === undefined ? {} : { organizationId: organizationId ?? '' };
  return { method: 'POST', path, search, body };
}

function readToken({ payload }: FrontendApiResponse): string {
  const jwt = (payload as { jwt?: unknown } | null)?.jwt;
  if (typeof jwt === 'string' && jwt !== '') return jwt;
  throw new MessageError('unavailable');
}

async function ignoringGone(request: Promise<FrontendApiResponse>): Promise<void> {
  try {
    const { payload } = await request;
    // Some proxy's 200 has ended nothing.
    if (!Object.hasOwn(Object(payload), 'response')) throw new MessageError('unavailable');
  } catch (error) {
    const isGone = error instanceof FrontendApiError && [401, 404].includes(error.status);
    if (!isGone) throw error;
  }
}
