// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { type Answer, errorOf } from '../src/frontend-api-client.ts';
import { CheckedClient, client, emulator, withCheckedEmulator } from './support/checked.ts';

const PHONE = '+15555550100';
const GRACE = {
  emailAddress: 'grace@example.com',
  password: 'nanosecond',
  phoneNumber: PHONE,
  username: 'Grace',
};
withCheckedEmulator({ phoneNumbers: true, usernames: true });

const strategies = (answer: Answer) =>
  answer.json.response.supported_first_factors.map((factor: { strategy: string }) => factor.strategy);
const codeFor = async (recipient: string) => (await emulator.control.lastMail(recipient))?.code ?? '';
const patch = (path: string, form: Record<string, string>) => client.call(path, { method: 'PATCH', form });

async function signUp(form: Record<string, string>): Promise<string> {
  const { json } = await client.post('/client/sign_ups', { password: GRACE.password, ...form });
  return `/client/sign_ups/${json.response.id}`;
}

describe('sign-in by a phone number', () => {
  it('takes an SMS code', async () => {
    await emulator.control.createUser(GRACE);
    const started = await client.startSignIn('+1 (555) 555-0100');
    expect(started.json.response).toMatchObject({
      identifier: PHONE,
      supported_identifiers: ['email_address', 'phone_number', 'username'],
    });
    expect(strategies(started)).toEqual(['password', 'phone_code', 'reset_password_phone_code']);
    const [, { phone_number_id }] = started.json.response.supported_first_factors;
    const attempt = `/client/sign_ins/${started.json.response.id}`;
    const form = { strategy: 'phone_code', phone_number_id };
    const prepared = await client.post(`${attempt}/prepare_first_factor`, form);
    expect(prepared.json.response.first_factor_verification).toMatchObject({ strategy: 'phone_code' });
    const code = await codeFor(PHONE);
    const done = await client.post(`${attempt}/attempt_first_factor`, { strategy: 'phone_code', code });
    expect(done.json.response.status).toBe('complete');
  });

  it('lets a forgotten password be replaced', async () => {
    await emulator.control.createUser(GRACE);
    const strategy = 'reset_password_phone_code';
    const { json } = await client.post('/client/sign_ins', { identifier: PHONE, strategy });
    const attempt = `/client/sign_ins/${json.response.id}`;
    await client.post(`${attempt}/attempt_first_factor`, { strategy, code: await codeFor(PHONE) });
    const done = await client.post(`${attempt}/reset_password`, { password: 'a-new-password' });
    expect(done.json.response.status).toBe('complete');
    await new CheckedClient(emulator).signIn(PHONE, 'a-new-password');
  });

  it('names nobody whose number is kept for the second factor, nor anybody where it is switched off', async () => {
    await emulator.control.createUser(GRACE);
    await client.signIn(GRACE.emailAddress, GRACE.password);
    const [{ id }] = (await client.call('/me/phone_numbers')).json;
    await patch(`/me/phone_numbers/${id}`, { reserved_for_second_factor: 'true' });
    const other = new CheckedClient(emulator);
    expect(errorOf(await other.startSignIn(PHONE)).code).toBe('form_identifier_not_found');
    await emulator.control.configure({ phoneNumbers: false, usernames: false });
    expect(errorOf(await other.startSignIn(PHONE)).code).toBe('form_param_format_invalid');
  });
});

describe('sign-in by a username', () => {
  it('compares it without case and sends codes to the primary address and number', async () => {
    await emulator.control.createUser(GRACE);
    const started = await client.startSignIn('grace');
    expect(started.json.response.identifier).toBe('Grace');
    expect(strategies(started).slice(0, 3)).toEqual(['password', 'email_code', 'phone_code']);
    await client.signIn('GRACE', GRACE.password);
    expect((await client.call('/me')).json.response.username).toBe('Grace');
    const nobody = new CheckedClient(emulator);
    expect(errorOf(await nobody.startSignIn('nobody')).code).toBe('form_identifier_not_found');
  });
});

