// @vitest-environment node
import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { EXTENSION_ORIGIN, errorOf, FapiClient, send } from '../src/frontend-api-client.ts';
import { totpCode } from '../src/index.ts';
import { client, emulator, withCheckedEmulator } from './support/checked.ts';
import {
  goThroughProvider,
  openCallback,
  personButton,
  press,
  readPage,
  SOMEBODY_NEW,
} from './support/provider.ts';

const CALLBACK = 'https://abcdefghijklmnop.chromiumapp.org/';
const ADA = 'ada@example.com';

withCheckedEmulator({
  socialProviders: ['oauth_google', 'oauth_github', 'oauth_custom_acme'],
  redirectUrls: [CALLBACK],
});

const oauth = (more: Record<string, string> = {}) => ({
  strategy: 'oauth_google',
  redirect_url: CALLBACK,
  action_complete_redirect_url: CALLBACK,
  ...more,
});

/** Begins at a provider. @returns the attempt's path and the provider's page */
async function begin(resource: 'sign_ins' | 'sign_ups', form = oauth()) {
  const { json, text } = await client.post(`/client/${resource}`, form);
  if (!json.response) throw new Error(text);
  const { id, first_factor_verification, verifications } = json.response;
  const verification = first_factor_verification ?? verifications.external_account;
  return {
    path: `/client/${resource}/${id}`,
    pageUrl: verification.external_verification_redirect_url as string,
    verification,
    status: json.response.status,
  };
}

/** What the app asks after the callback, with the nonce if there is one. */
async function reload(path: string, callback: URL) {
  const nonce = callback.searchParams.get('rotating_token_nonce');
  const { json } = await client.call(path, nonce === null ? {} : { query: { rotating_token_nonce: nonce } });
  return json.response;
}

async function signInAs(emailAddress: string, form = oauth()) {
  const { path, pageUrl } = await begin('sign_ins', form);
  const callback = await goThroughProvider(pageUrl, await personButton(pageUrl, emailAddress));
  return { path, callback, signIn: await reload(path, callback) };
}

describe('the environment', () => {
  it('lists the providers', async () => {
    const { social } = (await client.call('/environment')).json.user_settings;
    expect(Object.keys(social)).toEqual(['oauth_google', 'oauth_github', 'oauth_custom_acme']);
    expect(social.oauth_github).toMatchObject({ enabled: true, authenticatable: true, name: 'GitHub' });
    expect(social.oauth_custom_acme).toMatchObject({ strategy: 'oauth_custom_acme', name: 'Acme' });
  });
});

