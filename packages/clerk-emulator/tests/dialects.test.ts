// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { errorOf, FapiClient, send } from '../src/frontend-api-client.ts';
import { client, emulator, withEmulator } from '../src/vitest.ts';

describe('the production dialect', () => {
  withEmulator();

  it('makes a pk_live_ key of its own host and port', () => {
    const { publishableKey, port } = emulator;
    expect(publishableKey).toMatch(/^pk_live_/);
    expect(Buffer.from(publishableKey.slice(8), 'base64').toString()).toBe(`clerk.localhost:${port}$`);
  });

  it('answers first contact without a client and without a credential', async () => {
    const answer = await client.call('/client');
    expect(answer.json).toEqual({ response: null, client: null });
    expect(answer.headers).not.toHaveProperty('authorization');
  });

  it('sends the client JWT with the answer that creates the client', async () => {
    const answer = await client.startSignIn();
    expect(answer.headers.authorization?.split('.')).toHaveLength(3);
  });

  it('sends the client JWT with errors too', async () => {
    await client.signIn();
    for (const path of ['/client/sessions/nope', '/nope']) {
      const answer = await client.call(path);
      expect([answer.status, answer.headers.authorization]).toEqual([404, client.credential]);
    }
  });

  it('rotates the client JWT at sign-in; the old one keeps working when rotation is not strict', async () => {
    await emulator.control.configure({ strictRotation: false });
    await client.startSignIn();
    const old = client.credential;
    await client.signIn();
    expect(client.credential).not.toBe(old);
    const current = client.credential;
    client.credential = old;
    expect(await client.sessionIds()).toHaveLength(1);
    expect(client.credential).toBe(current);
  });

  it('takes the old client JWT for no client', async () => {
    await client.startSignIn();
    const old = client.credential;
    await client.signIn();
    expect(await client.sessionIds()).toHaveLength(1);
    client.credential = old;
    expect(await client.sessionIds()).toEqual([]);
  });

  it('takes an unknown client JWT for no client', async () => {
    client.credential = 'stale';
    const answer = await client.call('/client');
    expect([answer.status, answer.json]).toEqual([200, { response: null, client: null }]);
  });

  it('reads Authorization of native requests only, with either spelling of the flag', async () => {
    await client.signIn();
    const headers = { authorization: client.credential ?? '' };
    const read = async (query: Record<string, string>) =>
      (await send(emulator, '/v1/client', { headers, query })).json.response?.sessions.length;
    expect(await read({})).toBeUndefined();
    expect([await read({ _is_native: '1' }), await read({ _is_native: 'true' })]).toEqual([1, 1]);
    await emulator.control.configure({ requireNativeFlag: false });
    expect(await read({})).toBe(1);
  });

  it('gives a web page its client JWT in a cookie', async () => {
    const origin = 'https://app.localhost';
    const form = { strategy: 'password', identifier: 'ada@example.com', password: 'lovelace1815' };
    const { headers } = await send(emulator, '/v1/client/sign_ins', { form, headers: { origin } });
    expect(headers).not.toHaveProperty('authorization');
    const [cookie = '', uat] = headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^__client=ey\S+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(uat).toMatch(/^__client_uat=\d{10};/);
    const [pair = ''] = cookie.split(';');
    const headersOf = { origin, cookie: pair };
    const { json } = await send(emulator, '/v1/client', { headers: headersOf });
    expect(json.response.sessions).toHaveLength(1);
    const out = await send(emulator, '/v1/client/sessions', { method: 'DELETE', headers: headersOf });
    expect(out.headers['set-cookie']).toEqual([expect.stringMatching(/^__client_uat=0;/)]);
    const gone = await send(emulator, '/v1/client', { method: 'DELETE', headers: headersOf });
    expect(gone.headers['set-cookie']?.[0]).toMatch(/^__client=; .*Max-Age=0$/);
  });

  it.each(['1', 'true'])('refuses native requests (%s) when the native API is off', async (_is_native) => {
    await client.signIn();
    await emulator.control.configure({ nativeApiEnabled: false });
    const answer = await client.call('/client', { query: { _is_native } });
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'native_api_disabled']);
    const { json } = await send(emulator, '/v1/environment');
    expect(json.auth_config.native_settings.api_enabled).toBe(false);
  });
});

