// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { type Answer, EXTENSION_ORIGIN, errorOf, FapiClient, send } from '../src/frontend-api-client.ts';
import { totpCode } from '../src/index.ts';
import { client, emulator, withCheckedEmulator } from './support/checked.ts';

const ADA = 'ada@example.com';
const strategy = 'email_link';
const POPUP = `${EXTENSION_ORIGIN}/popup.html#/verify`;
const APP = 'https://app.localhost:3000';

withCheckedEmulator({ emailLinks: true });

/** Begins a sign-in and has a link sent. @returns the attempt's path */
async function askForLink(redirectUrl = POPUP, emailAddress = ADA): Promise<string> {
  const { json } = await client.startSignIn(emailAddress);
  const path = `/client/sign_ins/${json.response.id}`;
  const form = { strategy, ...(redirectUrl ? { redirect_url: redirectUrl } : {}) };
  const prepared = await client.post(`${path}/prepare_first_factor`, form);
  if (prepared.status !== 200) throw new Error(prepared.text);
  return path;
}

async function mailedLink(emailAddress = ADA): Promise<URL> {
  const mail = await emulator.control.lastMail(emailAddress);
  return new URL(mail?.link ?? '');
}

/** Opens a link, as the browser that reads the mail does. */
function open(link: URL, headers: Record<string, string> = {}): Promise<Answer> {
  return send(emulator, `${link.pathname}${link.search}`, { headers });
}

const statusIn = (answer: Answer) => /data-status="(\w+)"/.exec(answer.text)?.[1];

describe('sign-in by a link', () => {
  it('is offered beside the code', async () => {
    const { json } = await client.startSignIn();
    const strategies = json.response.supported_first_factors.map(
      (factor: { strategy: string }) => factor.strategy,
    );
    expect(strategies).toContain('email_code');
    expect(strategies).toContain(strategy);
    const { attributes, attack_protection } = (await client.call('/environment')).json.user_settings;
    expect(attributes.email_address).toMatchObject({
      first_factors: ['email_code', strategy],
      verifications: ['email_code', strategy],
    });
    expect(attack_protection.email_link).toEqual({ require_same_client: false });
  });

  it('changes the attempt by itself when the link was opened, and gives the client its new JWT', async () => {
    const path = await askForLink();
    const waiting = (await client.call(path)).json.response;
    expect(waiting).toMatchObject({
      status: 'needs_first_factor',
      first_factor_verification: { object: 'verification_email_link', status: 'unverified', strategy },
    });
    const mail = await emulator.control.lastMail(ADA);
    expect(mail).toMatchObject({ purpose: 'sign-in', code: '' });
    const before = client.credential;

    const opened = await open(await mailedLink());
    expect([opened.status, statusIn(opened)]).toEqual([200, 'verified']);
    expect(opened.text).toContain('Go back to the extension');
    expect(opened.headers['set-cookie']).toBeUndefined();
    expect(opened.headers['content-security-policy']).toContain("default-src 'none'");

    const { json } = await client.call(path);
    expect(json.response).toMatchObject({
      status: 'complete',
      first_factor_verification: { status: 'verified' },
    });
    expect(json.client.sessions).toHaveLength(1);
    expect(client.credential).not.toBe(before);
    expect(await client.sessionIds()).toEqual([json.response.created_session_id]);
    const outdated = new FapiClient(emulator);
    outdated.credential = before;
    expect(await outdated.sessionIds()).toEqual([]);
  });

  it('shows in the client, too, for a popup that was opened anew', async () => {
    await askForLink();
    await open(await mailedLink());
    expect(await client.sessionIds()).toHaveLength(1);
    expect(await client.sessionIds()).toHaveLength(1);
  });

  it('goes on to a second factor that is none by mail', async () => {
    const secret = 'JBSWY3DPEHPK3PXP';
    await emulator.control.configure({ secondFactors: ['totp', 'email_code'] });
    await emulator.control.createUser({ emailAddress: 'grace@example.com', totpSecret: secret });
    const path = await askForLink(POPUP, 'grace@example.com');
    await open(await mailedLink('grace@example.com'));
    expect((await client.call(path)).json.response.status).toBe('needs_second_factor');
    const form = { strategy: 'totp', code: totpCode(secret) };
    expect((await client.post(`${path}/attempt_second_factor`, form)).json.response.status).toBe('complete');

    await client.call('/client/sessions', { method: 'DELETE' });
    const other = await askForLink();
    await open(await mailedLink());
    expect((await client.call(other)).json.response.status).toBe('complete');
  });

  it('works once, and the newest link alone', async () => {
    const path = await askForLink();
    const first = await mailedLink();
    await client.post(`${path}/prepare_first_factor`, { strategy, redirect_url: POPUP });
    expect(statusIn(await open(first))).toBe('failed');
    expect((await client.call(path)).json.response.status).toBe('needs_first_factor');
    const second = await mailedLink();
    expect(statusIn(await open(second))).toBe('verified');
    expect(statusIn(await open(second))).toBe('failed');
  });

  it('has ten minutes, and whoever waits learns that they are over', async () => {
    const path = await askForLink();
    await emulator.control.configure({ clockOffsetSeconds: 601 });
    expect((await client.call(path)).json.response.first_factor_verification.status).toBe('expired');
    expect(statusIn(await open(await mailedLink()))).toBe('expired');
    expect(await client.sessionIds()).toEqual([]);
  });

  it('lets nobody in who is banned', async () => {
    const path = await askForLink();
    await emulator.control.updateUser(emulator.seededUser.userId, { banned: true });
    expect(statusIn(await open(await mailedLink()))).toBe('failed');
    expect((await client.call(path)).json.response.first_factor_verification.status).toBe('unverified');
  });

  it('knows its own tokens alone, and logs none', async () => {
    for (const query of ['', '?token=', '?token=x']) {
      const answer = await send(emulator, `/v1/verify${query}`);
      expect([answer.status, errorOf(answer).code]).toEqual([400, 'verification_link_token_invalid']);
    }
    await askForLink();
    const link = await mailedLink();
    await open(link);
    const log = JSON.stringify(await emulator.control.requests());
    expect(log).not.toContain(link.searchParams.get('token'));
  });

  it('is refused where the instance has no links', async () => {
    await emulator.control.configure({ emailLinks: false });
    const { json } = await client.startSignIn();
    const path = `/client/sign_ins/${json.response.id}/prepare_first_factor`;
    expect(errorOf(await client.post(path, { strategy })).code).toBe('strategy_for_user_invalid');
  });
});