describe('sign-in at a provider', () => {
  it('leads to a page of its own origin, which sends people to the callback of the Frontend API', async () => {
    const { pageUrl, status, verification } = await begin('sign_ins');
    expect(status).toBe('needs_identifier');
    expect(verification).toMatchObject({ status: 'unverified', strategy: 'oauth_google' });
    const url = new URL(pageUrl);
    expect(url.origin).toBe(emulator.providerUrl);
    expect(url.origin).not.toBe(emulator.url);
    expect(url.searchParams.get('redirect_uri')).toBe(`${emulator.url}/v1/oauth_callback`);
    const page = await readPage(pageUrl);
    for (const id of ['person-1', 'new-person', 'deny', 'slow', 'error'])
      expect(page).toContain(`id="${id}"`);
    expect(page).toContain('<html lang="en">');
    expect(page).not.toContain('<script');
  });

  it('signs in whoever has an account with that address, by the new JWT that the nonce gives', async () => {
    const { path, pageUrl } = await begin('sign_ins');
    const before = client.credential;
    const callback = await goThroughProvider(pageUrl, await personButton(pageUrl, ADA));
    expect(`${callback.origin}${callback.pathname}`).toBe(CALLBACK);
    expect([...callback.searchParams.keys()]).toEqual(['rotating_token_nonce']);

    expect((await client.call('/client')).json.response).toBeNull();
    const signIn = await reload(path, callback);
    expect(signIn).toMatchObject({
      status: 'complete',
      first_factor_verification: { object: 'verification_oauth', status: 'verified' },
    });
    expect(client.credential).not.toBe(before);
    expect(await client.sessionIds()).toEqual([signIn.created_session_id]);
    const me = (await client.call('/me')).json.response;
    expect(me.external_accounts).toMatchObject([
      { provider: 'oauth_google', email_address: ADA, verification: { status: 'verified' } },
    ]);
    expect(me.email_addresses[0].linked_to).toMatchObject([{ type: 'oauth_google' }]);
  });

  it('gives the JWT for a nonce once, to the client that it is for, by the one request that it is for', async () => {
    const { path, pageUrl } = await begin('sign_ins');
    const callback = await goThroughProvider(pageUrl, await personButton(pageUrl, ADA));
    const query = { rotating_token_nonce: callback.searchParams.get('rotating_token_nonce') ?? '' };
    const old = client.credential;
    const stranger = new FapiClient(emulator);
    await stranger.startSignIn();

    expect((await stranger.call(path, { query })).status).toBe(404);
    expect((await client.call('/me', { query })).status).toBe(401);
    expect((await client.call('/client/sign_ins/sia_other', { query })).status).toBe(404);
    expect((await client.call(path)).status).toBe(404);
    expect(client.credential).toBe(old);
    expect((await client.call(path, { query })).status).toBe(200);

    const thief = new FapiClient(emulator);
    thief.credential = old;
    expect((await thief.call(path, { query })).status).toBe(404);
    expect(thief.credential).toBe(old);
  });

  it('lets a nonce live a minute', async () => {
    const { path, pageUrl } = await begin('sign_ins');
    const callback = await goThroughProvider(pageUrl, await personButton(pageUrl, ADA));
    await emulator.control.configure({ clockOffsetSeconds: 61 });
    expect(await reload(path, callback)).toBeUndefined();
  });

  it('goes to custom providers, too', async () => {
    const { path, pageUrl } = await begin('sign_ins', oauth({ strategy: 'oauth_custom_acme' }));
    const callback = await goThroughProvider(pageUrl, await personButton(pageUrl, ADA));
    expect((await reload(path, callback)).status).toBe('complete');
  });

  it('is known by the provider’s account from then on, whatever its address', async () => {
    await signInAs(ADA);
    const { json } = await client.post('/me/email_addresses', { email_address: 'ada@lovelace.example' });
    const email = `/me/email_addresses/${json.response.id}`;
    await client.post(`${email}/prepare_verification`, { strategy: 'email_code' });
    const mail = await emulator.control.lastMail('ada@lovelace.example');
    await client.post(`${email}/attempt_verification`, { code: mail?.code ?? '' });
    await client.call(`/me/email_addresses/${(await primaryId()) ?? ''}`, { method: 'DELETE' });
    await client.call('/client/sessions', { method: 'DELETE' });
    const { signIn } = await signInAs(ADA);
    expect(signIn).toMatchObject({ status: 'complete' });
    const me = (await client.call('/me')).json.response;
    expect(me.id).toBe(emulator.seededUser.userId);
    expect(me.external_accounts).toHaveLength(1);
  });

  async function primaryId(): Promise<string> {
    const { json } = await client.call('/me');
    return json.response.email_addresses.find(
      ({ email_address }: { email_address: string }) => email_address === ADA,
    ).id;
  }

  it('asks for the second factor afterwards', async () => {
    const secret = 'JBSWY3DPEHPK3PXP';
    await emulator.control.configure({ secondFactors: ['totp'] });
    await emulator.control.createUser({ emailAddress: 'grace@example.com', totpSecret: secret });
    const { path, callback, signIn } = await signInAs('grace@example.com');
    expect(callback.searchParams.get('__clerk_status')).toBeNull();
    expect(signIn).toMatchObject({
      status: 'needs_second_factor',
      first_factor_verification: { status: 'verified', strategy: 'oauth_google' },
      supported_second_factors: [{ strategy: 'totp' }],
    });
    expect((await client.call('/client')).json.response.sign_in.status).toBe('needs_second_factor');
    const done = await client.post(`${path}/attempt_second_factor`, {
      strategy: 'totp',
      code: totpCode(secret),
    });
    expect(done.json.response.status).toBe('complete');
  });

  it('can be prepared once more, as clerk-ios does, and then the newer page counts', async () => {
    const first = await begin('sign_ins');
    const { json } = await client.post(`${first.path}/prepare_first_factor`, oauth());
    const pageUrl = json.response.first_factor_verification.external_verification_redirect_url;
    const choice = await personButton(pageUrl, ADA);
    const late = await goThroughProvider(first.pageUrl, choice);
    expect(Object.fromEntries(late.searchParams)).toEqual({
      __clerk_status: 'failed',
      __clerk_error_code: 'resource_forbidden',
    });
    expect(await client.sessionIds()).toEqual([]);
    const callback = await goThroughProvider(pageUrl, choice);
    expect((await reload(first.path, callback)).status).toBe('complete');
  });
});

