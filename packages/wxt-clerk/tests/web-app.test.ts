import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { changedAtOf, isOfWebApp, webAppOf } from '../src/shared/web-app';
import type { WebAppConfig } from '../src/shared/web-app-config';
import { fakeJwt } from './support/fake-jwt';

const production: WebAppConfig = {
  instanceType: 'production',
  query: { url: 'https://clerk.example.com', storeId: '0', partitionKey: {} },
  hosts: ['https://clerk.example.com/*', 'https://example.com/*'],
  cookieSuffix: 'AbCd1234',
  signOut: 'with-web-app',
};
const development: WebAppConfig = {
  ...production,
  instanceType: 'development',
  query: { ...production.query, url: 'http://localhost' },
  hosts: ['http://localhost/*'],
};

const credential = (client: string, n = 1) => fakeJwt({ id: client, rotating_token: `rot_${n}` });

type Cookie = Parameters<typeof isOfWebApp>[0];

function cookie(changes: Partial<Cookie> = {}): Cookie {
  return {
    name: '__client',
    value: credential('client_1'),
    domain: 'clerk.example.com',
    hostOnly: true,
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'lax',
    session: true,
    storeId: '0',
    ...changes,
  } as Cookie;
}

const uat = (value: string, changes: Partial<Cookie> = {}) =>
  cookie({ name: '__client_uat', value, domain: '.example.com', hostOnly: false, ...changes });
const dbJwt = (value: string, changes: Partial<Cookie> = {}) =>
  cookie({ name: '__clerk_db_jwt', value, domain: 'localhost', secure: false, ...changes });

const getAll = vi.fn<(query: object) => Promise<Cookie[]>>();
const set = vi.fn<(details: object) => Promise<void>>();

beforeEach(() => {
  fakeBrowser.reset();
  getAll.mockReset();
  set.mockReset().mockResolvedValue();
  Object.assign(fakeBrowser.cookies, { getAll, set });
  Object.assign(fakeBrowser.permissions, { contains: async () => true });
});

const readWith = (cookies: Cookie[], config = production) => {
  getAll.mockResolvedValue(cookies);
  return webAppOf(config).read();
};

describe('the web app’s client', () => {
  test('is in its cookies, with the time of its last change', async () => {
    expect(await readWith([cookie(), uat('1700000000')])).toEqual({
      credential: credential('client_1'),
      changedAt: 1_700_000_000,
    });
    expect(getAll).toHaveBeenCalledWith({ url: 'https://clerk.example.com', storeId: '0', partitionKey: {} });
  });

  test('is nobody’s when the web app says so, and without its cookie', async () => {
    expect(await readWith([cookie(), uat('0')])).toBeNull();
    expect(await readWith([uat('1700000000')])).toBeNull();
    expect(await readWith([])).toBeNull();
  });

  test('may be somebody’s where the web app does not say', async () => {
    expect(await readWith([cookie()])).toMatchObject({ changedAt: null });
    expect(await readWith([cookie(), uat('soon')])).toMatchObject({ changedAt: null });
  });

  test('with a development key is waited for where its time is just being written anew', async () => {
    const own = dbJwt('dev_browser_1');
    const time = uat('0', { domain: 'localhost', hostOnly: true });
    getAll.mockResolvedValueOnce([own]).mockResolvedValueOnce([own, time]);
    expect(await webAppOf(development).read()).toBeNull();
    expect(await readWith([own], development)).toEqual({ credential: 'dev_browser_1', changedAt: null });
  });

  test('is no value that can be no credential', async () => {
    expect(await readWith([cookie({ value: 'x' })])).toBeNull();
    expect(await readWith([cookie({ value: 'a line\nbreak in it' })])).toBeNull();
  });

  test('is the one of this instance where several share a host', async () => {
    const cookies = [
      dbJwt('of-another-instance'),
      dbJwt('of-this-instance', { name: '__clerk_db_jwt_AbCd1234' }),
      uat('0', { domain: 'localhost', hostOnly: true }),
      uat('1700000000', { name: '__client_uat_AbCd1234', domain: 'localhost', hostOnly: true }),
    ];
    expect(await readWith(cookies, development)).toEqual({
      credential: 'of-this-instance',
      changedAt: 1_700_000_000,
    });
  });

  test('with a production key is not what a development one would be, nor the other way round', async () => {
    expect(await readWith([dbJwt('dev_browser_1', { domain: 'clerk.example.com' })])).toBeNull();
    expect(await readWith([cookie({ domain: 'localhost' })], development)).toBeNull();
  });

  test.each<[string, Partial<Cookie>]>([
    ['another site’s page has in a frame', { partitionKey: { topLevelSite: 'https://other.example' } }],
    [
      'its own page has in a frame of another site’s',
      { partitionKey: { topLevelSite: 'https://example.com', hasCrossSiteAncestor: true } },
    ],
    ['another first party has', { firstPartyDomain: 'other.example' }],
    ['another host has', { domain: 'www.example.com' }],
  ])('is none that %s', async (_, changes) => {
    expect(await readWith([cookie(changes)])).toBeNull();
  });

  test.each<[string, Partial<Cookie>]>([
    ['partitioned cookies', { partitionKey: { topLevelSite: 'https://example.com' } }],
    ['first-party isolation', { firstPartyDomain: 'example.com' }],
    ['a cookie of the whole domain', { domain: '.example.com', hostOnly: false }],
  ])('is found with %s', async (_, changes) => {
    expect(await readWith([cookie(changes)])).toMatchObject({ credential: credential('client_1') });
  });

  test('that may not be looked for is an error of its own, and not nobody', async () => {
    Object.assign(fakeBrowser.permissions, { contains: async () => false });
    // Firefox finds nothing, Chrome refuses.
    await expect(readWith([])).rejects.toMatchObject({ code: 'host-permission-missing' });
    getAll.mockRejectedValue(new Error('No host permissions for cookies'));
    await expect(webAppOf(production).read()).rejects.toMatchObject({ code: 'host-permission-missing' });
  });

  test('is in no error', async () => {
    const secret = credential('client_1');
    getAll.mockRejectedValue(new Error(`Could not read ${secret}`));
    const error = await webAppOf(production)
      .read()
      .catch((reason) => reason);
    expect(error).toMatchObject({ code: 'internal' });
    expect(`${error.message} ${error.stack} ${error.cause?.message} ${error.cause?.stack}`).not.toContain(
      secret,
    );
  });
});

