// @vitest-environment node
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createCircuitBreaker } from '../../src/background/circuit-breaker';
import type {
  ClerkClient,
  FrontendApiRequest,
  FrontendApiResponse,
} from '../../src/background/clerk-script/clerk-client';
import { createRequests } from '../../src/background/clerk-script/requests';
import { createOnce } from '../../src/background/create-once';
import { createFrontendApi, type FrontendApi, type TokenRequest } from '../../src/background/frontend-api';
import { bodyOf } from '../../src/messages/message-error';
import { ADA } from '../support/background/people';
import { fakeJwt } from '../support/fake-jwt';

const JWT = fakeJwt({ sid: 'sess_1', sub: ADA.userId, iat: 1000, exp: 1060 });

const asked: TokenRequest = {
  user: { ...ADA, sessionId: 'sess_1' },
  organizationId: null,
  template: undefined,
  skipCache: false,
  lastToken: undefined,
};

const request = vi.fn<(init: FrontendApiRequest) => Promise<FrontendApiResponse>>();
const create = vi.fn<() => Promise<ClerkClient>>();
const createDeadline = vi.fn((_: number) => new AbortController().signal);
let api: FrontendApi;
let isOnline: boolean;

const answer = (status: number, payload: unknown = { jwt: JWT }) => ({
  status,
  payload,
  retryAfterSeconds: null,
});
const sent = () => request.mock.calls.map(([{ signal: _, ...init }]) => init);

beforeEach(() => {
  request.mockReset().mockResolvedValue(answer(200));
  create.mockReset().mockResolvedValue({ request });
  createDeadline.mockClear();
  isOnline = true;
  api = createApi('production');
});

function createApi(instanceType: 'production' | 'development'): FrontendApi {
  const clock = { wall: () => 0, monotonic: () => 0, wait: async () => {} };
  return createFrontendApi({
    loadRequests: async () => createRequests,
    getClerk: createOnce(create),
    instanceType,
    breaker: createCircuitBreaker(clock),
    clock,
    isOnline: () => isOnline,
    hasHostPermission: async () => true,
    createDeadline,
  });
}

describe('a request for a token', () => {
  test.each<[string, Partial<TokenRequest>, object]>([
    [
      'of the personal account',
      {},
      { path: '/client/sessions/sess_1/tokens', search: {}, body: { organizationId: '' } },
    ],
    [
      'of an organization',
      { organizationId: 'org_1' },
      { path: '/client/sessions/sess_1/tokens', search: {}, body: { organizationId: 'org_1' } },
    ],
    [
      'of a template',
      { template: 'api', organizationId: 'org_1' },
      { path: '/client/sessions/sess_1/tokens/api', search: {} },
    ],
    [
      'past the server’s cache',
      { skipCache: true },
      {
        path: '/client/sessions/sess_1/tokens',
        search: { debug: 'skip_cache' },
        body: { organizationId: '' },
      },
    ],
    [
      'of a template with a slash',
      { template: 'a/b' },
      { path: '/client/sessions/sess_1/tokens/a%2Fb', search: {} },
    ],
  ])('%s', async (_, changes, init) => {
    expect((await api.fetchToken({ ...asked, ...changes })).token).toBe(JWT);
    expect(sent()).toEqual([{ method: 'POST', ...init }]);
  });

  test('ends within 18 s: less than the router waits', async () => {
    await api.fetchToken(asked);
    expect(createDeadline).toHaveBeenCalledWith(18_000);
  });

  test('F8: with the last token, once, when the server wants to see it', async () => {
    request.mockResolvedValue(answer(422, { errors: [{ code: 'missing_expired_token' }] }));
    await expect(api.fetchToken({ ...asked, skipCache: true, lastToken: 'old' })).rejects.toMatchObject({
      status: 422,
    });
    expect(sent().map(({ search }) => search)).toEqual([
      { debug: 'skip_cache' },
      { debug: 'skip_cache', expired_token: 'old' },
    ]);
  });
});

const clientWith = (...sessions: { id: string; status: string }[]) => ({
  response: { object: 'client', sessions, last_active_session_id: null },
});
const removed = ({ path }: FrontendApiRequest) =>
  answer(200, { response: { id: path.split('/')[3], status: 'removed' }, client: null });