describe('what goes wrong at a provider', () => {
  it.each([
    ['the person denies', 'deny', 'oauth_access_denied', 'You did not grant access to your Google account'],
    ['the provider fails', 'error', 'oauth_token_exchange_error', 'Token exchange error'],
  ])('%s: told in the callback and kept in the attempt', async (_, choice, code, longMessage) => {
    const { path, pageUrl } = await begin('sign_ins');
    const callback = await goThroughProvider(pageUrl, { choice });
    expect(Object.fromEntries(callback.searchParams)).toEqual({
      __clerk_status: 'failed',
      __clerk_error_code: code,
    });
    const failed = { status: 'failed', error: { code, long_message: longMessage } };
    expect((await client.call('/client')).json.response.sign_in.first_factor_verification).toMatchObject(
      failed,
    );
    expect(await reload(path, callback)).toMatchObject({
      status: 'needs_identifier',
      first_factor_verification: failed,
    });
    expect(await client.sessionIds()).toEqual([]);
  });

  it('the page is closed: nothing has changed', async () => {
    const { path, pageUrl } = await begin('sign_ins');
    const before = (await client.call('/client')).json.response;
    await readPage(pageUrl);
    expect((await client.call('/client')).json.response).toEqual({ ...before });
    expect((await client.call(path)).json.response.first_factor_verification.status).toBe('unverified');
  });

  it('it answers late: after the time that was set', async () => {
    await emulator.control.configure({ providerDelayMs: 60 });
    const { path, pageUrl } = await begin('sign_ins');
    const startedAt = performance.now();
    const callback = await goThroughProvider(pageUrl, { choice: 'slow' });
    expect(performance.now() - startedAt).toBeGreaterThan(50);
    expect((await reload(path, callback)).status).toBe('complete');
  });

  it('it answers late, where it knows nobody: with somebody new', async () => {
    const acme = { domain: 'acme.example', name: 'Acme' };
    await emulator.control.configure({ providerDelayMs: 0, enterpriseConnections: [acme] });
    const identifier = 'new@acme.example';
    const { pageUrl } = await begin('sign_ins', oauth({ strategy: 'enterprise_sso', identifier }));
    const callback = await goThroughProvider(pageUrl, { choice: 'slow' });
    expect(callback.searchParams.get('__clerk_error_code')).toBe('external_account_not_found');
    const { json } = await client.post('/client/sign_ups', { transfer: 'true' });
    expect(json.response).toMatchObject({ status: 'complete', email_address: 'newcomer@acme.example' });
  });

  it('the page was open too long', async () => {
    const { path, pageUrl } = await begin('sign_ins');
    const callback = await press(pageUrl, await personButton(pageUrl, ADA));
    await emulator.control.configure({ clockOffsetSeconds: 601 });
    const { headers } = await openCallback(callback);
    expect(new URL(headers.location ?? '').searchParams.get('__clerk_error_code')).toBe(
      'verification_expired',
    );
    expect((await client.call(path)).json.response.first_factor_verification.status).toBe('expired');
  });

  it('the account is banned', async () => {
    const { path, pageUrl } = await begin('sign_ins');
    const choice = await personButton(pageUrl, ADA);
    await emulator.control.updateUser(emulator.seededUser.userId, { banned: true });
    const callback = await goThroughProvider(pageUrl, choice);
    expect(callback.searchParams.get('__clerk_error_code')).toBe('user_banned');
    expect((await client.call(path)).json.response.status).toBe('needs_identifier');
  });

  it('somebody signed in meanwhile, in single-session mode', async () => {
    const { pageUrl } = await begin('sign_ins');
    const choice = await personButton(pageUrl, ADA);
    const { json } = await client.post('/client/sign_ins', {
      identifier: ADA,
      password: emulator.seededUser.password,
    });
    expect(json.response.status).toBe('complete');
    const callback = await goThroughProvider(pageUrl, choice);
    expect(callback.searchParams.get('__clerk_error_code')).toBe('resource_forbidden');
    expect(await client.sessionIds()).toHaveLength(1);
    expect(errorOf(await client.post('/client/sign_ins', oauth())).code).toBe('session_exists');
  });

  it('the same person is there already, among several', async () => {
    await emulator.control.configure({ singleSessionMode: false });
    const first = await client.signIn();
    const { pageUrl } = await begin('sign_ins');
    const callback = await goThroughProvider(pageUrl, await personButton(pageUrl, ADA));
    expect(callback.searchParams.get('__clerk_error_code')).toBe('identifier_already_signed_in');
    const { sign_in: signIn } = (await client.call('/client')).json.response;
    expect(signIn.first_factor_verification.error.meta).toEqual({ session_id: first });
  });
});

