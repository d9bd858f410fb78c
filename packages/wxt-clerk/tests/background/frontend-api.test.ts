// @vitest-environment node
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createCircuitBreaker } from '../../src/background/circuit-breaker';
import type { ClerkClient, FrontendApiRequest, FrontendApiResponse } from '../../src/background/clerk-client';
import { createOnce } from '../../src/background/create-once';
import { createFrontendApi, type FrontendApi, type TokenRequest } from '../../src/background/frontend-api';

const asked: TokenRequest = {
  sessionId: 'sess_1',
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

const answer = (status: number, payload: unknown = { jwt: 'a.b.c' }) => ({
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
  const clock = { wall: () => 0, monotonic: () => 0, wait: async () => {} };
  api = createFrontendApi({
    getClerk: createOnce(create),
    instanceType: 'production',
    breaker: createCircuitBreaker(clock),
    clock,
    isOnline: () => isOnline,
    hasHostPermission: async () => true,
    createDeadline,
  });
});

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
    expect(await api.fetchToken({ ...asked, ...changes })).toBe('a.b.c');
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

describe('the end of sessions', () => {
  beforeEach(() => {
    request.mockResolvedValue(answer(200, { response: null }));
  });

  test('all of a client, with a given credential', async () => {
    await api.endSessions('sealed-jwt', 'all');
    expect(sent()).toEqual([{ method: 'DELETE', path: '/client/sessions', credential: 'sealed-jwt' }]);
  });

  test('those that are named, each by itself', async () => {
    await api.endSessions('sealed-jwt', ['sess_1', 'sess_2']);
    expect(sent().map(({ path }) => path)).toEqual([
      '/client/sessions/sess_1/remove',
      '/client/sessions/sess_2/remove',
    ]);
    expect(sent().every(({ credential }) => credential === 'sealed-jwt')).toBe(true);
  });

  test.each([401, 404])(
    'that are gone already (%i) is no failure, and the next one is ended all the same',
    async (status) => {
      request.mockResolvedValue(answer(status));
      await api.endSessions('sealed-jwt', ['sess_1', 'sess_2']);
      expect(request).toHaveBeenCalledTimes(2);
    },
  );

  test.each([null, '', '<html>', {}, []])(
    'that %j is the answer to, some proxy’s 200, is a failure',
    async (payload) => {
      request.mockResolvedValue(answer(200, payload));
      await expect(api.endSessions('sealed-jwt', 'all')).rejects.toMatchObject({ code: 'unavailable' });
    },
  );

  test.each([400, 403, 422, 429, 500])('that the server refuses (%i) is a failure', async (status) => {
    request.mockResolvedValue(answer(status));
    await expect(api.endSessions('sealed-jwt', 'all')).rejects.toMatchObject({ status });
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
    expect(await api.fetchToken(asked)).toBe('a.b.c');
  });

  test.each([400, 401, 404, 429])(
    'a %i is not tried again by itself, and is no trouble of the server',
    async (status) => {
      request.mockResolvedValueOnce(answer(status));
      await expect(api.fetchToken(asked)).rejects.toMatchObject({ status });
      expect(request).toHaveBeenCalledTimes(1);
      expect(await api.fetchToken(asked)).toBe('a.b.c');
    },
  );

  test('a Clerk client that cannot be created is no trouble of the server’s, and created at the next call', async () => {
    create.mockRejectedValueOnce(new Error('script'));
    await expect(api.fetchToken(asked)).rejects.toThrow('script');
    expect(await api.fetchToken(asked)).toBe('a.b.c');
    expect(create).toHaveBeenCalledTimes(2);
  });

  test('its text never leaves: only the code does', async () => {
    request.mockRejectedValue(new TypeError('https://host/?__clerk_db_jwt=secret'));
    const error = await api.fetchToken(asked).catch((e) => e);
    expect(JSON.stringify(error.toBody())).not.toContain('secret');
  });
});
