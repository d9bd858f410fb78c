// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { type Answer, EXTENSION_ORIGIN, errorOf, FapiClient, send } from '../src/frontend-api-client.ts';
import { client, emulator, withEmulator } from '../src/vitest.ts';
import { goThroughProvider, openCallback, personButton, press } from './support/provider.ts';

const ADA = 'ada@example.com';
const APP = 'https://app.localhost:3000';
const form = {
  strategy: 'oauth_google',
  redirect_url: `${APP}/sign-in#/sso-callback`,
  action_complete_redirect_url: `${APP}/home`,
};
const settings = { socialProviders: ['oauth_google'], allowedOrigins: [EXTENSION_ORIGIN] };

const pageOf = ({ json }: Answer): string =>
  json.response.first_factor_verification.external_verification_redirect_url;

const cookiesOf = ({ headers }: Answer): string =>
  (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');

describe('a web page’s sign-in at a provider', () => {
  withEmulator({ hostname: 'clerk.app.localhost', settings });

  it('ends in the page, with the cookies of whoever signed in and without a nonce', async () => {
    const start = await send(emulator, '/v1/client/sign_ins', { form, headers: { origin: APP } });
    const callback = await press(pageOf(start), await personButton(pageOf(start), ADA));
    const done = await openCallback(callback, { cookie: cookiesOf(start) });
    expect([done.status, done.headers.location]).toEqual([303, `${APP}/home`]);
    expect(done.headers['set-cookie']).toEqual([
      expect.stringMatching(/^__client=ey.*HttpOnly; Secure; SameSite=Lax$/),
      expect.stringMatching(/^__client_uat=[1-9]\d+; .*Domain=app\.localhost$/),
    ]);
    const after = { headers: { origin: APP, cookie: cookiesOf(done) } };
    const { json } = await send(emulator, '/v1/client', after);
    expect(json.response.sessions).toMatchObject([{ user: { id: emulator.seededUser.userId } }]);
  });

  it('goes back to where it began while there is more to do', async () => {
    const start = await send(emulator, '/v1/client/sign_ins', { form, headers: { origin: APP } });
    const callback = await press(pageOf(start), { choice: 'deny' });
    const { headers } = await openCallback(callback, { cookie: cookiesOf(start) });
    const parameters = '__clerk_status=failed&__clerk_error_code=oauth_access_denied';
    expect(headers.location).toBe(`${APP}/sign-in?${parameters}#/sso-callback`);
  });

  it('needs no nonce, at listed addresses neither', async () => {
    await emulator.control.configure({ redirectUrls: null });
    const start = await send(emulator, '/v1/client/sign_ins', { form, headers: { origin: APP } });
    const callback = await press(pageOf(start), await personButton(pageOf(start), ADA));
    const { headers } = await openCallback(callback, { cookie: cookiesOf(start) });
    expect(headers.location).toBe(`${APP}/home`);
  });

  it('is refused in another browser than the page’s', async () => {
    const start = await send(emulator, '/v1/client/sign_ins', { form, headers: { origin: APP } });
    const answer = await openCallback(await press(pageOf(start), await personButton(pageOf(start), ADA)));
    expect([answer.status, errorOf(answer).code]).toEqual([403, 'authorization_invalid']);
    expect(answer.headers['set-cookie']).toBeUndefined();
    const { json } = await send(emulator, '/v1/client', {
      headers: { origin: APP, cookie: cookiesOf(start) },
    });
    expect(json.response.sessions).toEqual([]);
  });
});

describe('sign-in at a provider in development', () => {
  const CALLBACK = 'https://abcdefghijklmnop.chromiumapp.org/';
  withEmulator({ instance: 'development', settings });

  it('signs in the dev browser, whose credential stays, at any web address', async () => {
    await client.post('/dev_browser');
    const start = await client.post('/client/sign_ins', { ...form, redirect_url: CALLBACK });
    const credential = client.credential;
    const choice = await personButton(pageOf(start), ADA);
    const callback = await goThroughProvider(pageOf(start), choice);
    expect(callback.href).toBe(`${APP}/home`);
    expect(await client.sessionIds()).toHaveLength(1);
    expect(client.credential).toBe(credential);
  });

  it('gives a native client its new JWT, from listed addresses', async () => {
    await emulator.control.configure({ redirectUrls: [CALLBACK] });
    const native = new NativeClient(emulator);
    const listed = { strategy: 'oauth_google', redirect_url: CALLBACK };
    const start = await native.post('/client/sign_ins', listed);
    const before = native.credential;
    const callback = await goThroughProvider(pageOf(start), await personButton(pageOf(start), ADA));
    const nonce = callback.searchParams.get('rotating_token_nonce') ?? '';
    const path = `/client/sign_ins/${start.json.response.id}`;
    const { json } = await native.call(path, { query: { rotating_token_nonce: nonce } });
    expect(json.response.status).toBe('complete');
    expect(native.credential).not.toBe(before);
    expect(await native.sessionIds()).toHaveLength(1);
  });
});

/** As clerk-ios and Clerk's Expo package are: native from the first request on, in development, too. */
class NativeClient extends FapiClient {
  override get isDevelopment(): boolean {
    return false;
  }

  override call(path: string, call: Parameters<FapiClient['call']>[1] = {}): Promise<Answer> {
    return super.call(path, { ...call, query: { ...call.query, _is_native: '1' } });
  }
}
