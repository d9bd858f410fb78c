// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { errorOf, FapiClient } from '../src/frontend-api-client.ts';
import { client, emulator, withCheckedEmulator } from './support/checked.ts';

const EMAIL = 'ada@example.com';
withCheckedEmulator();

async function startAttempt(): Promise<string> {
  const { json } = await client.startSignIn();
  return `/client/sign_ins/${json.response.id}`;
}

async function mailedCode(address = EMAIL): Promise<string> {
  const mail = await emulator.control.lastMail(address);
  if (!mail) throw new Error(`No mail for ${address}`);
  return mail.code;
}

describe('sign-in by password', () => {
  it('offers the factors of the account', async () => {
    const { json } = await client.startSignIn();
    expect(json.response.status).toBe('needs_first_factor');
    const strategies = json.response.supported_first_factors.map(
      (factor: { strategy: string }) => factor.strategy,
    );
    expect(strategies).toEqual(['password', 'email_code', 'reset_password_email_code']);
    expect(json.response.user_data.first_name).toBe('Ada');
  });

  it('piggybacks the client with the new session', async () => {
    const attempt = await startAttempt();
    const form = { strategy: 'password', password: emulator.seededUser.password };
    const { json } = await client.post(`${attempt}/attempt_first_factor`, form);
    expect(json.response.status).toBe('complete');
    expect(json.client.sessions[0].id).toBe(json.response.created_session_id);
    expect(json.client.last_active_session_id).toBe(json.response.created_session_id);
    expect(json.client.sessions[0].user.id).toBe(emulator.seededUser.userId);
  });

  it('takes identifier and password in one step', async () => {
    const form = {
      identifier: EMAIL.toUpperCase(),
      password: emulator.seededUser.password,
      strategy: 'password',
    };
    const { json } = await client.post('/client/sign_ins', form);
    expect(json.response.status).toBe('complete');
  });

  it.each([
    ['an unknown address', { identifier: 'nobody@example.com' }, 'form_identifier_not_found', 'identifier'],
    ['no address at all', { identifier: 'nobody' }, 'form_param_format_invalid', 'identifier'],
    ['a wrong password', { identifier: EMAIL, password: 'wrong' }, 'form_password_incorrect', 'password'],
    ['a password for nobody', { password: 'wrong' }, 'form_param_missing', 'identifier'],
  ])('refuses %s under the right field', async (_, form, code, field) => {
    const answer = await client.post('/client/sign_ins', form as unknown as Record<string, string>);
    expect(answer.status).toBe(422);
    expect(errorOf(answer)).toMatchObject({ code, meta: { param_name: field } });
  });

  it('refuses strategies it does not have', async () => {
    const answer = await client.post('/client/sign_ins', { strategy: 'oauth_google', redirect_url: 'x' });
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'oauth_provider_not_enabled']);
  });

  it('refuses a second sign-in in single-session mode', async () => {
    await client.signIn();
    const answer = await client.startSignIn();
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'session_exists']);
  });

  it('lets two people sign in on one client in multi-session mode, but nobody twice', async () => {
    await emulator.control.configure({ singleSessionMode: false });
    await emulator.control.createUser({ emailAddress: 'grace@example.com', password: 'nanosecond' });
    const first = await client.signIn();
    const second = await client.signIn('grace@example.com', 'nanosecond');
    expect(await client.sessionIds()).toEqual([first, second]);
    const again = await client.startSignIn();
    expect(errorOf(again)).toMatchObject({
      code: 'identifier_already_signed_in',
      meta: { session_id: first },
    });
  });

  it('is no longer the attempt of the client once it is complete', async () => {
    await client.signIn();
    expect((await client.call('/client')).json.response.sign_in).toBeNull();
  });

  it('sends the client with an error, which may have changed it', async () => {
    const attempt = await startAttempt();
    const { json } = await client.post(`${attempt}/attempt_first_factor`, {
      strategy: 'password',
      password: 'no',
    });
    expect(json.meta.client).toMatchObject({ object: 'client', sign_in: { id: attempt.split('/').at(-1) } });
  });

  it('mails no code to an address that is not the account’s', async () => {
    const attempt = await startAttempt();
    const form = { strategy: 'email_code', email_address_id: 'idn_foreign' };
    expect((await client.post(`${attempt}/prepare_first_factor`, form)).status).toBe(422);
    expect(await emulator.control.lastMail(EMAIL)).toBeNull();
  });

  it('accepts no write to a finished attempt', async () => {
    const attempt = await startAttempt();
    const form = { strategy: 'password', password: emulator.seededUser.password };
    await client.post(`${attempt}/attempt_first_factor`, form);
    const answer = await client.post(`${attempt}/attempt_first_factor`, form);
    expect([answer.status, errorOf(answer).code]).toEqual([403, 'resource_forbidden']);
  });

  it('forgets an attempt that was left alone for a day', async () => {
    const attempt = await startAttempt();
    await emulator.control.configure({ clockOffsetSeconds: 25 * 3600 });
    expect((await client.call(attempt)).status).toBe(404);
    expect((await client.call('/client')).json.response.sign_in).toBeNull();
  });

  it('starts over when the SDK sends an empty attempt', async () => {
    await startAttempt();
    const { json } = await client.post('/client/sign_ins', { locale: 'en-US', timezone: 'UTC' });
    expect(json.response).toMatchObject({ status: 'needs_identifier', identifier: null });
  });
});