describe('the end of all sessions of a client', () => {
  const endAll = () => api.endSessions('sealed-jwt', 'all');

  test('is one request, with a given credential', async () => {
    request.mockResolvedValue(answer(200, clientWith({ id: 'sess_1', status: 'removed' })));
    await endAll();
    expect(sent()).toEqual([{ method: 'DELETE', path: '/client/sessions', credential: 'sealed-jwt' }]);
  });

  test.each([
    null,
    '',
    '<html>',
    {},
    [],
    { response: null, client: null },
    clientWith({ id: 'sess_1', status: 'active' }),
  ])('is not done by a 200 that says %j', async (payload) => {
    request.mockResolvedValue(answer(200, payload));
    await expect(endAll()).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('is done by a 200 that says nothing, where nobody is behind the credential', async () => {
    request.mockImplementation(async ({ path }) =>
      path === '/me'
        ? answer(401, { errors: [{ code: 'authentication_invalid' }] })
        : answer(200, { response: null, client: null }),
    );
    await endAll();
    expect(sent().map(({ path, credential }) => [path, credential])).toEqual([
      ['/client/sessions', 'sealed-jwt'],
      ['/me', 'sealed-jwt'],
    ]);
  });

  test.each([400, 401, 403, 404, 422, 429, 500])(
    'that the server refuses (%i) is a failure',
    async (status) => {
      request.mockResolvedValue(answer(status));
      await expect(endAll()).rejects.toMatchObject({ status });
    },
  );

  test('in production takes all, whoever is named: nobody else is on the client', async () => {
    request.mockResolvedValue(answer(200, clientWith()));
    await api.endSessions('sealed-jwt', ['sess_1']);
    expect(sent().map(({ method }) => method)).toEqual(['DELETE']);
  });
});

describe('the end of those sessions of a development instance that are named', () => {
  const endTwo = () => api.endSessions('sealed-jwt', ['sess_1', 'sess_2']);

  beforeEach(() => {
    api = createApi('development');
  });

  test('is a request for each', async () => {
    request.mockImplementation(async (init) => removed(init));
    await endTwo();
    expect(sent().map(({ path }) => path)).toEqual([
      '/client/sessions/sess_1/remove',
      '/client/sessions/sess_2/remove',
    ]);
    expect(sent().every(({ credential }) => credential === 'sealed-jwt')).toBe(true);
  });

  test.each([
    [401, 'signed_out'],
    [404, 'resource_not_found'],
  ])(
    'that are gone already (%i %s) is no failure, and the next one is ended all the same',
    async (status, code) => {
      request.mockResolvedValue(answer(status, { errors: [{ code }] }));
      await endTwo();
      expect(request).toHaveBeenCalledTimes(2);
    },
  );

  test.each([
    null,
    { response: null, client: null },
    { response: { id: 'sess_1', status: 'active' } },
    { response: { id: 'sess_3', status: 'removed' } },
    clientWith(),
  ])('is not done by a 200 that says %j', async (payload) => {
    request.mockResolvedValue(answer(200, payload));
    await expect(endTwo()).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a request that comes to nothing', () => {
  test('F10: offline before it is sent creates no Clerk client', async () => {
    isOnline = false;
    await expect(api.fetchToken(asked)).rejects.toMatchObject({ code: 'offline' });
    expect(create).not.toHaveBeenCalled();
  });

  test('F10: offline while it is on its way is offline, and no trouble of the server', async () => {
    request.mockImplementationOnce(async () => {
      isOnline = false;
      throw new TypeError('Failed to fetch');
    });
    await expect(api.fetchToken(asked)).rejects.toMatchObject({ code: 'offline' });
    isOnline = true;
    expect((await api.fetchToken(asked)).token).toBe(JWT);
  });

  test.each([400, 401, 404, 429])(
    'a %i is not tried again by itself, and is no trouble of the server',
    async (status) => {
      request.mockResolvedValueOnce(answer(status));
      await expect(api.fetchToken(asked)).rejects.toMatchObject({ status });
      expect(request).toHaveBeenCalledTimes(1);
      expect((await api.fetchToken(asked)).token).toBe(JWT);
    },
  );

  test('a Clerk client that cannot be created is no trouble of the server’s, and created at the next call', async () => {
    create.mockRejectedValueOnce(new Error('script'));
    await expect(api.fetchToken(asked)).rejects.toThrow('script');
    expect((await api.fetchToken(asked)).token).toBe(JWT);
    expect(create).toHaveBeenCalledTimes(2);
  });

  test('its text never leaves: only the code does', async () => {
    request.mockRejectedValue(new TypeError('https://host/?__clerk_db_jwt=secret'));
    const error = await api.fetchToken(asked).catch((e) => e);
    expect(JSON.stringify(bodyOf(error))).not.toContain('secret');
  });
});

test('a request for a resource is sent once: it may carry what is good for one request', async () => {
  const init = {
    method: 'GET',
    path: '/client/sign_ins/sia_1',
    search: { rotating_token_nonce: 'nonce_1' },
  } as const;
  request.mockRejectedValue(new TypeError('Failed to fetch'));
  await expect(api.fetchResource(init)).rejects.toMatchObject({ code: 'unavailable' });
  expect(sent()).toEqual([init]);
});
