// @vitest-environment node
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { PERMISSIVE_SETTINGS, startEmulator } from 'clerk-emulator';
import { EXTENSION_ORIGIN, FapiClient } from 'clerk-emulator/frontend-api-client';
import { client, emulator, withEmulator } from 'clerk-emulator/vitest';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startDemoSite } from '../demo-site/index.ts';

withEmulator({ settings: PERMISSIVE_SETTINGS });

interface Call {
  method?: string;
  token?: string;
  body?: string;
}

/** Calls a URL on loopback, also where the system does not resolve names below `localhost`. */
function call(url: string, { method = 'GET', token, body }: Call = {}) {
  const { host, port, pathname } = new URL(url);
  return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const headers = { host, ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const outgoing = request({ host: '127.0.0.1', port, path: pathname, method, headers, agent: false });
    outgoing.on('response', async (answer) =>
      resolve({ status: answer.statusCode, text: await text(answer) }),
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function start() {
  const site = await startDemoSite({ jwtKey: emulator.jwtKey });
  onTestFinished(() => site.close());
  return site;
}

async function mintToken(owner: FapiClient, headers: Record<string, string> = {}): Promise<string> {
  const sessionId = await owner.signIn();
  const { json } = await owner.call(`/client/sessions/${sessionId}/tokens`, { form: {}, headers });
  return json.jwt;
}

describe('the API of the demo', () => {
  let token: string;
  beforeAll(async () => {
    token = await mintToken(new FapiClient(emulator));
  });

  it('answers who asks with a session token of an accepted extension', async () => {
    const site = await start();
    site.authorize(EXTENSION_ORIGIN);
    const { status, text } = await call(`${site.apiOrigin}/me`, { token });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      userId: emulator.seededUser.userId,
      notes: 0,
      tokenSecondsLeft: expect.any(Number),
    });
  });

  it('keeps a person’s notes', async () => {
    const site = await start();
    site.authorize(EXTENSION_ORIGIN);
    const body = JSON.stringify({ text: 'Analytical engine' });
    const written = await call(`${site.apiOrigin}/notes`, { method: 'POST', token, body });
    expect(written.status).toBe(201);
    expect(JSON.parse((await call(`${site.apiOrigin}/me`, { token })).text)).toMatchObject({ notes: 1 });
  });

  it.each(['', '{}', '[]', 'null', '{"text":5}', '{"text":""}'])(
    'says what a note is to the body %j',
    async (body) => {
      const site = await start();
      site.authorize(EXTENSION_ORIGIN);
      const answer = await call(`${site.apiOrigin}/notes`, { method: 'POST', token, body });
      expect(answer).toEqual({
        status: 400,
        text: '{"error":"Send { \\"text\\": \\"…\\" }, with 1 to 200 characters."}',
      });
    },
  );

  it('refuses a call without a token', async () => {
    const site = await start();
    site.authorize(EXTENSION_ORIGIN);
    expect(await call(`${site.apiOrigin}/me`)).toMatchObject({
      status: 401,
      text: expect.stringContaining('No session token'),
    });
  });

  it('refuses everybody until an extension is accepted', async () => {
    const site = await start();
    expect(await call(`${site.apiOrigin}/me`, { token })).toMatchObject({
      status: 401,
      text: expect.stringContaining('accepts no extension yet'),
    });
  });

  it('refuses a token that was made for somebody else', async () => {
    const site = await start();
    site.authorize('chrome-extension://another');
    expect(await call(`${site.apiOrigin}/me`, { token })).toMatchObject({
      status: 401,
      text: expect.stringContaining('token-invalid-authorized-parties'),
    });
  });

  it('refuses a token of another instance, without repeating it', async () => {
    const other = await startEmulator({ settings: PERMISSIVE_SETTINGS });
    onTestFinished(() => other.close());
    const site = await start();
    site.authorize(EXTENSION_ORIGIN);
    const foreign = await mintToken(new FapiClient(other));
    const answer = await call(`${site.apiOrigin}/me`, { token: foreign });
    expect(answer).toMatchObject({
      status: 401,
      text: expect.stringContaining('token-invalid-signature'),
    });
    expect(answer.text).not.toContain(foreign.slice(0, 20));
  });

  it('refuses an expired token', async () => {
    const site = await start();
    site.authorize(EXTENSION_ORIGIN);
    await emulator.control.configure({ clockOffsetSeconds: -600 });
    const old = await mintToken(client);
    expect(await call(`${site.apiOrigin}/me`, { token: old })).toMatchObject({
      status: 401,
      text: expect.stringContaining('token-expired'),
    });
  });

  it('is no part of the page’s origin', async () => {
    const site = await start();
    expect(await call(`${site.url}me`, { token })).toMatchObject({ status: 404 });
    expect((await call(site.url)).text).toContain('This page never sees a token');
  });
});