describe('where a link leads', () => {
  it.each(['https://web.example/verify?x=1#/done', 'http://localhost:3000/verify'])(
    'to the web page that the app named: %s',
    async (address) => {
      const path = await askForLink(address);
      const { status, headers } = await open(await mailedLink());
      const location = new URL(headers.location ?? '');
      expect(status).toBe(303);
      expect(location.searchParams.get('__clerk_status')).toBe('verified');
      const { created_session_id: sessionId } = (await client.call(path)).json.response;
      expect(location.searchParams.get('__clerk_created_session')).toBe(sessionId);
      location.searchParams.delete('__clerk_status');
      location.searchParams.delete('__clerk_created_session');
      expect(location.href).toBe(address);
    },
  );

  it('to the page of this server’s when the app named none', async () => {
    await askForLink('');
    expect(statusIn(await open(await mailedLink()))).toBe('verified');
  });

  it('tells the web page what went wrong', async () => {
    await askForLink(`${APP}/verify`);
    const link = await mailedLink();
    await open(link);
    expect((await open(link)).headers.location).toBe(`${APP}/verify?__clerk_status=failed`);
  });
});

describe('the same device and browser', () => {
  it('does not count an extension’s link that was opened in a tab', async () => {
    await emulator.control.configure({ emailLinkSameClient: true });
    const path = await askForLink();
    const link = await mailedLink();
    expect(statusIn(await open(link))).toBe('client_mismatch');
    const stranger = await webSignIn();
    expect(statusIn(await open(link, { cookie: stranger.cookie }))).toBe('client_mismatch');
    expect((await client.call(path)).json.response).toMatchObject({
      status: 'needs_first_factor',
      first_factor_verification: { status: 'unverified' },
    });
  });

  it('counts a web page’s link in its own browser, which gets the cookies', async () => {
    await emulator.control.configure({ emailLinkSameClient: true });
    const { cookie, path } = await webSignIn();
    const form = { strategy, redirect_url: `${APP}/verify` };
    await send(emulator, `/v1${path}/prepare_first_factor`, { form, headers: { origin: APP, cookie } });
    const opened = await open(await mailedLink(), { cookie });
    expect(opened.headers.location).toContain('__clerk_status=verified');
    const signedIn = cookiesOf(opened);
    expect(signedIn).not.toBe(cookie);
    const { json } = await send(emulator, `/v1${path}`, { headers: { origin: APP, cookie: signedIn } });
    expect(json.response.first_factor_verification.verified_at_client).toBe(json.client.id);
    expect(json.client.sessions).toHaveLength(1);
  });

  async function webSignIn() {
    const form = { identifier: ADA };
    const answer = await send(emulator, '/v1/client/sign_ins', { form, headers: { origin: APP } });
    return { cookie: cookiesOf(answer), path: `/client/sign_ins/${answer.json.response.id}` };
  }

  function cookiesOf({ headers }: Answer): string {
    return (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
  }
});

describe('other links', () => {
  it('finish a sign-up', async () => {
    const form = { email_address: 'new@example.com', password: 'nanosecond' };
    const { json } = await client.post('/client/sign_ups', form);
    const path = `/client/sign_ups/${json.response.id}`;
    await client.post(`${path}/prepare_verification`, { strategy, redirect_url: POPUP });
    expect((await client.call(path)).json.response.verifications.email_address).toMatchObject({
      status: 'unverified',
      strategy,
      next_action: 'needs_attempt',
      supported_strategies: [strategy],
    });
    expect(statusIn(await open(await mailedLink('new@example.com')))).toBe('verified');
    const { response } = (await client.call(path)).json;
    expect(response).toMatchObject({
      status: 'complete',
      verifications: { email_address: { status: 'verified' } },
    });
    expect(await client.sessionIds()).toEqual([response.created_session_id]);
  });

  it('leave a sign-up open that lacks something', async () => {
    await emulator.control.configure({ usernames: true });
    const form = { email_address: 'new@example.com', password: 'nanosecond' };
    const { json } = await client.post('/client/sign_ups', form);
    const path = `/client/sign_ups/${json.response.id}`;
    await client.post(`${path}/prepare_verification`, { strategy });
    await open(await mailedLink('new@example.com'));
    expect((await client.call(path)).json.response).toMatchObject({
      status: 'missing_requirements',
      missing_fields: ['username'],
      unverified_fields: [],
    });
  });

  it('prove a new address of somebody who is signed in', async () => {
    await client.signIn();
    const { json } = await client.post('/me/email_addresses', { email_address: 'second@example.com' });
    const path = `/me/email_addresses/${json.response.id}`;
    await client.post(`${path}/prepare_verification`, { strategy, redirect_url: POPUP });
    expect(statusIn(await open(await mailedLink('second@example.com')))).toBe('verified');
    expect((await client.call(path)).json.response.verification).toMatchObject({
      status: 'verified',
      strategy,
    });
  });
});