describe('the development dialect', () => {
  withEmulator({ instance: 'development', settings: { requireDevBrowser: false } });

  it('makes a pk_test_ key', () => {
    expect(emulator.publishableKey).toMatch(/^pk_test_/);
  });

  it('names a dev browser in every answer: 2xx, 4xx and 5xx', async () => {
    const sessionId = await client.signIn();
    await emulator.control.addFault({ endpoint: 'GET /v1/client', kind: 'status', status: 503 });
    const answers = [
      await client.call('/environment', { method: 'PATCH' }),
      await client.post(`/client/sessions/${sessionId}/tokens`),
      await client.post('/client/sessions/nope/tokens'),
      await client.call('/nope'),
      await client.call('/client'),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 404, 404, 503]);
    for (const answer of answers) expect(answer.headers['clerk-db-jwt']).toBe(client.credential);
  });

  it('mints a dev browser for a request without a known one, unless told not to', async () => {
    const minted = await client.call('/client');
    expect(minted.headers['clerk-db-jwt']).toBeTypeOf('string');
    await emulator.control.configure({ sendMissingDbJwt: false });
    const stranger = new FapiClient(emulator);
    expect((await stranger.call('/client')).headers).not.toHaveProperty('clerk-db-jwt');
    expect((await client.call('/client')).headers['clerk-db-jwt']).toBe(client.credential);
  });

  it('keeps one dev browser through sign-in, and signs in by it alone', async () => {
    await client.call('/client');
    const devBrowser = client.credential;
    await client.signIn();
    expect(client.credential).toBe(devBrowser);
    expect(await client.sessionIds()).toHaveLength(1);
  });

  it('hands out dev browsers without an envelope', async () => {
    const { json } = await send(emulator, '/v1/dev_browser', { method: 'POST' });
    expect(json).toEqual({ object: 'dev_browser', id: json.token, token: expect.any(String) });
    client.credential = json.id;
    await client.signIn();
    expect(client.credential).toBe(json.id);
  });

  it('keeps the dev browser when the client is deleted', async () => {
    await client.signIn();
    const devBrowser = client.credential;
    await client.call('/client', { method: 'DELETE' });
    expect(client.credential).toBe(devBrowser);
    expect(await client.sessionIds()).toEqual([]);
    await client.signIn();
    expect(await client.sessionIds()).toHaveLength(1);
  });
});

describe('the development dialect as Clerk documents it', () => {
  withEmulator({ instance: 'development' });

  it.each([
    ['no dev browser', null],
    ['an unknown one', 'dvb_unknown'],
  ])('refuses a request with %s', async (_, credential) => {
    client.credential = credential;
    for (const path of ['/client', '/environment']) {
      const answer = await client.call(path);
      expect([answer.status, errorOf(answer).code]).toEqual([401, 'dev_browser_unauthenticated']);
    }
  });

  it('serves a dev browser that was made first', async () => {
    client.credential = (await send(emulator, '/v1/dev_browser', { method: 'POST' })).json.token;
    await client.signIn();
    expect(await client.sessionIds()).toHaveLength(1);
  });

  it('serves native clients without a dev browser', async () => {
    const query = { _is_native: '1' };
    const form = { strategy: 'password', identifier: 'ada@example.com', password: 'lovelace1815' };
    const { headers } = await send(emulator, '/v1/client/sign_ins', { form, query });
    const authorization = headers.authorization ?? '';
    const { json } = await send(emulator, '/v1/client', { query, headers: { authorization } });
    expect(json.response.sessions).toHaveLength(1);
  });
});
