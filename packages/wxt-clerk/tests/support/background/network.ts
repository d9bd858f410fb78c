import type {
  ClerkClient,
  FrontendApiRequest,
  FrontendApiResponse,
} from '../../../src/background/clerk-client';
import {
  type ClerkRequest,
  keepCredential,
  sendCredential,
  sentCredential,
} from '../../../src/shared/credential-exchange';
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
  isOnline: boolean;
  /** One way and back, in milliseconds. */
  latencyMs: number;
  trouble: (asked: Asked) => Trouble | undefined;
  /** Every request that left the computer, first to last. */
  requests: Asked[];
  count(kind?: Kind): number;
  /** A Clerk client of this network, with the real credential exchange on a given store. */
  createClerk(store: CredentialStore): ClerkClient;
}

export interface NetworkOptions {
  server: FakeServer;
  time: FakeTime;
  instanceType: PublishableKey['instanceType'];
}

/** A network that works, to one server. */
export function createNetwork({ server, time, instanceType }: NetworkOptions): Network {
  const requests: Asked[] = [];

  async function send(asked: Asked): Promise<Answer> {
    const trouble = network.trouble(asked);
    if (trouble === 'hang') return never();
    const halfMs = network.latencyMs / 2;
    await wait(halfMs + (typeof trouble === 'object' ? (trouble.delayMs ?? 0) : 0));
    if (trouble === 'drop' || !network.isOnline) throw new TypeError('Failed to fetch');
    const answer =
      typeof trouble === 'object' && trouble.status !== undefined
        ? { payload: null, ...trouble, status: trouble.status }
        : server.answer({ ...asked, at: time.now() });
    await wait(halfMs);
    if (trouble === 'drop-answer' || !network.isOnline) throw new TypeError('Failed to fetch');
    return answer;
  }

  async function request(init: FrontendApiRequest, store: CredentialStore): Promise<FrontendApiResponse> {
    const sent: ClerkRequest & { url: URL } = { url: new URL(`https://clerk.example.com/v1${init.path}`) };
    for (const [name, value] of Object.entries(init.search ?? {})) sent.url.searchParams.set(name, value);
    sendCredential(sent, init.credential ?? (await store.read()), instanceType);
    if (!network.isOnline) throw new TypeError('Failed to fetch');
    const asked = askedOf(init, sent.url.searchParams, sentCredential(sent, instanceType), time.now());
    requests.push(asked);
    const answer = await abortable(send(asked), init.signal);
    if (init.credential === undefined) {
      await keepCredential(sent, { headers: headersOf(answer, instanceType) }, store, instanceType);
    }
    const { status, payload, retryAfterSeconds = null } = answer;
    return { status, payload, retryAfterSeconds };
  }

  const wait = (ms: number) =>
    ms > 0 ? new Promise<void>((resolve) => time.after(ms, resolve)) : Promise.resolve();
  const network: Network = {
    isOnline: true,
    latencyMs: 0,
    trouble: () => undefined,
    requests,
    count: (kind) => requests.filter((asked) => kind === undefined || asked.kind === kind).length,
    createClerk: (store) => ({ request: (init) => request(init, store) }),
  };
  return network;
}

/** What a stopped background waits for. */
export function never(): Promise<never> {
  return new Promise(() => {});
}

function askedOf(
  { method, path, body = {} }: FrontendApiRequest,
  search: URLSearchParams,
  credential: string | undefined,
  at: number,
): Asked {
  return { kind: kindOf(path), method, path, credential, search, body, at };
}

function kindOf(path: string): Kind {
  if (path === '/client') return 'client';
  if (path === '/me') return 'me';
  return path.includes('/tokens') ? 'token' : 'end';
}

function headersOf({ credential }: Answer, instanceType: PublishableKey['instanceType']): Headers {
  const headers = new Headers();
  if (credential !== undefined && instanceType === 'development') headers.set('Clerk-Db-Jwt', credential);
  if (credential !== undefined && instanceType === 'production') headers.set('Authorization', credential);
  return headers;
}

function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
