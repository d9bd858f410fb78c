// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { errorOf, FapiClient } from '../src/frontend-api-client.ts';
import { client, emulator, withCheckedEmulator } from './support/checked.ts';

const EMAIL = 'grace@example.com';
withCheckedEmulator();

async function startSignUp(form: Record<string, string> = {}): Promise<string> {
  const filled = { email_address: EMAIL, password: 'nanosecond', first_name: '', last_name: '', ...form };
  const { json } = await client.post('/client/sign_ups', filled);
  return `/client/sign_ups/${json.response.id}`;
}

describe('sign-up', () => {
  it('leaves the verification unprepared at first, or the UI would believe a code is on its way', async () => {
    const { json } = await client.post('/client/sign_ups', { email_address: EMAIL, password: 'nanosecond' });
    expect(json.response).toMatchObject({
      status: 'missing_requirements',
      missing_fields: [],
      unverified_fields: ['email_address'],
      verifications: { email_address: null },
    });
  });

  it('creates the user and the session with the mailed code', async () => {
    const attempt = await startSignUp({ first_name: 'Grace', unsafe_metadata: '{"theme":"dark"}' });
    const prepared = await client.post(`${attempt}/prepare_verification`, { strategy: 'email_code' });
    expect(prepared.json.response.verifications.email_address.next_action).toBe('needs_attempt');
    const code = (await emulator.control.lastMail(EMAIL))?.code ?? '';
    const done = await client.post(`${attempt}/attempt_verification`, { strategy: 'email_code', code });
    expect(done.json.response.status).toBe('complete');
    const [session] = done.json.client.sessions;
    expect(session.id).toBe(done.json.response.created_session_id);
    expect(session.user).toMatchObject({ first_name: 'Grace', unsafe_metadata: { theme: 'dark' } });
    await new FapiClient(emulator).signIn(EMAIL, 'nanosecond');
  });

  it('asks for what is missing and takes it by PATCH', async () => {
    const started = await client.post('/client/sign_ups', { email_address: EMAIL });
    expect(started.json.response.missing_fields).toEqual(['password']);
    const attempt = `/client/sign_ups/${started.json.response.id}`;
    const patched = await client.call(attempt, { method: 'PATCH', form: { password: 'nanosecond' } });
    expect(patched.json.response.missing_fields).toEqual([]);
    expect((await client.call(attempt)).json.response).toEqual(patched.json.response);
  });

  it('completes by PATCH when the code came before the password', async () => {
    const started = await client.post('/client/sign_ups', { email_address: 'tess+clerk_test@example.com' });
    const attempt = `/client/sign_ups/${started.json.response.id}`;
    await client.post(`${attempt}/prepare_verification`, { strategy: 'email_code' });
    const verified = await client.post(`${attempt}/attempt_verification`, { code: '424242' });
    expect(verified.json.response.status).toBe('missing_requirements');
    const done = await client.call(attempt, { method: 'PATCH', form: { password: 'nanosecond' } });
    expect(done.json.response.status).toBe('complete');
  });

  it('asks for a new code when the address changes', async () => {
    const attempt = await startSignUp();
    await client.post(`${attempt}/prepare_verification`, { strategy: 'email_code' });
    const form = { email_address: 'hopper@example.com' };
    const { json } = await client.call(attempt, { method: 'PATCH', form });
    expect(json.response.verifications.email_address).toBeNull();
  });

  it.each([
    ['a taken address', { email_address: 'ada@example.com' }, 'form_identifier_exists', 'email_address'],
    ['a bad address', { email_address: 'ada' }, 'form_param_format_invalid', 'email_address'],
    [
      'a short password',
      { email_address: EMAIL, password: 'short' },
      'form_password_length_too_short',
      'password',
    ],
    ['a long password', { password: 'x'.repeat(73) }, 'form_password_length_too_long', 'password'],
    ['metadata that is no JSON', { unsafe_metadata: '{' }, 'form_param_format_invalid', 'unsafe_metadata'],
  ])('refuses %s', async (_, form, code, field) => {
    const answer = await client.post('/client/sign_ups', form as unknown as Record<string, string>);
    expect(answer.status).toBe(422);
    expect(errorOf(answer)).toMatchObject({ code, meta: { param_name: field } });
  });

  it('gives an address to the first who proves it', async () => {
    const people = [client, new FapiClient(emulator)];
    const attempts: string[] = [];
    for (const person of people) {
      const form = { email_address: 'tess+clerk_test@example.com', password: 'nanosecond' };
      const { json } = await person.post('/client/sign_ups', form);
      attempts.push(`/client/sign_ups/${json.response.id}`);
      await person.post(`${attempts.at(-1)}/prepare_verification`, { strategy: 'email_code' });
    }
    const verify = (index: number) =>
      people[index]?.post(`${attempts[index]}/attempt_verification`, { code: '424242' });
    const first = await verify(0);
    const second = await verify(1);
    expect(first?.json.response.status).toBe('complete');
    expect(second?.json.errors[0].code).toBe('form_identifier_exists');
  });
});