describe('a callback that is nobody’s', () => {
  it('changes nothing and tells nothing', async () => {
    const { pageUrl } = await begin('sign_ins');
    const state = new URL(pageUrl).searchParams.get('state') ?? '';
    const before = (await client.call('/client')).json.response;
    for (const query of [{}, { code: 'x' }, { code: 'x', state: 'y' }, { error: 'access_denied' }]) {
      const answer = await send(emulator, '/v1/oauth_callback', { query: query as Record<string, string> });
      expect([answer.status, errorOf(answer).code]).toEqual([400, 'oauth_callback_invalid']);
      expect(answer.text).not.toContain(state);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    expect((await client.call('/client')).json.response).toEqual(before);
  });

  it('takes a state and a code once', async () => {
    const { pageUrl } = await begin('sign_ins');
    const callback = await press(pageUrl, await personButton(pageUrl, ADA));
    expect((await openCallback(callback)).status).toBe(303);
    expect((await openCallback(callback)).status).toBe(400);
    const second = await begin('sign_ups', oauth({ strategy: 'oauth_github' })).catch(() => null);
    expect(second?.pageUrl).toBeDefined();
    const used = new URL(callback);
    used.searchParams.set('state', new URL(second?.pageUrl ?? '').searchParams.get('state') ?? '');
    const { headers } = await openCallback(used);
    expect(headers.location).toContain('oauth_token_exchange_error');
  });

  it('logs neither state nor code nor nonce', async () => {
    const { path, pageUrl } = await begin('sign_ins');
    const callback = await press(pageUrl, await personButton(pageUrl, ADA));
    const { headers } = await openCallback(callback);
    await reload(path, new URL(headers.location ?? ''));
    const log = JSON.stringify(await emulator.control.requests());
    const secrets = [
      callback.searchParams.get('state'),
      callback.searchParams.get('code'),
      new URL(headers.location ?? '').searchParams.get('rotating_token_nonce'),
    ];
    for (const secret of secrets) expect(log).not.toContain(secret);
    expect(log).toContain('[redacted]');
  });

  it('comes by a form, too, as Apple’s does', async () => {
    const { path, pageUrl } = await begin('sign_ins');
    const callback = await press(pageUrl, await personButton(pageUrl, ADA));
    const form = Object.fromEntries(callback.searchParams);
    const posted = await send(emulator, '/v1/oauth_callback', {
      form,
      headers: { origin: emulator.providerUrl },
    });
    expect(posted.status).toBe(303);
    const { headers } = await send(emulator, posted.headers.location ?? '');
    expect((await reload(path, new URL(headers.location ?? ''))).status).toBe('complete');
  });
});

describe('transfer', () => {
  it('makes an account of a sign-in that is nobody’s', async () => {
    const { path, pageUrl } = await begin('sign_ins');
    const callback = await goThroughProvider(pageUrl, SOMEBODY_NEW);
    expect(Object.fromEntries(callback.searchParams)).toEqual({
      __clerk_status: 'failed',
      __clerk_error_code: 'external_account_not_found',
    });
    expect((await reload(path, callback)).first_factor_verification).toMatchObject({
      status: 'transferable',
      error: { code: 'external_account_not_found' },
    });
    const { json } = await client.post('/client/sign_ups', { transfer: 'true' });
    expect(json.response).toMatchObject({ status: 'complete', email_address: SOMEBODY_NEW.emailAddress });
    const me = (await client.call('/me')).json.response;
    expect(me).toMatchObject({
      first_name: 'New',
      last_name: 'Comer',
      password_enabled: false,
      email_addresses: [{ verification: { object: 'verification_from_oauth', status: 'verified' } }],
      external_accounts: [{ provider: 'oauth_google', first_name: 'New' }],
    });
    await client.call('/client/sessions', { method: 'DELETE' });
    expect((await signInAs(SOMEBODY_NEW.emailAddress)).signIn.status).toBe('complete');
  });

  it('signs in from a sign-up whose account is somebody’s', async () => {
    const { path, pageUrl } = await begin('sign_ups');
    const callback = await goThroughProvider(pageUrl, await personButton(pageUrl, ADA));
    expect(callback.searchParams.get('__clerk_error_code')).toBe('external_account_exists');
    expect((await reload(path, callback)).verifications.external_account).toMatchObject({
      status: 'transferable',
      error: { code: 'external_account_exists' },
    });
    const { json } = await client.post('/client/sign_ins', { transfer: 'true' });
    expect(json.response).toMatchObject({ status: 'complete' });
    expect(await client.sessionIds()).toEqual([json.response.created_session_id]);
  });

  it('asks for the second factor there, too', async () => {
    await emulator.control.configure({ secondFactors: ['totp'] });
    await emulator.control.createUser({ emailAddress: 'grace@example.com', totpSecret: 'JBSWY3DPEHPK3PXP' });
    const { pageUrl } = await begin('sign_ups');
    await goThroughProvider(pageUrl, await personButton(pageUrl, 'grace@example.com'));
    const { json } = await client.post('/client/sign_ins', { transfer: 'true' });
    expect(json.response.status).toBe('needs_second_factor');
  });

  it.each([
    ['sign_ins', 'sign_ups'],
    ['sign_ups', 'sign_ins'],
  ] as const)('works once, from %s to %s', async (from, to) => {
    await emulator.control.configure({ usernames: true, secondFactors: ['totp'] });
    await emulator.control.createUser({ emailAddress: 'grace@example.com', totpSecret: 'JBSWY3DPEHPK3PXP' });
    const { pageUrl } = await begin(from);
    const isKnown = from === 'sign_ups';
    await goThroughProvider(
      pageUrl,
      isKnown ? await personButton(pageUrl, 'grace@example.com') : SOMEBODY_NEW,
    );
    expect((await client.post(`/client/${to}`, { transfer: 'true' })).status).toBe(200);
    const again = await client.post(`/client/${to}`, { transfer: 'true' });
    expect(errorOf(again).code).toBe('account_transfer_invalid');
  });

  it.each(['sign_ins', 'sign_ups'])('of nothing is refused: %s', async (resource) => {
    const answer = await client.post(`/client/${resource}`, { transfer: 'true' });
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'account_transfer_invalid']);
  });

  it('makes no account where sign-up is restricted', async () => {
    await emulator.control.configure({ signUpMode: 'restricted' });
    const { pageUrl } = await begin('sign_ins');
    await goThroughProvider(pageUrl, SOMEBODY_NEW);
    const answer = await client.post('/client/sign_ups', { transfer: 'true' });
    expect(errorOf(answer).code).toBe('sign_up_mode_restricted');
  });
});

