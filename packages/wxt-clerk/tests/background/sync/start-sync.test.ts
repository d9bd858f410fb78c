import { beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { AuthServiceDependencies } from '../../../src/background/auth-service';
import { startSync } from '../../../src/background/sync/start-sync';
import { createSyncedAuthService } from '../../../src/background/sync/synced-auth';
import type { WebAppConfig } from '../../../src/shared/web-app-config';

vi.mock('../../../src/background/sync/synced-auth', () => ({ createSyncedAuthService: vi.fn() }));

const config: WebAppConfig = {
  instanceType: 'production',
  query: { url: 'https://clerk.example.com', storeId: '0', partitionKey: {} },
  hosts: ['https://clerk.example.com/*', 'https://example.com/*'],
  cookieSuffix: 'AbCd1234',
  signOut: 'with-web-app',
};

const webAppChanged = vi.fn();
let tell: (change: object) => void;
let grant: () => void;

beforeEach(() => {
  fakeBrowser.reset();
  webAppChanged.mockReset();
  vi.mocked(createSyncedAuthService).mockReturnValue({ webAppChanged } as never);
  const listener = (set: (callback: never) => void) => ({ addListener: set });
  Object.assign(fakeBrowser.cookies, {
    onChanged: listener((callback) => {
      tell = callback;
    }),
  });
  Object.assign(fakeBrowser.permissions, {
    onAdded: listener((callback) => {
      grant = callback;
    }),
  });
  const key = { instanceType: 'production', frontendApi: 'clerk.example.com' } as const;
  startSync({} as AuthServiceDependencies, key, config);
});

const change = (cookie: object, rest: object = {}) =>
  tell({
    cause: 'explicit',
    removed: false,
    ...rest,
    cookie: { domain: '.example.com', hostOnly: false, storeId: '0', value: '', ...cookie },
  });

test('a cookie of the web app is followed, with what it says', () => {
  change({ name: '__client_uat', value: '1700000000' });
  change({ name: '__client_uat_AbCd1234', value: '0' });
  change({ name: '__client', domain: 'clerk.example.com', hostOnly: true, value: 'a credential' });
  expect(webAppChanged.mock.calls).toEqual([[1_700_000_000], [0], [null]]);
});

test('one that is gone says nothing of when', () => {
  change({ name: '__client_uat', value: '1700000000' }, { removed: true, cause: 'expired' });
  expect(webAppChanged.mock.calls).toEqual([[null]]);
});

test.each([
  [{ name: '__session', domain: 'example.com', hostOnly: true }, {}],
  [{ name: '_ga' }, {}],
  [{ name: '__client_uat', storeId: '1', value: '1' }, {}],
  [
    { name: '__client_uat', value: '1' },
    { removed: true, cause: 'overwrite' },
  ],
])('%j %j is nothing to it', (cookie, rest) => {
  change(cookie, rest);
  expect(webAppChanged).not.toHaveBeenCalled();
});

test('a host that is granted again is looked at', () => {
  grant();
  expect(webAppChanged).toHaveBeenCalledOnce();
});
