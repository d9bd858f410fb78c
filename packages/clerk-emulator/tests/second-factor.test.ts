// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { type Answer, errorOf } from '../src/frontend-api-client.ts';
import { totpCode } from '../src/index.ts';
import { CheckedClient, client, emulator, withCheckedEmulator } from './support/checked.ts';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const PHONE = '+15555550100';
const GRACE = { emailAddress: 'grace@example.com', password: 'nanosecond' };
const ALL = { secondFactors: ['totp', 'phone_code', 'backup_code'] as const };
withCheckedEmulator({ secondFactors: [...ALL.secondFactors] });

/** Password first; answers the attempt's path and what it said. */
async function passwordFirst(who = client): Promise<{ path: string; answer: Answer }> {
  const form = { identifier: GRACE.emailAddress, strategy: 'password', password: GRACE.password };
  const answer = await who.post('/client/sign_ins', form);
  return { path: `/client/sign_ins/${answer.json.response.id}`, answer };
}

const strategies = (answer: Answer) =>
  answer.json.response.supported_second_factors.map((factor: { strategy: string }) => factor.strategy);

async function mailedCode(to: string): Promise<string> {
  return (await emulator.control.lastMail(to))?.code ?? '';
}

describe('sign-in with a second factor', () => {
  it('asks for what the account and the instance have', async () => {
    await emulator.control.createUser({
      ...GRACE,
      totpSecret: SECRET,
      backupCodes: ['a1'],
      phoneNumber: PHONE,
    });
    const { answer } = await passwordFirst();
    expect(answer.json.response).toMatchObject({ status: 'needs_second_factor', created_session_id: null });
    expect(answer.json.client.sessions).toEqual([]);
    expect(strategies(answer)).toEqual(['totp', 'phone_code', 'backup_code']);
    expect(answer.json.response.supported_second_factors[1].safe_identifier).toBe('+*******0100');
    await emulator.control.configure({ secondFactors: [] });
    expect((await passwordFirst(new CheckedClient(emulator))).answer.json.response.status).toBe('complete');
  });

  it('takes the code of an authenticator app', async () => {
    await emulator.control.createUser({ ...GRACE, totpSecret: SECRET });
    const { path } = await passwordFirst();
    const attempt = (code: string) =>
      client.post(`${path}/attempt_second_factor`, { strategy: 'totp', code });
    expect(errorOf(await attempt('000000'))).toMatchObject({
      code: 'form_code_incorrect',
      meta: { param_name: 'code' },
    });
    const { json } = await attempt(totpCode(SECRET));
    expect(json.response).toMatchObject({
      status: 'complete',
      second_factor_verification: { strategy: 'totp' },
    });
    const [session] = json.client.sessions;
    expect(session.factor_verification_age).toEqual([0, 0]);
    const claims = JSON.parse(
      Buffer.from(session.last_active_token.jwt.split('.')[1], 'base64url').toString(),
    );
    expect(claims.fva).toEqual([0, 0]);
  });

  it('takes each backup code once', async () => {
    await emulator.control.createUser({
      ...GRACE,
      totpSecret: SECRET,
      backupCodes: ['first-one', 'second-one'],
    });
    const attempt = async (who: CheckedClient) => {
      const { path } = await passwordFirst(who);
      return who.post(`${path}/attempt_second_factor`, { strategy: 'backup_code', code: 'first-one' });
    };
    expect((await attempt(client)).json.response.status).toBe('complete');
    expect(errorOf(await attempt(new CheckedClient(emulator))).code).toBe('form_code_incorrect');
  });

  it('takes a code that was sent to the phone', async () => {
    await emulator.control.createUser({ ...GRACE, phoneNumber: PHONE });
    const { path, answer } = await passwordFirst();
    const [{ phone_number_id }] = answer.json.response.supported_second_factors;
    const form = { strategy: 'phone_code', phone_number_id };
    const early = await client.post(`${path}/attempt_second_factor`, { strategy: 'phone_code', code: '1' });
    expect(errorOf(early).code).toBe('verification_missing');
    const prepared = await client.post(`${path}/prepare_second_factor`, form);
    expect(prepared.json.response.second_factor_verification).toMatchObject({
      status: 'unverified',
      attempts: 0,
    });
    expect(await emulator.control.lastMail(PHONE)).toMatchObject({ purpose: 'second-factor' });
    const code = await mailedCode(PHONE);
    const done = await client.post(`${path}/attempt_second_factor`, { strategy: 'phone_code', code });
    expect(done.json.response.status).toBe('complete');
  });

  it('takes a code by mail where the instance has that, but not after another one by mail', async () => {
    await emulator.control.configure({ secondFactors: ['email_code'] });
    await emulator.control.createUser(GRACE);
    const { path, answer } = await passwordFirst();
    expect(answer.json.response.supported_second_factors).toMatchObject([
      { strategy: 'email_code', safe_identifier: GRACE.emailAddress, primary: true },
    ]);
    await client.post(`${path}/prepare_second_factor`, { strategy: 'email_code' });
    const form = { strategy: 'email_code', code: await mailedCode(GRACE.emailAddress) };
    const done = await client.post(`${path}/attempt_second_factor`, form);
    expect(done.json.response.status).toBe('complete');

    const other = new CheckedClient(emulator);
    const strategy = 'email_code';
    const { json } = await other.post('/client/sign_ins', { identifier: GRACE.emailAddress, strategy });
    const first = `/client/sign_ins/${json.response.id}/attempt_first_factor`;
    const again = await other.post(first, { strategy, code: await mailedCode(GRACE.emailAddress) });
    expect(again.json.response.status).toBe('complete');
  });

  it('follows a password reset, too', async () => {
    await emulator.control.createUser({ ...GRACE, totpSecret: SECRET });
    const strategy = 'reset_password_email_code';
    const { json } = await client.post('/client/sign_ins', { identifier: GRACE.emailAddress, strategy });
    const path = `/client/sign_ins/${json.response.id}`;
    const code = await mailedCode(GRACE.emailAddress);
    await client.post(`${path}/attempt_first_factor`, { strategy, code });
    const reset = await client.post(`${path}/reset_password`, { password: 'a-new-password' });
    expect(reset.json.response.status).toBe('needs_second_factor');
  });

  it.each([
    ['a strategy the account lacks', { strategy: 'backup_code', code: 'x' }, 'strategy_for_user_invalid'],
    [
      'an e-mail code, which is no second factor',
      { strategy: 'email_code', code: 'x' },
      'verification_missing',
    ],
  ])('refuses %s', async (_, form, code) => {
    await emulator.control.createUser({ ...GRACE, totpSecret: SECRET });
    const { path } = await passwordFirst();
    expect(errorOf(await client.post(`${path}/attempt_second_factor`, form)).code).toBe(code);
    const prepare = await client.post(`${path}/prepare_second_factor`, { strategy: 'email_code' });
    expect(errorOf(prepare).code).toBe('strategy_for_user_invalid');
  });
});