describe('sign-up at a provider', () => {
  it('needs no password and is complete at once', async () => {
    const { path, pageUrl, status } = await begin('sign_ups');
    expect(status).toBe('missing_requirements');
    const callback = await goThroughProvider(pageUrl, SOMEBODY_NEW);
    const signUp = await reload(path, callback);
    expect(signUp).toMatchObject({ status: 'complete', external_account_strategy: 'oauth_google' });
    expect(await client.sessionIds()).toEqual([signUp.created_session_id]);
  });

  it('goes on where the provider leaves fields open', async () => {
    await emulator.control.configure({ usernames: true });
    const { path, pageUrl } = await begin('sign_ups');
    const callback = await goThroughProvider(pageUrl, SOMEBODY_NEW);
    expect(await reload(path, callback)).toMatchObject({
      status: 'missing_requirements',
      missing_fields: ['username'],
      verifications: { external_account: { status: 'verified' }, email_address: { status: 'verified' } },
    });
    expect((await client.call('/client')).json.response.sign_up.missing_fields).toEqual(['username']);
    const { json } = await client.call(path, { method: 'PATCH', form: { username: 'newcomer' } });
    expect(json.response.status).toBe('complete');
    expect((await client.call('/me')).json.response.external_accounts).toHaveLength(1);
  });

  it('asks for the address that was not shared, and for its code', async () => {
    const { shareEmail, ...secretive } = SOMEBODY_NEW;
    const { path, pageUrl } = await begin('sign_ups');
    const callback = await goThroughProvider(pageUrl, secretive);
    expect((await reload(path, callback)).missing_fields).toEqual(['email_address']);
    await client.call(path, { method: 'PATCH', form: { email_address: 'other@example.com' } });
    await client.post(`${path}/prepare_verification`, { strategy: 'email_code' });
    const mail = await emulator.control.lastMail('other@example.com');
    const { json } = await client.post(`${path}/attempt_verification`, {
      strategy: 'email_code',
      code: mail?.code ?? '',
    });
    expect(json.response.status).toBe('complete');
    expect((await client.call('/me')).json.response.external_accounts).toHaveLength(1);
  });

  it('tells in the sign-up what went wrong', async () => {
    const { path, pageUrl } = await begin('sign_ups');
    const callback = await goThroughProvider(pageUrl, { choice: 'deny' });
    expect((await reload(path, callback)).verifications.external_account).toMatchObject({
      status: 'failed',
      error: { code: 'oauth_access_denied' },
    });
  });
});

describe('the addresses that a provider may send people back to', () => {
  it.each([
    ['of another extension', 'https://other.chromiumapp.org/', 400, 'resource_missmatch'],
    ['of an extension’s own page', `${EXTENSION_ORIGIN}/popup.html#/sso-callback`, 422, 'invalid_url_scheme'],
    ['that is none', 'x', 422, 'form_param_format_invalid'],
    ['that is missing', '', 422, 'form_param_missing'],
  ])('one %s is refused', async (_, redirectUrl, status, code) => {
    const answer = await client.post('/client/sign_ins', oauth({ redirect_url: redirectUrl }));
    expect([answer.status, errorOf(answer).code]).toEqual([status, code]);
    expect(client.credential).toBeNull();
  });

  it('names the address that is not on the list', async () => {
    const redirectUrl = 'https://other.chromiumapp.org/x';
    const first = await client.post('/client/sign_ins', oauth({ redirect_url: redirectUrl }));
    expect(errorOf(first).long_message).toContain(redirectUrl);
    const complete = oauth({ action_complete_redirect_url: redirectUrl });
    expect(errorOf(await client.post('/client/sign_ups', complete)).long_message).toContain(redirectUrl);
  });

  it('does not look at the query, in which Clerk’s profile keeps its state', async () => {
    await begin('sign_ins', oauth({ redirect_url: `${CALLBACK}?__clerk_modal_state=x` }));
  });

  it('refuses an app’s own scheme unless it is listed', async () => {
    await client.startSignIn();
    const redirectUrl = 'com.example.app://callback';
    const form = { strategy: 'oauth_google', redirect_url: redirectUrl };
    expect(errorOf(await client.post('/client/sign_ins', form)).code).toBe('resource_missmatch');
    await emulator.control.configure({ redirectUrls: [redirectUrl] });
    const { pageUrl } = await begin('sign_ins', form as ReturnType<typeof oauth>);
    const callback = await goThroughProvider(pageUrl, await personButton(pageUrl, ADA));
    expect(callback.href).toMatch(/^com\.example\.app:\/\/callback\?rotating_token_nonce=/);
  });

  it('are all taken where the setting is null', async () => {
    await emulator.control.configure({ redirectUrls: null });
    const { pageUrl } = await begin('sign_ins', oauth({ redirect_url: 'https://any.example/' }));
    const callback = await goThroughProvider(pageUrl, { choice: 'deny' });
    expect(callback.origin).toBe('https://any.example');
  });
});