describe('its credential’s successor', () => {
  test('takes its place in the cookie, which stays as it is otherwise', async () => {
    getAll.mockResolvedValue([
      cookie({
        session: false,
        expirationDate: 1_900_000_000,
        firstPartyDomain: 'example.com',
      } as Partial<Cookie>),
    ]);
    expect(await webAppOf(production).renew(credential('client_1'), credential('client_1', 2))).toBe(true);
    expect(set).toHaveBeenCalledWith({
      url: 'https://clerk.example.com',
      name: '__client',
      value: credential('client_1', 2),
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
      storeId: '0',
      expirationDate: 1_900_000_000,
      firstPartyDomain: 'example.com',
    });
  });

  test.each<[string, string, string | undefined]>([
    ['of another client', credential('client_1'), credential('client_2')],
    ['that says nothing of a client', credential('client_1'), 'no JWT at all'],
    ['that is none', credential('client_1'), undefined],
    ['of one that is no longer there', credential('client_3'), credential('client_3', 2)],
  ])('%s does not', async (_, sent, received) => {
    getAll.mockResolvedValue([cookie()]);
    expect(await webAppOf(production).renew(sent, received)).toBe(false);
    expect(set).not.toHaveBeenCalled();
  });

  test('with a development key does not: its pages say which dev browser they are', async () => {
    const value = credential('dvb_1');
    getAll.mockResolvedValue([dbJwt(value)]);
    expect(await webAppOf(development).renew(value, credential('dvb_1', 2))).toBe(false);
    expect(set).not.toHaveBeenCalled();
  });
});

describe('a cookie that changed', () => {
  test.each<[string, Cookie, WebAppConfig]>([
    ['the credential', cookie(), production],
    ['its suffixed twin', cookie({ name: '__client_AbCd1234' }), production],
    ['the time of the last change', uat('1'), production],
    ['the dev browser', dbJwt('dvb_1'), development],
  ])('is of the web app: %s', (_, changed, config) => {
    expect(isOfWebApp(changed, config)).toBe(true);
  });

  test.each<[string, Cookie, WebAppConfig]>([
    ['the session token, every minute', cookie({ name: '__session' }), production],
    ['any other', cookie({ name: '_ga' }), production],
    ['that of another instance', cookie({ name: '__client_uat_Other123' }), production],
    ['of a private window', cookie({ storeId: '1' }), production],
    ['of a container', cookie({ storeId: 'firefox-container-1' }), production],
    ['of another host', cookie({ domain: 'clerk.other.example' }), production],
    ['of a host below', cookie({ domain: 'deep.clerk.example.com' }), production],
    ['of a host that only ends so', uat('1', { domain: '.ample.com' }), production],
    ['of the other kind of instance', dbJwt('dvb_1', { domain: 'clerk.example.com' }), production],
  ])('is not: %s', (_, changed, config) => {
    expect(isOfWebApp(changed, config)).toBe(false);
  });

  test('may say when, and that nobody is signed in there', () => {
    expect(changedAtOf(uat('0'))).toBe(0);
    expect(changedAtOf(uat('0', { name: '__client_uat_AbCd1234' }))).toBe(0);
    expect(changedAtOf(uat('1700000000'))).toBe(1_700_000_000);
    expect(changedAtOf(cookie({ value: '0' }))).toBeNull();
    expect(changedAtOf(undefined)).toBeNull();
  });
});
