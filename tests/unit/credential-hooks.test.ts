import { beforeEach, describe, expect, test } from 'vitest';
import { attachCredential, type CredentialHooks } from '../../entrypoints/background/credential-hooks';
import type { CredentialStore } from '../../utils/credential-store';

type Before = Parameters<CredentialHooks['__internal_onBeforeRequest']>[0];
type After = Parameters<CredentialHooks['__internal_onAfterResponse']>[0];

const KEY = 'clerk.example.com|__clerk_client_jwt|v2';
let stored: Map<string, string>;

function hooksFor(instanceType: 'development' | 'production') {
  let before: Before = async () => {};
  let after: After = async () => {};
  const store: CredentialStore = {
    createKey: (...parts) => parts.join('|'),
    get: async <T>(key: string) => stored.get(key) as T | undefined,
    set: async (key, value) => void stored.set(key, value),
    remove: async (key) => void stored.delete(key),
  };
  const clerk: CredentialHooks = {
    __internal_onBeforeRequest: (callback) => {
      before = callback;
    },
    __internal_onAfterResponse: (callback) => {
      after = callback;
    },
  };
  attachCredential(clerk, store, KEY, instanceType);
  return { before, after };
}

const request = () => ({ url: new URL('https://clerk.example.com/v1/client'), headers: new Headers() });
const response = (headers: Record<string, string>, status = 200) => new Response('{}', { status, headers });

beforeEach(() => {
  stored = new Map();
});

describe('a production instance', () => {
  test('sends the credential as Authorization, marked native, without cookies', async () => {
    stored.set(KEY, 'client-jwt');
    const sent = { ...request(), credentials: 'include' as RequestCredentials };
    await hooksFor('production').before(sent);
    expect(new Headers(sent.headers).get('Authorization')).toBe('Bearer client-jwt');
    expect(sent.url.searchParams.get('_is_native')).toBe('1');
    expect(sent.credentials).toBe('omit');
  });

  test('sends nothing when there is none', async () => {
    const sent = request();
    await hooksFor('production').before(sent);
    expect(sent.url.search).toBe('');
    expect(sent.headers.has('Authorization')).toBe(false);
  });

  test.each(['Bearer new-jwt', 'new-jwt'])('stores what comes back as "%s"', async (header) => {
    await hooksFor('production').after(request(), response({ Authorization: header }));
    expect(stored.get(KEY)).toBe('new-jwt');
  });

  test('forgets the credential on an empty Bearer', async () => {
    stored.set(KEY, 'old');
    await hooksFor('production').after(request(), response({ Authorization: 'Bearer ' }));
    expect(stored.has(KEY)).toBe(false);
  });

  test('keeps it when the header is absent', async () => {
    stored.set(KEY, 'old');
    await hooksFor('production').after(request(), response({}));
    expect(stored.get(KEY)).toBe('old');
  });
});

describe('a development instance', () => {
  test('sends the credential in the query', async () => {
    stored.set(KEY, 'dev-jwt');
    const sent = request();
    await hooksFor('development').before(sent);
    expect(sent.url.searchParams.get('__clerk_db_jwt')).toBe('dev-jwt');
    expect(sent.headers.has('Authorization')).toBe(false);
  });

  test('stores what comes back', async () => {
    await hooksFor('development').after(request(), response({ 'Clerk-Db-Jwt': 'new' }));
    expect(stored.get(KEY)).toBe('new');
  });

  test.each([200, 404, 429, 500, 502])(
    'F16: a %i without the header keeps the credential',
    async (status) => {
      stored.set(KEY, 'old');
      await hooksFor('development').after(request(), response({}, status));
      expect(stored.get(KEY)).toBe('old');
    },
  );
});
