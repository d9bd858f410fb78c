// @vitest-environment node
import { getCookieSuffix } from '@clerk/shared/keys';
import { describe, expect, test } from 'vitest';
import type { UserManifest } from 'wxt';
import { checkOptions, OPTIONS_PLACE } from '../../src/module/options';
import { formatBuildSettings } from '../../src/module/settings';
import { resolveSync, type SyncInput, withSync } from '../../src/module/sync';

const PUBLISHABLE_KEY = 'pk_live_Y2xlcmsuZXhhbXBsZS5jb20k';
const PRODUCTION = { instanceType: 'production', frontendApi: 'clerk.example.com' } as const;
const DEVELOPMENT = { instanceType: 'development', frontendApi: 'calm-cat-1.clerk.accounts.dev' } as const;

function resolve(input: Partial<SyncInput> & { value?: string } = {}) {
  const { value = '', ...rest } = input;
  return resolveSync({
    option: true,
    key: PRODUCTION,
    browser: 'chrome',
    place: OPTIONS_PLACE,
    ...rest,
    environment: { WXT_CLERK_SYNC: value, WXT_CLERK_PUBLISHABLE_KEY: PUBLISHABLE_KEY },
  });
}

describe('the switch', () => {
  test('is off without a word, and when one build says so', () => {
    expect(resolve({ option: undefined })).toBeNull();
    expect(resolve({ option: false })).toBeNull();
    expect(resolve({ value: 'false' })).toBeNull();
    expect(resolve({ option: { host: 'https://app.example.com' }, value: ' false ' })).toBeNull();
  });

  test('is on by the option, and by the environment of one build', () => {
    expect(resolve()).not.toBeNull();
    expect(resolve({ option: {} })).not.toBeNull();
    expect(resolve({ option: undefined, value: 'true' })).not.toBeNull();
    expect(resolve({ option: undefined, value: 'https://app.example.com' })?.query.url).toBe(
      'https://app.example.com',
    );
  });

  test('asks for nothing as long as there is no key, which wxt prepare needs none of', () => {
    expect(resolve({ key: new Error('no key') })).toBeNull();
  });

  test('goes into the sources package, so that a reviewer builds the same', () => {
    expect(JSON.parse(formatBuildSettings({ WXT_CLERK_SYNC: 'true' }))).toEqual({ WXT_CLERK_SYNC: 'true' });
  });
});

describe('where the web app’s session is', () => {
  test('follows from a production key: at the Frontend API', () => {
    expect(resolve()).toEqual({
      instanceType: 'production',
      query: { url: 'https://clerk.example.com', storeId: '0', partitionKey: {} },
      hosts: ['https://clerk.example.com/*', 'https://example.com/*'],
      cookieSuffix: 'naoXFJnI',
      signOut: 'with-web-app',
    });
  });

  test('among the cookies that Clerk itself names so', async () => {
    expect(await getCookieSuffix(PUBLISHABLE_KEY)).toBe(resolve()?.cookieSuffix);
  });

  test('in Firefox without the domain, whose cookies it shows anyway, and in every first party’s jar', () => {
    const webApp = resolve({ browser: 'firefox' });
    expect(webApp?.hosts).toEqual(['https://clerk.example.com/*']);
    expect(webApp?.query).toEqual({
      url: 'https://clerk.example.com',
      storeId: 'firefox-default',
      partitionKey: {},
      firstPartyDomain: null,
    });
  });

  test('follows from a development key: on this computer', () => {
    expect(resolve({ key: DEVELOPMENT })).toMatchObject({
      instanceType: 'development',
      query: { url: 'http://localhost' },
      hosts: ['http://localhost/*'],
    });
  });

  test.each([
    [
      'https://app.example.com',
      'https://app.example.com',
      ['https://app.example.com/*', 'https://example.com/*'],
    ],
    [
      'https://app.example.com/',
      'https://app.example.com',
      ['https://app.example.com/*', 'https://example.com/*'],
    ],
    [
      'app.example.co.uk',
      'https://app.example.co.uk',
      ['https://app.example.co.uk/*', 'https://example.co.uk/*'],
    ],
    ['https://example.com:8443', 'https://example.com', ['https://example.com/*']],
    ['http://localhost:5173', 'http://localhost', ['http://localhost/*']],
    ['localhost:5173', 'http://localhost', ['http://localhost/*']],
    ['https://localhost:5173', 'https://localhost', ['https://localhost/*']],
    ['127.0.0.1:3000', 'http://127.0.0.1', ['http://127.0.0.1/*']],
    ['http://[::1]:3000', 'http://[::1]', ['http://[::1]/*']],
    ['http://app.localhost', 'http://app.localhost', ['http://app.localhost/*']],
  ])('with a development key can be named as %s', (host, url, hosts) => {
    expect(resolve({ key: DEVELOPMENT, option: { host } })).toMatchObject({ query: { url }, hosts });
    expect(resolve({ key: DEVELOPMENT, option: undefined, value: host })).toMatchObject({
      query: { url },
      hosts,
    });
  });

  test.each([
    ['https://*.example.com', 'which has a wildcard'],
    [
      'https://app.example.com/sign-in',
      'which is more than the address of a host. Write https://app.example.com.',
    ],
    ['https://me:secret@app.example.com', 'which is more than the address of a host.'],
    ['ftp://app.example.com', 'which is neither http nor https.'],
    [
      'http://app.example.com:8080',
      'by http anybody on the network can change. Write https://app.example.com:8080.',
    ],
    ['https://', 'which is no address.'],
    ['not an address', 'which is no address.'],
    ['https://co.uk', 'under which anybody can have a site'],
    ['https://vercel.app', 'under which anybody can have a site'],
    ['yes', 'which is no address.'],
  ])('stops the build as %s', (host, problem) => {
    const option = { host };
    expect(() => resolve({ key: DEVELOPMENT, option })).toThrow(
      `sync.host of ${OPTIONS_PLACE} is "${host}", `,
    );
    expect(() => resolve({ key: DEVELOPMENT, option })).toThrow(problem);
    expect(() => resolve({ key: DEVELOPMENT, option: undefined, value: host })).toThrow(
      `WXT_CLERK_SYNC is "${host}", `,
    );
  });

  test('says what the variable may be, where it is neither', () => {
    expect(() => resolve({ value: 'yes' })).toThrow('Set it to true, false or an address such as https://');
  });

  test('stops the build on http with a production key', () => {
    expect(() => resolve({ value: 'localhost:3000' })).toThrow(
      'WXT_CLERK_SYNC is "localhost:3000", and with a production key the session’s cookie goes by https only.',
    );
  });
});

