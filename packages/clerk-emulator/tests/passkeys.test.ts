// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest';
import { errorOf } from '../src/frontend-api-client.ts';
import { totpCode } from '../src/index.ts';
import { Authenticator } from './support/authenticator.ts';
import { CheckedClient, client, emulator, withCheckedEmulator } from './support/checked.ts';

withCheckedEmulator({ passkeys: true, secondFactors: ['totp'] });
let authenticator: Authenticator;
beforeEach(() => {
  authenticator = new Authenticator();
});

async function register(): Promise<string> {
  const { id, verification } = (await client.post('/me/passkeys')).json.response;
  const public_key_credential = authenticator.create(verification.nonce);
  const form = { strategy: 'passkey', public_key_credential };
  const { json } = await client.post(`/me/passkeys/${id}/attempt_verification`, form);
  expect(json.response.verification.status).toBe('verified');
  return id;
}

/** Signs in on another client. `prove` makes the credential of the nonce. */
async function signIn(start: Record<string, string>, prove = (nonce: string) => authenticator.get(nonce)) {
  const other = new CheckedClient(emulator);
  const { id, first_factor_verification } = (await other.post('/client/sign_ins', start)).json.response;
  const form = { strategy: 'passkey', public_key_credential: prove(first_factor_verification.nonce) };
  return other.post(`/client/sign_ins/${id}/attempt_first_factor`, form);
}

describe('a passkey', () => {
  it('is registered, listed, renamed and removed', async () => {
    await client.signIn();
    const id = await register();
    const named = await client.call(`/me/passkeys/${id}`, { method: 'PATCH', form: { name: 'Laptop' } });
    expect(named.json.response.name).toBe('Laptop');
    expect((await client.call('/me')).json.response.passkeys).toMatchObject([{ id, name: 'Laptop' }]);
    await client.call(`/me/passkeys/${id}`, { method: 'DELETE' });
    expect((await client.call('/me')).json.response.passkeys).toEqual([]);
    expect((await client.call(`/me/passkeys/${id}`)).status).toBe(404);
  });

  it('signs its user in, whom it names itself', async () => {
    await client.signIn();
    await register();
    const { json } = await signIn({ strategy: 'passkey' });
    expect(json.response).toMatchObject({
      status: 'complete',
      first_factor_verification: { strategy: 'passkey' },
    });
    expect(json.client.sessions[0].user.id).toBe(emulator.seededUser.userId);
    expect((await client.call('/me')).json.response.passkeys[0].last_used_at).toBeTypeOf('number');
  });

  it('is offered to the user it belongs to, and is two factors in one', async () => {
    await client.signIn();
    await register();
    const { secret } = (await client.post('/me/totp')).json.response;
    await client.post('/me/totp/attempt_verification', { code: totpCode(secret) });
    const other = new CheckedClient(emulator);
    const started = (await other.startSignIn()).json.response;
    expect(started.supported_first_factors[1]).toEqual({ strategy: 'passkey' });
    const { json } = await signIn({ strategy: 'passkey', identifier: emulator.seededUser.emailAddress });
    expect(json.response.status).toBe('complete');
  });

  it('proves that its user is still there', async () => {
    const session = await client.signIn();
    await register();
    const path = `/client/sessions/${session}/verify`;
    await client.post(path, { level: 'first_factor' });
    const { json } = await client.post(`${path}/prepare_first_factor`, { strategy: 'passkey' });
    const public_key_credential = authenticator.get(json.response.first_factor_verification.nonce);
    const form = { strategy: 'passkey', public_key_credential };
    expect((await client.post(`${path}/attempt_first_factor`, form)).json.response.status).toBe('complete');
  });

  it.each([
    ['of another authenticator', (nonce: string) => new Authenticator().get(nonce)],
    ['for another challenge', () => authenticator.get('{"challenge":"x","rpId":"localhost"}')],
    ['for another site', (nonce: string) => authenticator.get(nonce.replace('localhost', 'evil.example'))],
    ['that is none', () => 'nonsense'],
  ])('is refused when its answer is one %s', async (_, prove) => {
    await client.signIn();
    await register();
    const answer = await signIn({ strategy: 'passkey' }, prove);
    expect([answer.status, errorOf(answer).meta]).toEqual([422, { param_name: 'public_key_credential' }]);
  });

  it('is not registered by an answer to another challenge, nor an hour later', async () => {
    await client.signIn();
    const { id } = (await client.post('/me/passkeys')).json.response;
    const attempt = (public_key_credential: string) =>
      client.post(`/me/passkeys/${id}/attempt_verification`, { strategy: 'passkey', public_key_credential });
    const foreign = authenticator.create('{"challenge":"x","rp":{"id":"localhost"}}');
    expect(errorOf(await attempt(foreign)).code).toBe('form_param_value_invalid');
    await emulator.control.configure({ clockOffsetSeconds: 3600 });
    expect(errorOf(await attempt(foreign)).code).toBe('verification_expired');
    expect((await client.call('/me')).json.response.passkeys).toEqual([]);
  });

  it('signs nobody in where the instance has none', async () => {
    await emulator.control.configure({ passkeys: false });
    const answer = await client.post('/client/sign_ins', { strategy: 'passkey' });
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'strategy_for_user_invalid']);
  });
});
