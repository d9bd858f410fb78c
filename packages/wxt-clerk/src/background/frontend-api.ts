import { MessageError, toMessageError } from '../messages/message-error';
import { DEADLINES_MS } from '../shared/deadline';
import type { PublishableKey } from '../shared/publishable-key';
import type { CircuitBreaker } from './circuit-breaker';
import type { ClerkClient, FrontendApiRequest, FrontendApiResponse } from './clerk-script/clerk-client';
import type { createRequests, Requests } from './clerk-script/requests';
import type { Clock } from './clock';
import { createOnce } from './create-once';
import { FrontendApiError, isOfNoServer, NoNewsError } from './frontend-api-error';
import { QUICK_RETRY_MS } from './throttles';

export type { Choice } from './clerk-script/choose-session';
export type { EndedHow, ResourceRequest, TokenRequest } from './clerk-script/requests';

/** The few requests that the background makes. Each ends within its deadline, with a value or a coded error. */
export type FrontendApi = Requests;

export interface FrontendApiDependencies {
  /** The requests themselves, which are in the script of Clerk's: nothing of them is needed on waking. */
  loadRequests(): Promise<typeof createRequests>;
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
  const load = createOnce(async () => {
    const createRequests = await dependencies.loadRequests();
    return createRequests({
      send: (init, isOnce) => requestWithCare(init, dependencies, isOnce),
      fail: (code) => (code === 'no-news' ? new NoNewsError() : new MessageError(code)),
      instanceType: dependencies.instanceType,
    });
  });
  const ask = <Name extends keyof Requests>(name: Name) =>
    (async (...asked: unknown[]) => {
      const request = (await load())[name] as (...asked: unknown[]) => Promise<unknown>;
      return request(...asked);
    }) as Requests[Name];
  return {
    fetchSignedIn: ask('fetchSignedIn'),
    askWhoIsBehind: ask('askWhoIsBehind'),
    askWhoIsSignedIn: ask('askWhoIsSignedIn'),
    fetchToken: ask('fetchToken'),
    fetchResource: ask('fetchResource'),
    touchSession: ask('touchSession'),
    chooseSession: ask('chooseSession'),
    fetchMemberships: ask('fetchMemberships'),
    checkAuthorization: ask('checkAuthorization'),
    tellSignOuts: ask('tellSignOuts'),
    endSession: ask('endSession'),
    endSessions: ask('endSessions'),
    endNamedSessions: ask('endNamedSessions'),
  };
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