describe('enterprise single sign-on', () => {
  const ACME = { domain: 'acme.example', name: 'Acme' };
  const GRACE = 'grace@acme.example';
  const sso = { strategy: 'enterprise_sso', redirect_url: CALLBACK, action_complete_redirect_url: CALLBACK };

  async function beginBySso(identifier = GRACE, more: Record<string, string> = {}) {
    const start = await client.startSignIn(identifier);
    const path = `/client/sign_ins/${start.json.response.id}`;
    const { json } = await client.post(`${path}/prepare_first_factor`, { ...sso, ...more });
    const verification = json.response.first_factor_verification;
    return { path, pageUrl: verification.external_verification_redirect_url as string, verification };
  }

  it('is the only way in for addresses of the domain', async () => {
    await emulator.control.configure({ enterpriseConnections: [ACME] });
    await emulator.control.createUser({ emailAddress: GRACE, password: 'nanosecond' });
    const { json } = await client.startSignIn(GRACE);
    expect(json.response).toMatchObject({
      status: 'needs_first_factor',
      supported_first_factors: [{ strategy: 'enterprise_sso', enterprise_connection_name: 'Acme' }],
    });
    const attempt = `/client/sign_ins/${json.response.id}/attempt_first_factor`;
    const answer = await client.post(attempt, { strategy: 'password', password: 'nanosecond' });
    expect(errorOf(answer).code).toBe('strategy_for_user_invalid');
    expect((await client.call('/environment')).json.user_settings).toMatchObject({
      enterprise_sso: { enabled: true },
      saml: { enabled: true },
    });
  });

  it('signs in at the company’s page', async () => {
    await emulator.control.configure({ enterpriseConnections: [ACME] });
    const { userId } = await emulator.control.createUser({ emailAddress: GRACE, firstName: 'Grace' });
    const { path, pageUrl, verification } = await beginBySso();
    expect(verification).toMatchObject({ object: 'verification_saml', status: 'unverified' });
    expect(new URL(pageUrl).searchParams.get('login_hint')).toBe(GRACE);
    const page = await readPage(pageUrl);
    expect(page).toContain('Sign in with Acme');
    expect(page).not.toContain(ADA);
    const callback = await goThroughProvider(pageUrl, await personButton(pageUrl, GRACE));
    expect((await reload(path, callback)).status).toBe('complete');
    const me = (await client.call('/me')).json.response;
    expect(me).toMatchObject({
      id: userId,
      external_accounts: [],
      saml_accounts: [{ email_address: GRACE, saml_connection: { name: 'Acme' } }],
      enterprise_accounts: [{ email_address: GRACE, enterprise_connection: { domain: 'acme.example' } }],
    });
    expect(me.email_addresses[0]).toMatchObject({
      matches_sso_connection: true,
      linked_to: [{ type: 'saml' }],
    });
  });

  it('takes identifier and strategy at once, and the older name', async () => {
    await emulator.control.configure({ enterpriseConnections: [ACME] });
    await emulator.control.createUser({ emailAddress: GRACE });
    const form = { ...sso, strategy: 'saml', identifier: GRACE };
    const { path, pageUrl } = await begin('sign_ins', form);
    const callback = await goThroughProvider(pageUrl, await personButton(pageUrl, GRACE));
    expect((await reload(path, callback)).status).toBe('complete');
  });

  it('lets in colleagues who have no account yet, by a transfer', async () => {
    await emulator.control.configure({ enterpriseConnections: [ACME] });
    const { path, pageUrl } = await beginBySso('new@acme.example');
    const choice = { ...SOMEBODY_NEW, emailAddress: 'new@acme.example' };
    const callback = await goThroughProvider(pageUrl, choice);
    expect((await reload(path, callback)).first_factor_verification.status).toBe('transferable');
    const { json } = await client.post('/client/sign_ups', { transfer: 'true' });
    expect(json.response.status).toBe('complete');
    expect((await client.call('/me')).json.response.saml_accounts).toHaveLength(1);
  });

  it('refuses somebody of another domain', async () => {
    await emulator.control.configure({ enterpriseConnections: [ACME] });
    const { pageUrl } = await beginBySso('new@acme.example');
    const callback = await goThroughProvider(pageUrl, SOMEBODY_NEW);
    expect(callback.searchParams.get('__clerk_error_code')).toBe(
      'enterprise_sso_email_address_domain_mismatch',
    );
  });

  it('offers several connections of one domain, and asks the chosen one', async () => {
    await emulator.control.configure({ enterpriseConnections: [ACME, { ...ACME, name: 'Acme Labs' }] });
    const { json } = await client.startSignIn(GRACE);
    const factors = json.response.supported_first_factors;
    expect(factors.map((factor: Record<string, string>) => factor.enterprise_connection_name)).toEqual([
      'Acme',
      'Acme Labs',
    ]);
    const chosen = factors[1].enterprise_connection_id;
    const { pageUrl } = await beginBySso(GRACE, { enterprise_connection_id: chosen });
    expect(await readPage(pageUrl)).toContain('Sign in with Acme Labs');
  });

  it('is not there for other domains, and needs to know whose', async () => {
    await emulator.control.configure({ enterpriseConnections: [ACME] });
    const other = await client.post('/client/sign_ins', { ...sso, identifier: ADA });
    expect(errorOf(other).code).toBe('saml_connection_not_found');
    const nobody = await client.post('/client/sign_ins', sso);
    expect([nobody.status, errorOf(nobody).code]).toEqual([422, 'form_param_missing']);
  });
});