describe('client trust', () => {
  it('wants a code on a client that the user never signed in on, and knows it from then on', async () => {
    await emulator.control.configure({ clientTrust: true });
    await emulator.control.createUser(GRACE);
    const { path, answer } = await passwordFirst();
    expect(answer.json.response).toMatchObject({ status: 'needs_client_trust', client_trust_state: 'new' });
    expect(strategies(answer)).toEqual(['email_code']);
    await client.post(`${path}/prepare_second_factor`, { strategy: 'email_code' });
    const code = await mailedCode(GRACE.emailAddress);
    const done = await client.post(`${path}/attempt_second_factor`, { strategy: 'email_code', code });
    expect(done.json.response.status).toBe('complete');
    await client.call('/client/sessions', { method: 'DELETE' });
    expect((await passwordFirst()).answer.json.response).toMatchObject({
      status: 'complete',
      client_trust_state: 'known',
    });
  });
});

describe('setting up a second factor', () => {
  it('shows the secret of an authenticator app until its first right code, and backup codes once', async () => {
    await client.signIn();
    const { json } = await client.post('/me/totp');
    expect(json.response).toMatchObject({ verified: false, backup_codes: null });
    expect(json.response.uri).toContain(`secret=${json.response.secret}`);
    const wrong = await client.post('/me/totp/attempt_verification', { code: '000000' });
    expect(errorOf(wrong).code).toBe('form_code_incorrect');
    const code = totpCode(json.response.secret);
    const done = await client.post('/me/totp/attempt_verification', { code });
    expect(done.json.response).toMatchObject({ verified: true, secret: null, uri: null });
    expect(new Set(done.json.response.backup_codes).size).toBe(10);
    const [{ user }] = done.json.client.sessions;
    expect(user).toMatchObject({ totp_enabled: true, two_factor_enabled: true, backup_code_enabled: true });
    expect(user.mfa_enabled_at).toBeTypeOf('number');
    expect(errorOf(await client.post('/me/totp')).code).toBe('totp_already_enabled');
  });

  it('gives new backup codes on demand, with another factor only', async () => {
    await client.signIn();
    expect((await client.post('/me/backup_codes/')).status).toBe(403);
    const { json } = await client.post('/me/totp');
    const code = totpCode(json.response.secret);
    const first = (await client.post('/me/totp/attempt_verification', { code })).json.response.backup_codes;
    const { codes } = (await client.post('/me/backup_codes/')).json.response;
    expect(codes).toHaveLength(10);
    expect(codes).not.toContain(first[0]);
  });

  it('ends with the last factor, backup codes included', async () => {
    await client.signIn();
    expect((await client.call('/me/totp', { method: 'DELETE' })).status).toBe(404);
    const { json } = await client.post('/me/totp');
    await client.post('/me/totp/attempt_verification', { code: totpCode(json.response.secret) });
    await client.call('/me/totp', { method: 'DELETE' });
    expect((await client.call('/me')).json.response).toMatchObject({
      two_factor_enabled: false,
      backup_code_enabled: false,
      mfa_disabled_at: expect.any(Number),
    });
  });
});

