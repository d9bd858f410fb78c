// @vitest-environment node
import { createHash } from 'node:crypto';
import { createClerkClient } from '@clerk/backend';
import { describe, expect, it } from 'vitest';
import { type Answer, errorOf, FapiClient, send } from '../src/frontend-api-client.ts';
import { createPublishableKey } from '../src/index.ts';
import { client, emulator, withEmulator } from '../src/vitest.ts';

/** What the key of a web page leads clerk-js to, and how it ends. */
function hostIn(publishableKey: string): string {
  return Buffer.from(publishableKey.split('_')[2] ?? '', 'base64').toString();
}

/** An app's server: asks `@clerk/backend` who it is that sends a request. */
function authenticate(url: string, cookie = '') {
  const keys = { secretKey: 'sk_test_x', publishableKey: emulator.webPublishableKey };
  const backend = createClerkClient({ ...keys, telemetry: { disabled: true } });
  const headers = { 'sec-fetch-dest': 'document', accept: 'text/html', ...(cookie ? { cookie } : {}) };
  return backend.authenticateRequest(new Request(url, { headers }), { jwtKey: emulator.jwtKey });
}

/** Follows the redirect of an app's server to the Frontend API. */
function followHandshake(location: string | null, cookie = ''): Promise<Answer> {
  const url = new URL(location ?? '');
  expect(url.origin).toBe(emulator.url);
  const headers: Record<string, string> = cookie ? { cookie } : {};
  return send(emulator, `${url.pathname}${url.search}`, { headers });
}

const pairs = (cookies: string[]) => cookies.map((cookie) => cookie.split(';')[0]).join('; ');

describe('a web app in development, at http://localhost:3000', () => {
  const APP = 'http://localhost:3000';
  withEmulator({ instance: 'development' });

  it('has a key by which clerk-js keeps a dev browser', async () => {
    expect(hostIn(emulator.publishableKey)).toBe(`clerk.localhost:${emulator.port}$`);
    expect(hostIn(emulator.webPublishableKey)).toBe(`clerk.localhost:${emulator.port}/.accounts.dev$`);
    expect(new URL('/v1/client', `https://${hostIn(emulator.webPublishableKey)}`).href).toBe(
      `${emulator.url}/v1/client`,
    );
  });

  it.each([APP, 'http://127.0.0.1:3000'])('is let in, with its dev browser: %s', async (origin) => {
    const headers = { origin };
    const { json, headers: answered } = await send(emulator, '/v1/dev_browser', { method: 'POST', headers });
    expect(answered['access-control-allow-origin']).toBe(origin);
    expect(answered['access-control-allow-credentials']).toBe('true');
    const query = { __clerk_db_jwt: json.id };
    const form = { identifier: 'ada@example.com', password: emulator.seededUser.password };
    const signIn = await send(emulator, '/v1/client/sign_ins', { form, query, headers });
    expect(signIn.json.response.status).toBe('complete');
    expect(signIn.headers['clerk-db-jwt']).toBe(json.id);
  });

  it('shares its session with an extension that has its dev browser', async () => {
    await client.post('/dev_browser');
    await client.signIn();
    const extension = new FapiClient(emulator);
    extension.credential = client.credential;
    expect(await extension.sessionIds()).toEqual(await client.sessionIds());
  });

  it('hands its server the session of the dev browser', async () => {
    await client.post('/dev_browser');
    await client.signIn();
    const asked = await authenticate(
      `${APP}/home?x=1`,
      `__clerk_db_jwt=${client.credential}; __client_uat=1`,
    );
    expect(asked.status).toBe('handshake');
    const redirect = await followHandshake(asked.headers.get('location'));
    expect(redirect.status).toBe(307);
    const back = new URL(redirect.headers.location ?? '');
    expect(`${back.origin}${back.pathname}`).toBe(`${APP}/home`);
    expect(back.searchParams.get('__clerk_db_jwt')).toBe(client.credential);

    const answered = await authenticate(back.href, `__clerk_db_jwt=${client.credential}`);
    expect(answered.toAuth()).toMatchObject({ userId: emulator.seededUser.userId });
    expect(answered.headers.get('location')).toBe(`${APP}/home?x=1`);
    expect(answered.headers.getSetCookie().join()).not.toContain('Secure');
    const cookies = pairs(answered.headers.getSetCookie());
    const suffix = createHash('sha1').update(emulator.webPublishableKey).digest('base64url').slice(0, 8);
    expect(cookies).toContain(`__session_${suffix}=ey`);
    const later = await authenticate(`${APP}/home`, cookies);
    expect(later.toAuth()).toMatchObject({ userId: emulator.seededUser.userId });
  });

  it('tells its server that nobody is signed in any more', async () => {
    await client.post('/dev_browser');
    await client.signIn();
    await client.call('/client/sessions', { method: 'DELETE' });
    const query = { redirect_url: `${APP}/`, __clerk_db_jwt: client.credential ?? '' };
    const { headers } = await send(emulator, '/v1/client/handshake', { query });
    const answered = await authenticate(headers.location ?? '');
    expect(answered.status).toBe('signed-out');
    const cookies = answered.headers.getSetCookie();
    expect(pairs(cookies)).toMatch(/__session=;.*__client_uat=0;/);
    expect(cookies[0]).toContain('Max-Age=0');
  });

  it('gets a dev browser by a handshake when it has none, and nobody in it', async () => {
    const asked = await authenticate(`${APP}/`);
    const redirect = await followHandshake(asked.headers.get('location'));
    const back = new URL(redirect.headers.location ?? '');
    const devBrowser = back.searchParams.get('__clerk_db_jwt') ?? '';
    expect(devBrowser.split('.')).toHaveLength(3);
    const answered = await authenticate(back.href, `__clerk_db_jwt=${devBrowser}`);
    expect(answered.status).toBe('signed-out');
    const later = await authenticate(`${APP}/`, pairs(answered.headers.getSetCookie()));
    expect(later.status).toBe('signed-out');
    expect((await send(emulator, '/v1/client', { query: { __clerk_db_jwt: devBrowser } })).status).toBe(200);
  });
});

