import { MessageError, toMessageError } from '../messages/message-error';
import { DEADLINES_MS } from '../shared/deadline';
import type { PublishableKey } from '../shared/publishable-key';
import type { CircuitBreaker } from './circuit-breaker';
import type { ClerkClient, FrontendApiRequest, FrontendApiResponse } from './clerk-client';
import { readSignedIn, type SignedIn, saysAllOver, saysSessionOver } from './client-resource';
import type { Clock } from './clock';
import {
  FrontendApiError,
  isOfNoServer,
  saysGone,
  saysNobody,
  saysUnknownCredential,
} from './frontend-api-error';
import { QUICK_RETRY_MS } from './throttles';

/** The few requests that the background makes. Each ends within its deadline, with a value or a coded error. */
export interface FrontendApi {
  /**
   * Who is signed in, with authority; `null` when nobody is.
   *
   * @param credential Asks with this one instead of the stored one.
   * @throws {NoNewsError} When the server has no news of the client.
   */
  fetchSignedIn(credential?: string): Promise<SignedIn | null>;
  /** What the server says of the stored credential where it has no news of the client. A failure says nothing of it. */
  askWhoIsBehind(): Promise<'somebody' | 'nobody' | 'unknown-credential'>;
  /** A new token of a session. */
  fetchToken(request: TokenRequest): Promise<string>;
  /**
   * Asks for a resource such as a sign-in, once: a request that goes out a second time may have done its work the first time.
   *
   * @returns What is in the answer's `response`, unchecked.
   */
  fetchResource(request: ResourceRequest): Promise<unknown>;
  /**
   * Ends the sessions behind a given credential. What is gone is ended, too.
   *
   * @param sessionIds Where somebody else may be signed in by now, only these. Not in production, where a sign-in
   *   without a credential makes a new client.
   */
  endSessions(credential: string, sessionIds: string[] | 'all'): Promise<void>;
  /** Ends these sessions of a client that is not this extension's alone. */
  endNamedSessions(credential: string, sessionIds: string[]): Promise<void>;
}

export type ResourceRequest = Pick<FrontendApiRequest, 'method' | 'path' | 'search' | 'body'>;

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

type SendRequest = (init: Omit<FrontendApiRequest, 'signal'>) => Promise<FrontendApiResponse>;

export function createFrontendApi(dependencies: FrontendApiDependencies): FrontendApi {
  const request: SendRequest = (init) => requestWithCare(init, dependencies);
  return {
    async fetchSignedIn(credential) {
      const init = {
        method: 'GET',
        path: '/client',
        ...(credential !== undefined && { credential }),
      } as const;
      return readSignedIn((await request(init)).payload);
    },
    askWhoIsBehind: () => askWhoIsBehind(request, dependencies),
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
    async fetchResource(init) {
      const { payload } = await requestWithCare(init, dependencies, true);
      return (payload as { response?: unknown } | null)?.response;
    },
    async endSessions(credential, sessionIds) {
      if (sessionIds === 'all' || dependencies.instanceType === 'production')
        return endAll(credential, request, dependencies);
      return endEach(sessionIds, credential, request);
    },
    endNamedSessions: (credential, sessionIds) => endEach(sessionIds, credential, request),
  };
}

async function endEach(sessionIds: string[], credential: string, request: SendRequest): Promise<void> {
  for (const id of sessionIds) await endOne(id, credential, request);
}

async function askWhoIsBehind(
  request: SendRequest,
  { instanceType }: FrontendApiDependencies,
  credential?: string,
): Promise<'somebody' | 'nobody' | 'unknown-credential'> {
  try {
    await request({ method: 'GET', path: '/me', ...(credential === undefined ? {} : { credential }) });
    return 'somebody';
  } catch (error) {
    if (!saysNobody(error)) throw error;
    return saysUnknownCredential(error, instanceType) ? 'unknown-credential' : 'nobody';
  }
}

/** @throws {MessageError} When the server does not say that all sessions behind the credential are over. */
async function endAll(
  credential: string,
  request: SendRequest,
  dependencies: FrontendApiDependencies,
): Promise<void> {
  const isOver = await isEnded(
    request({ method: 'DELETE', path: '/client/sessions', credential }),
    saysAllOver,
  );
  // "No news" is also the answer where there is no client any more.
  if (isOver || (await askWhoIsBehind(request, dependencies, credential)) !== 'somebody') return;
  throw new MessageError('unavailable');
}

/** @throws {MessageError} When the server does not say that this session is over. */
async function endOne(id: string, credential: string, request: SendRequest): Promise<void> {
  const path = `/client/sessions/${encodeURIComponent(id)}/remove`;
  const isOver = await isEnded(request({ method: 'POST', path, credential }), (payload) =>
    saysSessionOver(payload, id),
  );
  if (!isOver) throw new MessageError('unavailable');
}

/** Does the server say that what is to be ended is over, or that it is there no more? Some proxy's 200 says nothing. */
async function isEnded(
  request: Promise<FrontendApiResponse>,
  saysOver: (payload: unknown) => boolean,
): Promise<boolean> {
  try {
    return saysOver((await request).payload);
  } catch (error) {
    if (saysGone(error)) return true;
    throw error;
  }
}

async function requestWithCare(
  init: Omit<FrontendApiRequest, 'signal'>,
  dependencies: FrontendApiDependencies,
  isOnce = false,
): Promise<FrontendApiResponse> {
  const { breaker, clock, createDeadline } = dependencies;
  if (!dependencies.isOnline()) throw new MessageError('offline');
  if (!(await dependencies.hasHostPermission())) throw new MessageError('host-permission-missing');
  breaker.check();
  const signal = createDeadline(DEADLINES_MS.frontendApi);
  const request = { ...init, signal };
  const mayRetry = !isOnce && !breaker.isTripped();
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
  if (isOfNoServer(response)) breaker.failed(askedAt);
  else breaker.succeeded();
  if (response.status >= 300) throw new FrontendApiError(response);
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