describe('sign-up', () => {
  it('needs an address or a number, and a username', async () => {
    const { json } = await client.post('/client/sign_ups', {});
    expect(json.response).toMatchObject({
      missing_fields: ['email_address_or_phone_number', 'username', 'password'],
      required_fields: ['username', 'password'],
    });
    const { user_settings } = (await client.call('/environment')).json;
    const { email_address, phone_number, username } = user_settings.attributes;
    expect([email_address, phone_number, username].map(({ required }) => required)).toEqual([
      false,
      false,
      true,
    ]);
    expect(phone_number).toMatchObject({ used_for_first_factor: true, first_factors: ['phone_code'] });
  });

  it('makes somebody with a number alone', async () => {
    const attempt = await signUp({ phone_number: PHONE, username: GRACE.username });
    const prepared = await client.post(`${attempt}/prepare_verification`, { strategy: 'phone_code' });
    expect(prepared.json.response.verifications).toMatchObject({
      phone_number: { status: 'unverified', next_action: 'needs_attempt' },
      email_address: null,
    });
    const form = { strategy: 'phone_code', code: await codeFor(PHONE) };
    const done = await client.post(`${attempt}/attempt_verification`, form);
    expect(done.json.response).toMatchObject({ status: 'complete', phone_number: PHONE, username: 'Grace' });
    const [{ public_user_data, user }] = done.json.client.sessions;
    expect(public_user_data.identifier).toBe(PHONE);
    expect(user).toMatchObject({ email_addresses: [], primary_email_address_id: null });
    expect(user.primary_phone_number_id).toBe(user.phone_numbers[0].id);
    expect(user.id).toMatch(/^user_/);
  });

  it('proves both when both are given', async () => {
    const attempt = await signUp({
      phone_number: PHONE,
      email_address: GRACE.emailAddress,
      username: 'grace',
    });
    for (const [strategy, recipient] of [
      ['email_code', GRACE.emailAddress],
      ['phone_code', PHONE],
    ] as const) {
      const { unverified_fields } = (await client.call(attempt)).json.response;
      expect(unverified_fields).toContain(strategy === 'email_code' ? 'email_address' : 'phone_number');
      await client.post(`${attempt}/prepare_verification`, { strategy });
      await client.post(`${attempt}/attempt_verification`, { strategy, code: await codeFor(recipient) });
    }
    expect((await client.call('/me')).json.response).toMatchObject({
      phone_numbers: [{ phone_number: PHONE }],
      email_addresses: [{ email_address: GRACE.emailAddress }],
    });
  });

  it.each([
    [{ phone_number: PHONE }, 'form_identifier_exists', 'phone_number'],
    [{ username: 'grace' }, 'form_identifier_exists', 'username'],
    [{ username: 'abc' }, 'form_username_invalid_length', 'username'],
    [{ username: 'grace hopper' }, 'form_username_invalid_character', 'username'],
    [{ phone_number: 'twelve' }, 'form_param_format_invalid', 'phone_number'],
  ])('refuses %o with %s', async (form, code, param_name) => {
    await emulator.control.createUser(GRACE);
    const answer = await client.post('/client/sign_ups', form);
    expect([answer.status, errorOf(answer)]).toMatchObject([422, { code, meta: { param_name } }]);
  });

  it('knows no numbers and no usernames where they are switched off', async () => {
    await emulator.control.configure({ phoneNumbers: false, usernames: false });
    const { json } = await client.post('/client/sign_ups', { phone_number: PHONE, username: 'x' });
    expect(json.response).toMatchObject({ phone_number: null, username: null });
    const path = `/client/sign_ups/${json.response.id}/prepare_verification`;
    expect(errorOf(await client.post(path, { strategy: 'phone_code' })).code).toBe(
      'strategy_for_user_invalid',
    );
  });
});

describe('the profile', () => {
  it('changes the username, to one that is free', async () => {
    await emulator.control.createUser(GRACE);
    await client.signIn();
    expect(errorOf(await patch('/me', { username: 'GRACE' })).code).toBe('form_identifier_exists');
    expect((await patch('/me', { username: 'lovelace' })).json.response.username).toBe('lovelace');
    await emulator.control.configure({ usernames: false });
    expect((await patch('/me', { username: 'countess' })).json.response.username).toBe('lovelace');
  });

  it('keeps the last address or number', async () => {
    await emulator.control.createUser(GRACE);
    await client.signIn(GRACE.emailAddress, GRACE.password);
    const { email_addresses, phone_numbers } = (await client.call('/me')).json.response;
    const remove = (path: string) => client.call(path, { method: 'DELETE' });
    const email = await remove(`/me/email_addresses/${email_addresses[0].id}`);
    expect(email.status).toBe(200);
    const phone = await remove(`/me/phone_numbers/${phone_numbers[0].id}`);
    expect([phone.status, errorOf(phone).code]).toEqual([403, 'resource_forbidden']);
  });

  it('reverifies somebody who has a number alone by an SMS code', async () => {
    await emulator.control.createUser(GRACE);
    const id = await client.signIn(GRACE.emailAddress, GRACE.password);
    const [{ id: emailId }] = (await client.call('/me/email_addresses')).json;
    await client.call(`/me/email_addresses/${emailId}`, { method: 'DELETE' });
    const path = `/client/sessions/${id}/verify`;
    const { json } = await client.post(path, { level: 'first_factor' });
    const factors = json.response.supported_first_factors.map(
      ({ strategy }: { strategy: string }) => strategy,
    );
    expect(factors).toEqual(['password', 'phone_code']);
    await client.post(`${path}/prepare_first_factor`, { strategy: 'phone_code' });
    const form = { strategy: 'phone_code', code: await codeFor(PHONE) };
    expect((await client.post(`${path}/attempt_first_factor`, form)).json.response.status).toBe('complete');
  });
});

it('the control surface refuses a number or a username that somebody has', async () => {
  await emulator.control.createUser(GRACE);
  const other = { emailAddress: 'hopper@example.com' };
  await expect(emulator.control.createUser({ ...other, phoneNumber: PHONE })).rejects.toThrow(PHONE);
  await expect(emulator.control.createUser({ ...other, username: 'grace' })).rejects.toThrow('grace');
  await expect(emulator.control.createUser({ ...other, username: 'a b' })).rejects.toThrow(
    'a username such as',
  );
});