describe('/me/phone_numbers', () => {
  const path = '/me/phone_numbers';
  async function addVerified(): Promise<string> {
    const { json } = await client.post(`${path}/`, { phone_number: '+1 (555) 555-0101' });
    const { id } = json.response;
    await client.post(`${path}/${id}/prepare_verification`, { strategy: 'phone_code' });
    const code = await mailedCode('+15555550101');
    await client.post(`${path}/${id}/attempt_verification`, { code });
    return id;
  }

  it('are added, verified, reserved for the second factor and made its default', async () => {
    await client.signIn();
    const id = await addVerified();
    const form = { reserved_for_second_factor: 'true', default_second_factor: 'true' };
    const { json } = await client.call(`${path}/${id}`, { method: 'PATCH', form });
    expect(json.response).toMatchObject({
      phone_number: '+15555550101',
      reserved_for_second_factor: true,
      default_second_factor: true,
      verification: { status: 'verified', strategy: 'phone_code' },
    });
    const me = (await client.call('/me')).json.response;
    expect(me).toMatchObject({ two_factor_enabled: true, primary_phone_number_id: id });
    expect((await client.call(path)).json).toHaveLength(1);
    expect((await client.call(`${path}/${id}`, { method: 'DELETE' })).json.response.deleted).toBe(true);
    expect((await client.call('/me')).json.response.two_factor_enabled).toBe(false);
  });

  it('accept 424242 for test numbers', async () => {
    await client.signIn();
    const { json } = await client.post(path, { phone_number: '+14155550142' });
    await client.post(`${path}/${json.response.id}/prepare_verification`);
    const form = { code: '424242' };
    expect((await client.post(`${path}/${json.response.id}/attempt_verification`, form)).status).toBe(200);
  });

  it('refuse what is no number, what is taken, and to serve unverified', async () => {
    await emulator.control.createUser({ ...GRACE, phoneNumber: PHONE });
    await client.signIn();
    expect(errorOf(await client.post(path, { phone_number: '12' })).code).toBe('form_param_format_invalid');
    expect(errorOf(await client.post(path, { phone_number: PHONE })).code).toBe('form_identifier_exists');
    const { json } = await client.post(path, { phone_number: '+15555550199' });
    const form = { reserved_for_second_factor: 'true' };
    const refused = await client.call(`${path}/${json.response.id}`, { method: 'PATCH', form });
    expect([refused.status, errorOf(refused).code]).toEqual([403, 'resource_forbidden']);
    expect((await client.call(`${path}/idn_unknown`)).status).toBe(404);
  });
});
