// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { errorOf } from '../src/frontend-api-client.ts';
import { CheckedClient, client, emulator, withCheckedEmulator } from './support/checked.ts';

const HOUR_SECONDS = 3600;
withCheckedEmulator({ lockoutAttempts: 3 });

async function tryPassword(password: string) {
  const identifier = emulator.seededUser.emailAddress;
  return client.post('/client/sign_ins', { strategy: 'password', identifier, password });
}

describe('too many wrong proofs', () => {
  it('lock the account for an hour, for the right password, too', async () => {
    expect(errorOf(await tryPassword('wrong')).code).toBe('form_password_incorrect');
    await tryPassword('wrong');
    const third = await tryPassword('wrong');
    expect([third.status, errorOf(third).code]).toEqual([403, 'user_locked']);
    const { lockout_expires_in_seconds } = errorOf(third).meta;
    expect(lockout_expires_in_seconds).toBeGreaterThan(HOUR_SECONDS - 10);
    expect(errorOf(third).long_message).toContain('60 minutes');
    expect(errorOf(await tryPassword(emulator.seededUser.password)).code).toBe('user_locked');
    await emulator.control.configure({ clockOffsetSeconds: HOUR_SECONDS + 1 });
    expect((await tryPassword(emulator.seededUser.password)).json.response.status).toBe('complete');
  });

  it('are wrong codes as well, and a sign-in forgets them', async () => {
    const { json } = await client.startSignIn();
    const path = `/client/sign_ins/${json.response.id}`;
    await client.post(`${path}/prepare_first_factor`, { strategy: 'email_code' });
    await client.post(`${path}/attempt_first_factor`, { strategy: 'email_code', code: 'wrong' });
    await tryPassword('wrong');
    expect((await tryPassword(emulator.seededUser.password)).status).toBe(200);
    const me = (await client.call('/me')).json.response;
    expect(me).toMatchObject({ locked: false, verification_attempts_remaining: 3 });
  });

  it('lock nobody where the instance says so', async () => {
    await emulator.control.configure({ lockoutAttempts: null });
    for (let count = 0; count < 4; count += 1) {
      expect(errorOf(await tryPassword('wrong')).code).toBe('form_password_incorrect');
    }
    const { attack_protection } = (await client.call('/environment')).json.user_settings;
    expect(attack_protection.user_lockout.enabled).toBe(false);
  });
});

describe('an account that was locked by its administrator', () => {
  const setLocked = (locked: boolean) => emulator.control.updateUser(emulator.seededUser.userId, { locked });

  it('keeps its sessions and starts none, not by a ticket either', async () => {
    await client.signIn();
    await setLocked(true);
    const me = (await client.call('/me')).json.response;
    expect(me.locked).toBe(true);
    expect(me.lockout_expires_in_seconds).toBeGreaterThan(HOUR_SECONDS - 60);
    const { ticket } = await emulator.control.createSignInToken({ userId: emulator.seededUser.userId });
    const signIn = () => new CheckedClient(emulator).post('/client/sign_ins', { strategy: 'ticket', ticket });
    expect(errorOf(await signIn()).code).toBe('user_locked');
    await setLocked(false);
    expect((await signIn()).status).toBe(200);
  });
});
