// @vitest-environment node
import { PERMISSIVE_SETTINGS } from 'clerk-emulator';
import { withEmulator } from 'clerk-emulator/vitest';
import { describe, expect, it, test } from 'vitest';
import { type Call, call, refusal } from './support/call.ts';
import { api, person, withApi } from './support/fixture.ts';
import { CHROME, WEB_APP } from './support/server.ts';
import { deliver } from './support/webhook.ts';

withEmulator({ settings: PERMISSIVE_SETTINGS });
withApi();

const cookieOf = async () => `__session=${await person.token({ origin: WEB_APP })}; __client_uat=1`;

describe('CORS', () => {
  const preflight = (origin: string, path = '/notes') =>
    call(`${api.url}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });

  it('is for the web app', async () => {
    const { status, headers } = await preflight(WEB_APP);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(WEB_APP);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-allow-headers')).toBe('Authorization,Content-Type');
    const refused = await call(`${api.url}/me`, { headers: { origin: WEB_APP } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, WEB_APP]);
    expect(refused.headers.get('vary')).toContain('Origin');
  });

  test.each([CHROME, 'https://evil.example', 'null', 'http://app.example.com'])(
    'is not for %s',
    async (origin) => {
      const asked = (await preflight(origin)).headers;
      expect(asked.get('access-control-allow-origin')).toBeNull();
      expect(asked.get('access-control-allow-credentials')).toBeNull();
      const { headers } = await call(`${api.url}/me`, { token: await person.token(), headers: { origin } });
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('is not for webhooks', async () => {
    const { headers } = await preflight(WEB_APP, '/webhooks/clerk');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the cookie "__session"', () => {
  const add = async (headers: Record<string, string>) =>
    call(`${api.url}/notes`, {
      json: { text: 'by cookie' },
      headers: { cookie: await cookieOf(), ...headers },
    });

  it('reads, and changes what the web app’s page asks for', async () => {
    expect((await call(`${api.url}/notes`, { headers: { cookie: await cookieOf() } })).status).toBe(200);
    const note = await add({ origin: WEB_APP });
    expect(note.status).toBe(201);
    const headers = { cookie: await cookieOf(), origin: WEB_APP };
    const path = `${api.url}/notes/${note.json.id}`;
    expect((await call(path, { method: 'DELETE', headers })).status).toBe(200);
  });

  test.each([
    [{}],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: CHROME }],
    [{ origin: WEB_APP, authorization: 'Basic YTpi' }, 201],
    [{ origin: 'https://evil.example', authorization: 'Basic YTpi' }],
    [{ origin: 'https://evil.example', authorization: 'bearer abc' }],
    [{ origin: 'https://evil.example', authorization: 'Bearer  abc' }],
    [{ origin: 'https://evil.example', authorization: 'Bearer abc' }, 401],
  ] as [Record<string, string>, number?][])('changes nothing for %j', async (headers, status = 403) => {
    const answer = await add(headers);
    expect(answer.status).toBe(status);
    if (status === 403) expect(refusal(answer)).toEqual([403, 'origin-not-allowed']);
  });

  it('changes nothing as a form that a foreign page sends', async () => {
    const headers = { cookie: await cookieOf(), origin: WEB_APP, 'content-type': 'text/plain' };
    const answer = await call(`${api.url}/notes`, { headers, body: '{"text":"a"}' });
    expect(refusal(answer)).toEqual([415, 'not-json']);
  });

  it('of the extension counts no more than its Bearer', async () => {
    const headers = {
      cookie: `__session=${await person.token({ origin: 'https://evil.example' })}; __client_uat=1`,
    };
    expect(refusal(await call(`${api.url}/me`, { headers }))).toEqual([401, 'foreign-party']);
  });

  it('without "__client_uat", as another site might plant it, signs nobody in', async () => {
    const headers = { cookie: `__session=${await person.token({ origin: WEB_APP })}` };
    expect(refusal(await call(`${api.url}/me`, { headers }))).toEqual([401, 'token-refused']);
  });
});

describe('a page that is opened', () => {
  const document = { accept: 'text/html', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'cross-site' };
  test.each<[what: string, path: string, call: () => Promise<Call>]>([
    ['signed out', '/me', async () => ({})],
    ['with half of the cookies', '/me', async () => ({ headers: { cookie: '__client_uat=1700000000' } })],
    ['with a token that is over', '/me', async () => ({ token: 'a.b.c' })],
    ['back from a handshake', '/me?__clerk_handshake=a.b.c', async () => ({})],
    [
      'back from a handshake by cookie',
      '/me',
      async () => ({ headers: { cookie: '__clerk_handshake=a.b.c' } }),
    ],
    ['with an address to go to', '/me?__clerk_redirect_url=https://evil.example', async () => ({})],
    ['for a satellite', '/me?__clerk_synced=false', async () => ({})],
  ])('%s is never sent elsewhere', async (_what, path, make) => {
    const { headers, ...more } = await make();
    const answer = await call(`${api.url}${path}`, { ...more, headers: { ...document, ...headers } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('is a webhook for nobody', async () => {
    const headers = { origin: WEB_APP, cookie: await cookieOf() };
    const answer = await deliver(api.url, {
      type: 'user.deleted',
      data: { id: person.userId },
      headers,
      secret: `whsec_${btoa('another secret of 24 byt')}`,
    });
    expect(answer.status).toBe(401);
  });
});