describe('sign-in by e-mail code', () => {
  const strategy = 'email_code';

  it('completes with the mailed code', async () => {
    const attempt = await startAttempt();
    const prepared = await client.post(`${attempt}/prepare_first_factor`, { strategy });
    expect(prepared.json.response.first_factor_verification).toMatchObject({
      status: 'unverified',
      strategy,
    });
    const done = await client.post(`${attempt}/attempt_first_factor`, { strategy, code: await mailedCode() });
    expect(done.json.response.status).toBe('complete');
    expect(done.json.client.last_authentication_strategy).toBe(strategy);
  });

  it('can be resumed from GET /client by a page that opens at the code step', async () => {
    const attempt = await startAttempt();
    await client.post(`${attempt}/prepare_first_factor`, { strategy });
    const { json } = await client.call('/client');
    expect(json.response.sign_in).toMatchObject({
      status: 'needs_first_factor',
      identifier: EMAIL,
      first_factor_verification: { status: 'unverified', strategy },
    });
    const reread = await client.call(attempt);
    expect(reread.json.response).toEqual(json.response.sign_in);
  });

  it('counts wrong codes and gives up after five', async () => {
    const attempt = await startAttempt();
    await client.post(`${attempt}/prepare_first_factor`, { strategy });
    const tryWrong = () => client.post(`${attempt}/attempt_first_factor`, { strategy, code: 'wrong' });
    for (let count = 1; count <= 5; count += 1) {
      const answer = await tryWrong();
      expect([answer.status, errorOf(answer).code]).toEqual([422, 'form_code_incorrect']);
    }
    expect(errorOf(await tryWrong()).code).toBe('verification_failed');
  });

  it('lets a code expire after ten minutes', async () => {
    const attempt = await startAttempt();
    await client.post(`${attempt}/prepare_first_factor`, { strategy });
    await emulator.control.configure({ clockOffsetSeconds: 601 });
    const answer = await client.post(`${attempt}/attempt_first_factor`, {
      strategy,
      code: await mailedCode(),
    });
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'verification_expired']);
  });

  it('replaces a code when another is asked for', async () => {
    const attempt = await startAttempt();
    await client.post(`${attempt}/prepare_first_factor`, { strategy });
    const first = await mailedCode();
    let second = first;
    while (second === first) {
      await client.post(`${attempt}/prepare_first_factor`, { strategy });
      second = await mailedCode();
    }
    const answer = await client.post(`${attempt}/attempt_first_factor`, { strategy, code: first });
    expect(errorOf(answer).code).toBe('form_code_incorrect');
  });

  it('refuses a code nobody asked for', async () => {
    const attempt = await startAttempt();
    const answer = await client.post(`${attempt}/attempt_first_factor`, { strategy, code: '123456' });
    expect(errorOf(answer).code).toBe('verification_missing');
  });

  it('accepts 424242 for test addresses only', async () => {
    await emulator.control.createUser({ emailAddress: 'tess+clerk_test@example.com' });
    const { json } = await client.startSignIn('tess+clerk_test@example.com');
    const attempt = `/client/sign_ins/${json.response.id}`;
    await client.post(`${attempt}/prepare_first_factor`, { strategy });
    const done = await client.post(`${attempt}/attempt_first_factor`, { strategy, code: '424242' });
    expect(done.json.response.status).toBe('complete');
  });
});

describe('password reset by e-mail code', () => {
  const strategy = 'reset_password_email_code';

  it('sets the new password, signs in and signs the others out', async () => {
    const elsewhere = new FapiClient(emulator);
    await elsewhere.signIn();
    const attempt = await startAttempt();
    await client.post(`${attempt}/prepare_first_factor`, { strategy });
    expect(await emulator.control.lastMail(EMAIL)).toMatchObject({ purpose: 'reset-password' });
    const verified = await client.post(`${attempt}/attempt_first_factor`, {
      strategy,
      code: await mailedCode(),
    });
    expect(verified.json.response.status).toBe('needs_new_password');

    const short = await client.post(`${attempt}/reset_password`, { password: 'short' });
    expect(errorOf(short)).toMatchObject({ code: 'form_password_length_too_short' });
    const form = { password: 'analytical-engine', sign_out_of_other_sessions: 'true' };
    const done = await client.post(`${attempt}/reset_password`, form);
    expect(done.json.response.status).toBe('complete');
    expect(await elsewhere.sessionIds()).toEqual([]);
    await new FapiClient(emulator).signIn(EMAIL, 'analytical-engine');
  });

  it('does not complete an attempt that waits for a new password by its old one', async () => {
    const attempt = await startAttempt();
    await client.post(`${attempt}/prepare_first_factor`, { strategy });
    await client.post(`${attempt}/attempt_first_factor`, { strategy, code: await mailedCode() });
    const form = { strategy: 'password', password: emulator.seededUser.password };
    expect(errorOf(await client.post(`${attempt}/attempt_first_factor`, form)).code).toBe(
      'resource_forbidden',
    );
  });
});
