// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { EXTENSION_ORIGIN, errorOf, send } from '../src/frontend-api-client.ts';
import type { Settings } from '../src/index.ts';
import { client, emulator, withEmulator } from '../src/vitest.ts';
import { assertConforms } from './support/shapes.ts';

const WEB_ORIGIN = 'https://app.example.com';
withEmulator();

describe('CORS', () => {
  it('echoes the origin, exposes the credential headers and forbids caching on demand', async () => {
    expect((await client.call('/client')).headers).not.toHaveProperty('cache-control');
    await emulator.control.configure({ sendNoStore: true });
    const { headers } = await client.call('/client');
    expect(headers).toMatchObject({
      'access-control-allow-origin': EXTENSION_ORIGIN,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'Authorization, Clerk-Db-Jwt, X-Country, Retry-After, Date',
      vary: 'Origin',
      'cache-control': 'no-store',
    });
  });

  it('says nothing to a request without an Origin', async () => {
    const { headers } = await send(emulator, '/v1/client');
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('answers preflights', async () => {
    const { status, headers } = await client.call('/client', { method: 'OPTIONS' });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': EXTENSION_ORIGIN,
      'access-control-allow-methods': 'GET,POST,PUT,PATCH,DELETE,OPTIONS',
      'access-control-allow-headers': 'authorization,content-type',
    });
  });

  it('is there on errors too', async () => {
    const { status, headers } = await client.call('/nope');
    expect([status, headers['access-control-allow-origin']]).toEqual([404, EXTENSION_ORIGIN]);
  });
});

describe('the origin policy', () => {
  it('refuses origins that are not listed, before they have a client and after', async () => {
    expect((await client.call('/client')).status).toBe(200);
    expect((await send(emulator, '/v1/client')).status).toBe(200);
    const refused = await client.call('/client', { headers: { origin: WEB_ORIGIN } });
    expect([refused.status, errorOf(refused).code]).toEqual([400, 'origin_invalid']);
    await emulator.control.configure({ allowedOrigins: null });
    expect((await client.call('/client', { headers: { origin: WEB_ORIGIN } })).status).toBe(200);
  });

  it.each([
    ['https://app.localhost', 200],
    ['http://localhost:3000', 200],
    ['https://localhost.example.com', 400],
    ['app-scheme://localhost', 400],
    ['moz-extension://1b2c', 400],
  ])('takes web pages of its own domain without an entry: %s %i', async (origin, status) => {
    expect((await send(emulator, '/v1/environment', { headers: { origin } })).status).toBe(status);
  });

  it('refuses Origin with Authorization, except for listed origins, and on demand for these too', async () => {
    await client.signIn();
    expect((await client.call('/client')).status).toBe(200);
    await emulator.control.configure({ refuseListedOrigins: true });
    const refused = await client.call('/client');
    expect([refused.status, errorOf(refused).code]).toEqual([400, 'origin_authorization_headers_conflict']);
    await emulator.control.configure({ refuseListedOrigins: false, allowedOrigins: null });
    expect(errorOf(await client.call('/client')).code).toBe('origin_authorization_headers_conflict');
    const headers = { authorization: `Bearer ${client.credential}` };
    const query = { _is_native: '1' };
    expect((await send(emulator, '/v1/client', { headers, query })).status).toBe(200);
    await emulator.control.configure({ refuseOriginWithAuthorization: false });
    expect((await client.call('/client')).status).toBe(200);
  });
});

describe('requests outside the protocol', () => {
  it('get the JSON envelope, never a page', async () => {
    for (const path of ['/v1/client/sync', '/nope', '/v1/organizations']) {
      const answer = await send(emulator, path);
      expect([answer.status, errorOf(answer).code]).toEqual([404, 'resource_not_found']);
      expect(answer.json.clerk_trace_id).toMatch(/^[0-9a-f]{32}$/);
    }
  });

  it('get 404 for a route of another method', async () => {
    expect((await send(emulator, '/v1/client/sign_ins')).status).toBe(404);
  });

  it('are refused when the body is not a form', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await client.call('/client/sign_ins', { method: 'POST', body: '{}', headers });
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'request_body_invalid']);
  });

  it('may use the real verbs and a trailing slash', async () => {
    await client.signIn();
    const headers = { authorization: `Bearer ${client.credential}` };
    const call = { method: 'DELETE', headers, query: { _is_native: '1' } } as const;
    const { status } = await send(emulator, '/v1/client/sessions/', call);
    expect(status).toBe(200);
    expect(await client.sessionIds()).toEqual([]);
  });
});

describe('the environment', () => {
  it.each([
    {},
    { secondFactors: ['totp', 'phone_code', 'backup_code'], secondFactorRequired: true },
    { sessionMinter: true, reverification: true, passwordRequired: false },
    { botProtection: true, signUpMode: 'waitlist', forceOrganizationSelection: true },
    { organizations: true, organizationDomains: true, organizationCreationDefaults: true },
  ] as Array<Partial<Settings>>)('has the shape of Clerk’s document with %j', async (settings) => {
    await emulator.control.configure(settings);
    const { status, json } = await client.call('/environment');
    assertConforms('GET', '/v1/environment', status, json);
  });

  it('is bare, and the same by GET and by PATCH', async () => {
    const { json } = await client.call('/environment');
    expect((await client.call('/environment', { method: 'PATCH' })).json).toEqual(json);
    expect(json.organization_settings.enabled).toBe(false);
    expect(Object.keys(json.user_settings.attributes)).toHaveLength(11);
  });

  it('is not to be updated without an origin', async () => {
    const answer = await send(emulator, '/v1/environment', { method: 'PATCH' });
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'origin_missing']);
  });

  it('says that it is in maintenance, when GET /client has no news', async () => {
    await client.signIn();
    await emulator.control.configure({ maintenanceMode: true });
    expect((await client.call('/environment')).json.maintenance_mode).toBe(true);
    expect((await client.call('/client')).json).toEqual({ response: null, client: null });
    await emulator.control.configure({ maintenanceMode: false });
    expect(await client.sessionIds()).toHaveLength(1);
  });

  it('names no URL: a cross-origin one unmounts Clerk’s UI with a development key', async () => {
    const { display_config } = (await client.call('/environment')).json;
    const urls = Object.entries(display_config).filter(([name]) => name.endsWith('_url'));
    expect(urls.length).toBeGreaterThan(10);
    expect(urls.filter(([, value]) => value)).toEqual([]);
  });
});