describe('the option', () => {
  test.each([true, false, {}, { host: 'https://app.example.com', signOut: 'only-here' }])(
    'may be %j',
    (sync) => {
      expect(() => checkOptions({ sync })).not.toThrow();
    },
  );

  test('of another kind stops the build', () => {
    expect(() => checkOptions({ sync: 'https://app.example.com' })).toThrow(
      `sync of ${OPTIONS_PLACE} is "https://app.example.com", expected (boolean | Object).`,
    );
  });

  test.each([
    [{ hots: 'x' }, `sync of ${OPTIONS_PLACE} has "hots", which is no option. There are: host, signOut.`],
    [{ host: 3 }, `sync.host of ${OPTIONS_PLACE} is 3, expected string.`],
    [
      { signOut: 'both' },
      `sync.signOut of ${OPTIONS_PLACE} is "both", expected ("with-web-app" | "only-here").`,
    ],
  ])('%j stops the build', (option, sentence) => {
    expect(() => resolve({ option: option as never })).toThrow(sentence);
  });

  test('says what a sign-out ends', () => {
    expect(resolve({ option: { signOut: 'only-here' } })?.signOut).toBe('only-here');
    expect(resolve({ option: { signOut: 'only-here' }, value: 'true' })?.signOut).toBe('only-here');
  });
});

describe('the manifest', () => {
  const manifest: UserManifest = {
    name: 'Notes',
    permissions: ['storage', 'alarms'],
    host_permissions: ['https://clerk.example.com/*'],
  };

  test('without the switch is byte for byte what it was', () => {
    expect(JSON.stringify(withSync(manifest, null))).toBe(JSON.stringify(manifest));
  });

  test('has one permission more, and the hosts that the cookies are of', () => {
    expect(withSync(manifest, resolve())).toEqual({
      name: 'Notes',
      permissions: ['storage', 'alarms', 'cookies'],
      host_permissions: ['https://clerk.example.com/*', 'https://example.com/*'],
    });
    expect(withSync(manifest, resolve({ browser: 'firefox' }))).toEqual({
      name: 'Notes',
      permissions: ['storage', 'alarms', 'cookies'],
      host_permissions: ['https://clerk.example.com/*'],
    });
  });

  test('names once what the extension has anyway', () => {
    expect(withSync({ ...manifest, permissions: ['cookies'] }, resolve())?.permissions).toEqual(['cookies']);
  });
});