describe('connected accounts', () => {
  const connect = { strategy: 'oauth_github', redirect_url: CALLBACK };

  async function beginConnecting(form: Record<string, string> = connect) {
    const { json, text } = await client.post('/me/external_accounts', form);
    if (!json.response) throw new Error(text);
    const { id, verification } = json.response;
    return { id, pageUrl: verification.external_verification_redirect_url as string, verification };
  }
  const accounts = async () => (await client.call('/me')).json.response.external_accounts;

  it('are connected at the provider', async () => {
    await client.signIn();
    const { pageUrl, verification } = await beginConnecting();
    expect(verification).toMatchObject({ status: 'unverified', strategy: 'oauth_github' });
    expect(await accounts()).toEqual([]);
    const callback = await goThroughProvider(pageUrl, SOMEBODY_NEW);
    const me = await reload('/me', callback);
    expect(me.external_accounts).toMatchObject([
      { provider: 'oauth_github', email_address: SOMEBODY_NEW.emailAddress },
    ]);
    expect(me.email_addresses).toHaveLength(2);
    const again = await client.post('/me/external_accounts', connect);
    expect(errorOf(again)).toMatchObject({ code: 'oauth_account_already_connected' });
    expect(errorOf(again).long_message).toContain('(GitHub)');
  });

  it('are connected at a company’s provider that others may connect, too', async () => {
    const acme = { domain: 'acme.example', name: 'Acme', allowOrganizationAccountLinking: true };
    const closed = { ...acme, name: 'Closed', allowOrganizationAccountLinking: false };
    await emulator.control.configure({ enterpriseConnections: [acme, closed] });
    await client.signIn();
    const list = (query = {}) => client.call('/me/enterprise_connections', { query });
    expect((await list()).json.response).toEqual([]);
    const linkable = (await list({ with_organization_account_linking: 'true' })).json.response;
    expect(linkable).toMatchObject([{ name: 'Acme', allow_organization_account_linking: true }]);
    const { pageUrl } = await beginConnecting({
      enterprise_connection_id: linkable[0].id,
      redirect_url: CALLBACK,
    });
    const callback = await goThroughProvider(pageUrl, {
      ...SOMEBODY_NEW,
      emailAddress: 'ada@acme.example',
    });
    expect((await reload('/me', callback)).enterprise_accounts).toMatchObject([
      { email_address: 'ada@acme.example', enterprise_connection: { name: 'Acme' } },
    ]);
  });

  it('sign their owner in from then on', async () => {
    await client.signIn();
    const { pageUrl } = await beginConnecting();
    await goThroughProvider(pageUrl, SOMEBODY_NEW);
    await client.call('/client/sessions', { method: 'DELETE' });
    const start = await client.startSignIn();
    expect(start.json.response.supported_first_factors).toContainEqual({ strategy: 'oauth_github' });
    await signInAs(SOMEBODY_NEW.emailAddress, oauth({ strategy: 'oauth_github' }));
    expect((await client.call('/me')).json.response.id).toBe(emulator.seededUser.userId);
  });

  it('tell why they could not be connected, and a closed page leaves nothing', async () => {
    await client.signIn();
    await beginConnecting();
    expect(await accounts()).toEqual([]);
    const { pageUrl } = await beginConnecting();
    const callback = await goThroughProvider(pageUrl, { choice: 'deny' });
    expect(callback.searchParams.get('__clerk_error_code')).toBe('oauth_access_denied');
    expect(await accounts()).toMatchObject([
      { verification: { status: 'failed', error: { code: 'oauth_access_denied' } } },
    ]);
  });

  it('belong to one user only', async () => {
    await emulator.control.createUser({ emailAddress: 'grace@example.com' });
    await client.signIn();
    const { pageUrl } = await beginConnecting();
    const callback = await goThroughProvider(pageUrl, await personButton(pageUrl, 'grace@example.com'));
    expect(callback.searchParams.get('__clerk_error_code')).toBe('oauth_identification_claimed');
  });

  it('are authorized again, and removed', async () => {
    await client.signIn();
    const { id, pageUrl } = await beginConnecting();
    await goThroughProvider(pageUrl, SOMEBODY_NEW);
    const path = `/me/external_accounts/${id}`;
    const { json } = await client.call(`${path}/reauthorize`, {
      method: 'PATCH',
      form: { redirect_url: CALLBACK, additional_scope: 'repo' },
    });
    const page = json.response.verification.external_verification_redirect_url;
    expect(new URL(page).searchParams.get('scope')).toContain('repo');
    const callback = await goThroughProvider(page, await personButton(page, SOMEBODY_NEW.emailAddress));
    expect((await reload('/me', callback)).external_accounts[0].verification.status).toBe('verified');
    expect((await client.call(`${path}/tokens`, { method: 'DELETE' })).status).toBe(200);
    const gone = await client.call(path, { method: 'DELETE' });
    expect(gone.json.response).toEqual({ object: 'external_account', id, deleted: true });
    expect(await accounts()).toEqual([]);
    expect((await client.call(path, { method: 'DELETE' })).status).toBe(404);
  });

  it('are there from the start for people who were made with them, and are connected anew', async () => {
    const emailAddress = 'grace@example.com';
    const account = { strategy: 'oauth_github', emailAddress: 'grace@navy.example' };
    await emulator.control.createUser({ emailAddress, externalAccounts: [account] });
    const form = oauth({ strategy: 'oauth_github' });
    expect((await signInAs(account.emailAddress, form)).signIn.status).toBe('complete');
    expect((await client.call('/me')).json.response.email_addresses).toMatchObject([
      { email_address: emailAddress, linked_to: [] },
    ]);

    const externalAccounts = [{ strategy: 'oauth_google', providerUserId: '7', mustReconnect: true }];
    await emulator.control.createUser({
      emailAddress: 'x@example.com',
      password: 'nanosecond',
      externalAccounts,
    });
    await client.call('/client/sessions', { method: 'DELETE' });
    await client.signIn('x@example.com', 'nanosecond');
    expect(await accounts()).toMatchObject([
      {
        provider_user_id: '7',
        verification: { status: 'unverified', error: { code: 'external_account_missing_refresh_token' } },
      },
    ]);
    const { pageUrl } = await beginConnecting({ ...connect, strategy: 'oauth_google' });
    await goThroughProvider(pageUrl, await personButton(pageUrl, 'x@example.com'));
    expect(await accounts()).toMatchObject([{ provider_user_id: '7', verification: { status: 'verified' } }]);
  });

  it('leave the nonce of one client good when another one tries it', async () => {
    await emulator.control.createUser({ emailAddress: 'grace@example.com', password: 'nanosecond' });
    const stranger = new FapiClient(emulator);
    await stranger.startSignIn('grace@example.com');
    const outdated = stranger.credential;
    await stranger.signIn('grace@example.com', 'nanosecond');
    await client.signIn();
    const { pageUrl } = await beginConnecting();
    const callback = await goThroughProvider(pageUrl, SOMEBODY_NEW);
    const query = { rotating_token_nonce: callback.searchParams.get('rotating_token_nonce') ?? '' };
    stranger.credential = outdated;
    expect((await stranger.call('/me', { query })).status).toBe(401);
    expect(stranger.credential).toBe(outdated);
  });

  it('need somebody who is signed in, a provider, and a recent proof where the instance wants one', async () => {
    expect((await client.post('/me/external_accounts', connect)).status).toBe(401);
    await client.signIn();
    const unknown = await client.post('/me/external_accounts', { ...connect, strategy: 'oauth_gitlab' });
    expect(errorOf(unknown).code).toBe('oauth_provider_not_enabled');
    await emulator.control.configure({ reverification: true, clockOffsetSeconds: 11 * 60 });
    const late = await client.post('/me/external_accounts', connect);
    expect(errorOf(late).code).toBe('session_reverification_required');
  });
});