describe('a web app in production, at https://app.localhost:3000', () => {
  const APP = 'https://app.localhost:3000';
  withEmulator({ hostname: 'clerk.app.localhost' });

  it('has the same key as everybody', () => {
    expect(emulator.webPublishableKey).toBe(emulator.publishableKey);
    expect(emulator.publishableKey).toBe(
      createPublishableKey('production', `clerk.app.localhost:${emulator.port}`),
    );
  });

  it('hands its server the session that its cookie names', async () => {
    const form = { identifier: 'ada@example.com', password: emulator.seededUser.password };
    const signIn = await send(emulator, '/v1/client/sign_ins', { form, headers: { origin: APP } });
    const cookie = pairs(signIn.headers['set-cookie'] ?? []);
    const asked = await authenticate(`${APP}/`, '__client_uat=1');
    const redirect = await followHandshake(asked.headers.get('location'), cookie);
    expect(redirect.headers.location).toBe(`${APP}/`);
    const [handshake = ''] = redirect.headers['set-cookie'] ?? [];
    expect(handshake).toMatch(/^__clerk_handshake=ey.*; Domain=app\.localhost$/);
    const answered = await authenticate(`${APP}/`, `${pairs([handshake])}; __client_uat=1`);
    expect(answered.toAuth()).toMatchObject({ userId: emulator.seededUser.userId });
    for (const each of answered.headers.getSetCookie()) expect(each).toContain('; Secure');
  });

  it.each([
    ['https://evil.example/', 'redirect_url_domain_mismatch'],
    ['chrome-extension://abc/', 'redirect_url_domain_mismatch'],
    ['nonsense', 'form_param_format_invalid'],
  ])('goes nowhere else with it: %s', async (redirectUrl, code) => {
    const query = { redirect_url: redirectUrl };
    const answer = await send(emulator, '/v1/client/handshake', { query });
    expect([answer.status, errorOf(answer).code]).toEqual([422, code]);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });
});

describe('the scripts of Clerk’s packages for web pages', () => {
  withEmulator();

  it.each([
    '/npm/@clerk/clerk-js@6/dist/clerk.browser.js',
    '/npm/@clerk/ui@1.34.0/dist/ui.browser.js',
    '/.accounts.dev/npm/@clerk/clerk-js@6/dist/clerk.browser.js',
  ])('are those that are installed: %s', async (path) => {
    const headers = { origin: 'https://anywhere.example' };
    const answer = await send(emulator, path, { headers });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/javascript/);
    expect(answer.headers['access-control-allow-origin']).toBe(headers.origin);
    expect(answer.text.length).toBeGreaterThan(10_000);
  });

  it.each(['/npm/@clerk/clerk-js@6/dist/nothing.js', '/npm/@clerk/clerk-js@6/dist/..%2Fpackage.json'])(
    'are nothing else: %s',
    async (path) => {
      expect((await send(emulator, path)).status).toBe(404);
    },
  );

  it('are told how to install', async () => {
    const answer = await send(emulator, '/npm/@clerk/ui@1/dist/nothing.js');
    expect(errorOf(answer).long_message).toContain('npm install --save-dev @clerk/ui');
  });
});
