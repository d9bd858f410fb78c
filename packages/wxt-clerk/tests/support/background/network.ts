import { type ClerkClient, createClerkClient } from '../../../src/background/clerk-script/clerk-client';
import type { CredentialStore } from '../../../src/shared/credential-store';
import type { PublishableKey } from '../../../src/shared/publishable-key';
import type { Answer, Asked, FakeServer, Kind } from './fake-server';
import type { FakeTime } from './fake-time';

/**
 * What happens to a request instead of its answer: another answer, a delay before the server does anything, nothing at
 * all, or a connection that breaks before or after the server did it.
 */
export type Trouble = (Partial<Answer> & { delayMs?: number }) | 'hang' | 'drop' | 'drop-answer';

/** The network between the background and the server. */
export interface Network {
  readonly instanceType: PublishableKey['instanceType'];
  isOnline: boolean;
  /** One way and back, in milliseconds. */
  latencyMs: number;
  trouble: (asked: Asked) => Trouble | undefined;
  /** Every request that left the computer, first to last. */
  requests: Asked[];
  count(kind?: Kind): number;
  /** Told of every answer that reached the computer. */
  onAnswer: (asked: Asked, answer: Answer) => void;
  /** The background's own Clerk client, on this network. */
  createClerk(store: CredentialStore): ClerkClient;
}

export interface NetworkOptions {
  server: FakeServer;
  time: FakeTime;
  instanceType: PublishableKey['instanceType'];
}

// Clerk uses the one global `fetch`: the signal says which world a request is of.
const worlds = new WeakMap<AbortSignal, typeof fetch>();
const fetchInItsWorld: typeof fetch = (url, init) => {
  const inWorld = init?.signal && worlds.get(init.signal);
  if (!inWorld) throw new Error(`A request of no world: ${url}`);
  return inWorld(url, init);
};

/** A network that works, to one server. */
export function createNetwork({ server, time, instanceType }: NetworkOptions): Network {
  const requests: Asked[] = [];
  const prefix = instanceType === 'production' ? 'pk_live_' : 'pk_test_';
  const publishableKey = `${prefix}${btoa('clerk.example.com$')}`;

  async function send(asked: Asked): Promise<Answer> {
    const trouble = network.trouble(asked);
    if (trouble === 'hang') return never();
    const halfMs = network.latencyMs / 2;
    await wait(halfMs + (typeof trouble === 'object' ? (trouble.delayMs ?? 0) : 0));
    if (trouble === 'drop' || !network.isOnline) throw new TypeError('Failed to fetch');
    const isOther = typeof trouble === 'object' && trouble.status !== undefined;
    const answer = isOther
      ? { payload: null, ...trouble, status: trouble.status as number }
      : server.answer({ ...asked, at: time.now() });
    await wait(halfMs);
    if (trouble === 'drop-answer' || !network.isOnline) throw new TypeError('Failed to fetch');
    network.onAnswer(asked, answer);
    return answer;
  }

  const fetchHere: typeof fetch = async (url, init = {}) => {
    if (!network.isOnline) throw new TypeError('Failed to fetch');
    const asked = askedOf(new URL(String(url)), init, instanceType, time.now());
    requests.push(asked);
    return responseOf(await abortable(send(asked), init.signal), instanceType);
  };

  const wait = (ms: number) =>
    ms > 0 ? new Promise<void>((resolve) => time.after(ms, resolve)) : Promise.resolve();
  const network: Network = {
    instanceType,
    isOnline: true,
    latencyMs: 0,
    trouble: () => undefined,
    requests,
    count: (kind) => requests.filter((asked) => kind === undefined || asked.kind === kind).length,
    onAnswer: () => {},
    createClerk(store) {
      globalThis.fetch = fetchInItsWorld;
      const clerk = createClerkClient(publishableKey, store);
      return {
        request(init) {
          worlds.set(init.signal, fetchHere);
          return clerk.request(init);
        },
      };
    },
  };
  return network;
}

/** What a stopped background waits for. */
export function never(): Promise<never> {
  return new Promise(() => {});
}

/** Reads a request as it goes out: Clerk sends forms, and each method but GET and POST in the query. */
function askedOf(
  { pathname, searchParams: search }: URL,
  { method = 'GET', headers, body }: RequestInit,
  instanceType: PublishableKey['instanceType'],
  at: number,
): Asked {
  const path = pathname.replace('/v1', '');
  const authorization = new Headers(headers).get('Authorization')?.replace('Bearer ', '');
  return {
    kind: kindOf(path),
    method: search.get('_method') ?? method,
    path,
    credential: (instanceType === 'production' ? authorization : search.get('__clerk_db_jwt')) ?? undefined,
    search,
    body: Object.fromEntries(new URLSearchParams(String(body ?? ''))),
    at,
  };
}

function kindOf(path: string): Kind {
  if (path === '/client') return 'client';
  if (path === '/me') return 'me';
  if (path === '/me/organization_memberships') return 'memberships';
  if (path.endsWith('/touch')) return 'touch';
  return path.includes('/tokens') ? 'token' : 'end';
}

const BODILESS = [204, 205, 304];

function responseOf(
  { status, payload, headers: others, retryAfterSeconds, credential }: Answer,
  instanceType: PublishableKey['instanceType'],
): Response {
  const headers = new Headers(others);
  if (retryAfterSeconds !== undefined) headers.set('Retry-After', String(retryAfterSeconds));
  if (credential !== undefined)
    headers.set(instanceType === 'production' ? 'Authorization' : 'Clerk-Db-Jwt', credential);
  // A text is a body as it is; anything else is JSON.
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return new Response(BODILESS.includes(status) ? null : body, { status, headers });
}

function abortable<T>(work: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