describe('a provider’s page', () => {
  it('refuses what no sign-in led to', async () => {
    const { pageUrl } = await begin('sign_ins');
    const ask = async (change: (url: URL) => void, init: RequestInit = {}) => {
      const url = new URL(pageUrl);
      change(url);
      return (await fetch(url, init)).status;
    };
    const foreign = (url: URL) => url.searchParams.set('redirect_uri', 'https://evil.example/');
    expect(await ask(foreign)).toBe(400);
    expect(await ask((url) => url.searchParams.delete('state'))).toBe(400);
    expect(await ask((url) => (url.pathname = '/oauth_gitlab/authorize'))).toBe(404);
    expect(await ask((url) => (url.pathname = '/'))).toBe(404);
    expect(await ask(() => {}, { method: 'POST', body: new URLSearchParams({ account: '1' }) })).toBe(400);
  });

  it('is there for its own address alone', async () => {
    const { pageUrl } = await begin('sign_ins');
    const url = new URL(pageUrl);
    const headers = { host: `evil.example:${url.port}` };
    const [answer] = await once(request(url, { headers }).end(), 'response');
    answer.resume();
    expect(answer.statusCode).toBe(403);
  });

  it('shows names as text', async () => {
    await emulator.control.createUser({ emailAddress: 'x@example.com', firstName: '<img src=x>' });
    const { pageUrl } = await begin('sign_ins');
    expect(await readPage(pageUrl)).toContain('&lt;img src=x&gt;');
  });
});
