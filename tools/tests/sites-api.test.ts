// @vitest-environment node
import { PERMISSIVE_SETTINGS, startEmulator } from 'clerk-emulator';
import { EXTENSION_ORIGIN, FapiClient } from 'clerk-emulator/frontend-api-client';
import { client, emulator, withEmulator } from 'clerk-emulator/vitest';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createApi } from '../e2e/api.ts';

withEmulator({ settings: PERMISSIVE_SETTINGS });

interface Call {
  method?: string;
  token?: string;
  body?: string;
}

/** The API, as it is behind `api.localhost`, for the extensions of these origins. */
function start(...authorizedParties: string[]) {
  const api = createApi({ jwtKey: emulator.jwtKey, authorizedParties });
  return async (path: string, { token, ...init }: Call = {}) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    const answer = await api.request(path, { ...init, headers });
    return { status: answer.status, text: await answer.text() };
  };
}

async function mintToken(owner: FapiClient, headers: Record<string, string> = {}): Promise<string> {
  const sessionId = await owner.signIn();
  const { json } = await owner.call(`/client/sessions/${sessionId}/tokens`, { form: {}, headers });
  return json.jwt;
}

describe('the API of the tests’ web sites', () => {
  let token: string;
  beforeAll(async () => {
    token = await mintToken(new FapiClient(emulator));
  });

  it('answers who asks with a session token of an accepted extension', async () => {
    const call = start(EXTENSION_ORIGIN);
    const { status, text } = await call('/me', { token });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      userId: emulator.seededUser.userId,
      notes: 0,
      tokenSecondsLeft: expect.any(Number),
    });
  });

  it('keeps a person’s notes', async () => {
    const call = start(EXTENSION_ORIGIN);
    const body = JSON.stringify({ text: 'Analytical engine' });
    const written = await call('/notes', { method: 'POST', token, body });
    expect(written.status).toBe(201);
    expect(JSON.parse((await call('/me', { token })).text)).toMatchObject({ notes: 1 });
    expect(JSON.parse((await call('/notes', { token })).text)).toMatchObject({
      notes: [{ text: 'Analytical engine' }],
    });
  });

  it.each(['', '{}', '[]', 'null', '{"text":5}', '{"text":""}'])(
    'says what a note is to the body %j',
    async (body) => {
      const call = start(EXTENSION_ORIGIN);
      const answer = await call('/notes', { method: 'POST', token, body });
      expect(answer).toEqual({
        status: 400,
        text: '{"error":"Send { \\"text\\": \\"…\\" }, with 1 to 200 characters."}',
      });
    },
  );

  it('refuses a call without a token', async () => {
    const call = start(EXTENSION_ORIGIN);
    expect(await call('/me')).toMatchObject({
      status: 401,
      text: expect.stringContaining('No session token'),
    });
  });

  it('refuses everybody until an extension is accepted', async () => {
    const call = start();
    expect(await call('/me', { token })).toMatchObject({
      status: 401,
      text: expect.stringContaining('accepts no extension yet'),
    });
  });

  it('refuses a token that was made for somebody else', async () => {
    const call = start('chrome-extension://another');
    expect(await call('/me', { token })).toMatchObject({
      status: 401,
      text: expect.stringContaining('token-invalid-authorized-parties'),
    });
  });

  it('refuses a token of another instance, without repeating it', async () => {
    const other = await startEmulator({ settings: PERMISSIVE_SETTINGS });
    onTestFinished(() => other.close());
    const call = start(EXTENSION_ORIGIN);
    const foreign = await mintToken(new FapiClient(other));
    const answer = await call('/me', { token: foreign });
    expect(answer).toMatchObject({
      status: 401,
      text: expect.stringContaining('token-invalid-signature'),
    });
    expect(answer.text).not.toContain(foreign.slice(0, 20));
  });

  it('refuses an expired token', async () => {
    const call = start(EXTENSION_ORIGIN);
    await emulator.control.configure({ clockOffsetSeconds: -600 });
    const old = await mintToken(client);
    expect(await call('/me', { token: old })).toMatchObject({
      status: 401,
      text: expect.stringContaining('token-expired'),
    });
  });
});
