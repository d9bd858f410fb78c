// @vitest-environment node
import { beforeEach, expect, it } from 'vitest';
import { errorOf } from '../src/frontend-api-client.ts';
import { totpCode } from '../src/index.ts';
import { client, emulator, withCheckedEmulator } from './support/checked.ts';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
withCheckedEmulator({ reverification: true, secondFactors: ['totp', 'phone_code'] });

let path: string;
beforeEach(async () => {
  path = `/client/sessions/${await client.signIn()}/verify`;
});
const later = (seconds: number) => emulator.control.configure({ clockOffsetSeconds: seconds });

const SENSITIVE = [
  ['POST', '/me/change_password', { current_password: 'lovelace1815', new_password: 'analytical' }],
  ['POST', '/me/totp', {}],
  ['POST', '/me/email_addresses', { email_address: 'countess@example.com' }],
  ['POST', '/me/phone_numbers', { phone_number: '+15555550101' }],
  ['DELETE', '/me', {}],
] as const;

it.each(SENSITIVE)('is needed ten minutes after the sign-in: %s %s', async (method, sensitive, form) => {
  await later(601);
  const refused = await client.call(sensitive, { method, form });
  expect([refused.status, errorOf(refused).code]).toEqual([403, 'session_reverification_required']);
  await client.post(path, { level: 'first_factor' });
  const proof = { strategy: 'password', password: emulator.seededUser.password };
  const done = await client.post(`${path}/attempt_first_factor`, proof);
  expect(done.json.response).toMatchObject({
    status: 'complete',
    session: { factor_verification_age: [0, -1] },
  });
  expect((await client.call(sensitive, { method, form })).status).toBe(200);
});

it('is not needed right after a sign-in, nor where the instance does not ask', async () => {
  expect((await client.post('/me/totp')).status).toBe(200);
  await later(601);
  await emulator.control.configure({ reverification: false });
  expect((await client.post('/me/totp')).status).toBe(200);
});

it('takes a mailed code', async () => {
  await client.post(path, { level: 'first_factor' });
  const prepared = await client.post(`${path}/prepare_first_factor`, { strategy: 'email_code' });
  expect(prepared.json.response.first_factor_verification).toMatchObject({ status: 'unverified' });
  const mail = await emulator.control.lastMail('ada@example.com');
  expect(mail?.purpose).toBe('reverification');
  const form = { strategy: 'email_code', code: mail?.code ?? '' };
  expect((await client.post(`${path}/attempt_first_factor`, form)).json.response.status).toBe('complete');
});

it('falls back to the first factor without a second one', async () => {
  const { json } = await client.post(path, { level: 'multi_factor' });
  expect(json.response).toMatchObject({
    level: 'first_factor',
    status: 'needs_first_factor',
    supported_second_factors: [],
  });
});

it('asks for both at the level of both', async () => {
  const grace = { emailAddress: 'grace@example.com', password: 'nanosecond', totpSecret: SECRET };
  await emulator.control.createUser(grace);
  await client.call('/client/sessions', { method: 'DELETE' });
  const first = { identifier: grace.emailAddress, password: grace.password };
  const { id } = (await client.post('/client/sign_ins', first)).json.response;
  const second = { strategy: 'totp', code: totpCode(SECRET) };
  const signedIn = await client.post(`/client/sign_ins/${id}/attempt_second_factor`, second);
  path = `/client/sessions/${signedIn.json.response.created_session_id}/verify`;

  await later(601);
  await client.post(path, { level: 'multi_factor' });
  const form = { strategy: 'password', password: grace.password };
  const half = await client.post(`${path}/attempt_first_factor`, form);
  expect(half.json.response.status).toBe('needs_second_factor');
  const code = totpCode(SECRET, Date.now() + 601_000);
  const done = await client.post(`${path}/attempt_second_factor`, { strategy: 'totp', code });
  expect(done.json.response).toMatchObject({
    status: 'complete',
    second_factor_verification: { object: 'verification_totp', status: 'verified' },
  });
});

it('refuses a wrong proof, an unknown level, and a step out of turn', async () => {
  const early = await client.post(`${path}/attempt_first_factor`, { strategy: 'password', password: 'x' });
  expect(errorOf(early).code).toBe('verification_missing');
  expect(errorOf(await client.post(path, { level: 'third_factor' })).meta).toEqual({ param_name: 'level' });
  await client.post(path, { level: 'first_factor' });
  const wrong = await client.post(`${path}/attempt_first_factor`, { strategy: 'password', password: 'x' });
  expect(errorOf(wrong).code).toBe('form_password_incorrect');
  const second = await client.post(`${path}/attempt_second_factor`, { strategy: 'totp', code: '1' });
  expect(errorOf(second).code).toBe('resource_forbidden');
  const gone = await client.post('/client/sessions/sess_unknown/verify', { level: 'first_factor' });
  expect([gone.status, errorOf(gone).code]).toEqual([401, 'authentication_invalid']);
});
