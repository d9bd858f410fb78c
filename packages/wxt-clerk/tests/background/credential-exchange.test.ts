// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import {
  type ClerkRequest,
  keepCredential,
  sendCredential,
  sentCredential,
} from '../../src/shared/credential-exchange';
import type { CredentialStore } from '../../src/shared/credential-store';
import { createDisk, type Disk } from '../support/background/disk';
import { storesOf } from '../support/background/stores';

const TYPES = ['production', 'development'] as const;
type InstanceType = (typeof TYPES)[number];

let disk: Disk;
let store: CredentialStore;

beforeEach(() => {
  disk = createDisk();
  store = storesOf(disk, async (_, effect) => effect()).credentials;
});

function requestWith(credential: string | undefined, type: InstanceType) {
  const request: ClerkRequest & { url: URL } = {
    url: new URL('https://clerk.example.com/v1/client'),
    credentials: 'include',
    headers: { 'X-Other': 'kept' },
  };
  sendCredential(request, credential, type);
  return request;
}

const responseWith = (credential: string | null, type: InstanceType, status = 200) => {
  const name = type === 'development' ? 'Clerk-Db-Jwt' : 'Authorization';
  return new Response(status === 204 ? null : '{}', {
    status,
    headers: credential === null ? {} : { [name]: credential },
  });
};

describe('a request', () => {
  test('of a production instance carries the credential as Authorization, marked native', () => {
    const { url, headers } = requestWith('client-jwt', 'production');
    expect(new Headers(headers).get('Authorization')).toBe('Bearer client-jwt');
    expect(new Headers(headers).get('X-Other')).toBe('kept');
    expect(url.search).toBe('?_is_native=1');
  });

  test('of a development instance carries it in the query', () => {
    const { url, headers } = requestWith('dev-jwt', 'development');
    expect(url.search).toBe('?__clerk_db_jwt=dev-jwt');
    expect(new Headers(headers).has('Authorization')).toBe(false);
  });

  test.each(TYPES)('of a %s instance never carries cookies', (type) => {
    expect(requestWith('client-jwt', type).credentials).toBe('omit');
    expect(requestWith(undefined, type).credentials).toBe('omit');
  });

  test.each(TYPES)('of a %s instance carries nothing when there is none', (type) => {
    const { url, headers } = requestWith(undefined, type);
    expect(url.search).toBe('');
    expect(new Headers(headers).has('Authorization')).toBe(false);
  });

  test.each(TYPES)('of a %s instance tells what it carries', (type) => {
    expect(sentCredential(requestWith('client-jwt', type), type)).toBe('client-jwt');
    expect(sentCredential(requestWith(undefined, type), type)).toBeUndefined();
  });
});

describe.each(TYPES)('a response of a %s instance', (type) => {
  const answered = async (sent: string | undefined, received: string | null, status = 200) => {
    await keepCredential(requestWith(sent, type), responseWith(received, type, status), store, type);
    return disk.credential;
  };

  test('stores what it brings, with and without the scheme', async () => {
    expect(await answered(undefined, 'first-jwt')).toBe('first-jwt');
    expect(await answered('first-jwt', 'Bearer second-jwt')).toBe('second-jwt');
  });

  test('F16: forgets the credential only when it says so', async () => {
    disk.credential = 'client-jwt';
    expect(await answered('client-jwt', 'Bearer ')).toBeUndefined();
  });

  test.each([200, 204, 401, 404])('F16: of status %i that says so is believed', async (status) => {
    disk.credential = 'client-jwt';
    expect(await answered('client-jwt', 'Bearer', status)).toBeUndefined();
  });

  test.each([302, 429, 500, 502, 503])(
    'F16: of status %i, of a server in trouble or something in front of it, is not',
    async (status) => {
      disk.credential = 'client-jwt';
      expect(await answered('client-jwt', 'Bearer', status)).toBe('client-jwt');
    },
  );

  test.each([200, 404, 429, 500, 502])('F16: of status %i without the header keeps it', async (status) => {
    disk.credential = 'client-jwt';
    expect(await answered('client-jwt', null, status)).toBe('client-jwt');
  });

  test('F16: that never came keeps it', async () => {
    disk.credential = 'client-jwt';
    await keepCredential(requestWith('client-jwt', type), undefined, store, type);
    expect(disk.credential).toBe('client-jwt');
  });

  test.each([
    ['a sign-in', 'old-jwt', 'new-person-jwt', 'late-jwt', 'new-person-jwt'],
    ['a sign-in from nothing', undefined, 'new-person-jwt', 'late-jwt', 'new-person-jwt'],
    ['a sign-out', 'old-jwt', undefined, 'late-jwt', undefined],
    ['a sign-in, and says that the client is gone', 'old-jwt', 'new-person-jwt', 'Bearer ', 'new-person-jwt'],
    ['nothing', 'old-jwt', 'old-jwt', 'late-jwt', 'late-jwt'],
  ])(
    'that comes after %s changes only what its request had sent',
    async (_, sent, stored, received, kept) => {
      disk.credential = stored;
      expect(await answered(sent, received)).toBe(kept);
    },
  );

  test.each([
    ['one that is too long', 'x'.repeat(8193)],
    ['one that is too short', 'null'],
    ['one with a space', 'client jwt of two'],
    ['a list of two', 'Bearer client-jwt, Bearer other-jwt'],
  ])('C7: never puts %s in the place of a good one', async (_, received) => {
    disk.credential = 'client-jwt';
    expect(await answered('client-jwt', received)).toBe('client-jwt');
  });

  test('with the other instance type’s header changes nothing', async () => {
    disk.credential = 'client-jwt';
    const other = type === 'production' ? 'development' : 'production';
    await keepCredential(requestWith('client-jwt', type), responseWith('other-jwt', other), store, type);
    expect(disk.credential).toBe('client-jwt');
  });
});
