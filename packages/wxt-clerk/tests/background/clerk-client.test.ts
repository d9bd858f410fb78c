// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClerkClient } from '../../src/background/clerk-script/clerk-client';
import { createDisk, type Disk } from '../support/background/disk';
import { storesOf } from '../support/background/stores';

const config = vi.hoisted(() => ({ stripsOrigin: false }));
vi.mock('../../src/shared/config', () => config);

const fetching = vi.fn<typeof fetch>();
const realFetch = globalThis.fetch;
let disk: Disk;

beforeEach(() => {
  disk = createDisk();
  disk.credential = 'client-jwt';
  config.stripsOrigin = false;
  fetching.mockReset();
  globalThis.fetch = fetching;
});

afterEach(() => {
  globalThis.fetch = realFetch;
});

/** One request through Clerk's own client, and how it went out. */
async function send(answer: () => Response, credential?: string) {
  fetching.mockImplementation(async () => answer());
  const { credentials } = storesOf(disk, async (_, effect) => effect());
  const clerk = createClerkClient(`pk_live_${btoa('clerk.example.com$')}`, credentials);
  const { signal } = new AbortController();
  const init = { method: 'GET', path: '/client', signal } as const;
  const response = await clerk.request(credential === undefined ? init : { ...init, credential });
  const [, sent] = fetching.mock.calls[0] ?? [];
  return { response, sent, authorization: new Headers(sent?.headers).get('Authorization') };
}

const json = (headers: HeadersInit = {}, status = 200) =>
  Response.json({ response: null }, { headers, status });

test('a request goes into no cache, takes no cookie, and brings the stored credential', async () => {
  const { sent, authorization } = await send(() => json());
  expect(sent).toMatchObject({ cache: 'no-store', credentials: 'omit' });
  expect(authorization).toBe('Bearer client-jwt');
});

test('a credential that comes back is kept', async () => {
  await send(() => json({ Authorization: 'next-jwt' }));
  expect(disk.credential).toBe('next-jwt');
});

test('with a credential of its own: that goes out, and nothing that comes back is kept', async () => {
  const { authorization } = await send(() => json({ Authorization: 'next-jwt' }), 'sealed-jwt');
  expect(authorization).toBe('Bearer sealed-jwt');
  await send(() => json({ Authorization: 'Bearer' }), 'client-jwt');
  expect(disk.credential).toBe('client-jwt');
});

test.each([
  ['7', 7],
  ['0', 0],
  ['soon', null],
  ['Wed, 21 Oct 2026 07:28:00 GMT', null],
])('Retry-After %s is %s seconds', async (header, seconds) => {
  const { response } = await send(() => json({ 'Retry-After': header }, 429));
  expect(response).toMatchObject({ status: 429, retryAfterSeconds: seconds });
});

test.each([
  ['live', true, '1'],
  ['live', false, null],
  ['test', true, null],
] as const)(
  'without a credential the first request of a sign-in, pk_%s, Origin taken off: %s, is native: %s',
  async (type, stripsOrigin, isNative) => {
    config.stripsOrigin = stripsOrigin;
    disk.credential = undefined;
    fetching.mockImplementation(async () => json());
    const { credentials } = storesOf(disk, async (_, effect) => effect());
    const clerk = createClerkClient(`pk_${type}_${btoa('clerk.example.com$')}`, credentials);
    const body = { strategy: 'oauth_google' };
    await clerk.request({
      method: 'POST',
      path: '/client/sign_ins',
      body,
      signal: new AbortController().signal,
    });
    const [address] = fetching.mock.calls[0] ?? [];
    expect(new URL(String(address)).searchParams.get('_is_native')).toBe(isNative);
  },
);
