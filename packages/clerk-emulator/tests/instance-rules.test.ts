// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { errorOf } from '../src/frontend-api-client.ts';
import { type EmulatorControl, totpCode } from '../src/index.ts';
import { CheckedClient, client, emulator, withCheckedEmulator } from './support/checked.ts';

withCheckedEmulator();
const configure: EmulatorControl['configure'] = (settings) => emulator.control.configure(settings);
const createInvitation = (emailAddress: string) => emulator.control.createInvitation({ emailAddress });
const createSignInToken: EmulatorControl['createSignInToken'] = (token) =>
  emulator.control.createSignInToken(token);

const NEW = { email_address: 'grace@example.com', password: 'nanosecond' };
const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
const firstSession = async () => (await client.call('/client')).json.response.sessions[0];

describe('session tasks', () => {
  it('leave a session pending until its user has set up the second factor that is required', async () => {
    await configure({ secondFactors: ['totp'], secondFactorRequired: true });
    const id = await client.signIn();
    expect(await firstSession()).toMatchObject({ status: 'pending', tasks: [{ key: 'setup-mfa' }] });
    const { jwt } = (await client.post(`/client/sessions/${id}/tokens`)).json;
    expect(claimsOf(jwt)).toMatchObject({ sts: 'pending', sid: id });
    const { secret } = (await client.post('/me/totp')).json.response;
    await client.post('/me/totp/attempt_verification', { code: totpCode(secret) });
    const session = await firstSession();
    expect(session).toMatchObject({ status: 'active', tasks: null });
    expect(claimsOf(session.last_active_token.jwt).sts).toBe('active');
  });

  it('end with the password that had to be changed', async () => {
    await emulator.control.updateUser(emulator.seededUser.userId, { mustResetPassword: true });
    await client.signIn();
    expect(await firstSession()).toMatchObject({ status: 'pending', tasks: [{ key: 'reset-password' }] });
    const form = { current_password: emulator.seededUser.password, new_password: 'analytical-engine' };
    await client.post('/me/change_password', form);
    expect((await firstSession()).status).toBe('active');
  });

  it('end with the organization that was made and chosen', async () => {
    await configure({ forceOrganizationSelection: true });
    const id = await client.signIn();
    expect((await firstSession()).tasks).toEqual([{ key: 'choose-organization' }]);
    const made = await client.post('/organizations', { name: 'Acme Ltd.' });
    expect(made.json.response).toMatchObject({ slug: 'acme-ltd', members_count: 1 });
    const touch = (active_organization_id: string) =>
      client.post(`/client/sessions/${id}/touch`, { active_organization_id, intent: 'select_org' });
    const { json } = await touch(made.json.response.id);
    expect(json.response).toMatchObject({
      status: 'active',
      last_active_organization_id: made.json.response.id,
    });
    const { o, sts } = claimsOf(json.response.last_active_token.jwt);
    expect([o, sts]).toEqual([{ id: made.json.response.id, slg: 'acme-ltd', rol: 'admin' }, 'active']);
    // Nobody goes back to a personal account that the instance does not have.
    expect((await touch('')).json.response.last_active_organization_id).toBe(made.json.response.id);
  });
});

describe('organizations', () => {
  it('are made by people where the instance has them', async () => {
    await client.signIn();
    const refused = await client.post('/organizations', { name: 'Acme' });
    expect([refused.status, errorOf(refused).code]).toEqual([403, 'organization_not_enabled_in_instance']);
    await configure({ organizations: true });
    await client.post('/organizations', { name: 'Acme', slug: 'acme' });
    const again = await client.post('/organizations', { name: 'Acme', slug: 'acme' });
    expect(errorOf(again)).toMatchObject({ code: 'form_identifier_exists', meta: { param_name: 'slug' } });
    expect((await client.post('/organizations', { name: 'Acme' })).json.response.slug).toBe('acme-2');
    const { json } = await client.call('/me/organization_memberships', { query: { limit: '1' } });
    expect(json.response).toMatchObject({ total_count: 4, data: [{ role: 'org:admin' }] });
    expect((await client.call('/me')).json.response.organization_memberships).toHaveLength(4);
    await configure({ organizationCreation: false });
    const closed = await client.post('/organizations', { name: 'Acme' });
    expect([closed.status, errorOf(closed).code]).toEqual([403, 'user_create_organization_not_enabled']);
  });

  it('are in the tokens that are asked for them, by id or slug, and in no others', async () => {
    await configure({ organizations: true });
    const memberUserIds = [emulator.seededUser.userId];
    const { organizationId } = await emulator.control.createOrganization({ name: 'Acme', memberUserIds });
    await emulator.control.createOrganization({ name: 'Other' });
    const path = `/client/sessions/${await client.signIn()}/tokens`;
    const claimOf = async (form: Record<string, string>) =>
      claimsOf((await client.post(path, form)).json.jwt).o?.id;
    expect(await claimOf({ organization_id: 'acme' })).toBe(organizationId);
    expect([await claimOf({}), await claimOf({ organization_id: '' })]).toEqual([undefined, undefined]);
    expect((await client.post(path, { organization_id: 'other' })).status).toBe(404);
  });
});

describe('tickets', () => {
  const signInWith = (ticket: string, who = client) =>
    who.post('/client/sign_ins', { strategy: 'ticket', ticket });

  it('sign their user in, once', async () => {
    const { ticket } = await createSignInToken({ userId: emulator.seededUser.userId });
    const { json } = await signInWith(ticket);
    expect(json.response).toMatchObject({
      status: 'complete',
      first_factor_verification: { object: 'verification_ticket', status: 'verified', strategy: 'ticket' },
    });
    expect(json.client.sessions[0].actor).toBeNull();
    const again = await signInWith(ticket, new CheckedClient(emulator));
    expect([again.status, errorOf(again).code]).toEqual([400, 'sign_in_token_already_used_code']);
  });

  it('name who impersonates whom, in the session and in its tokens', async () => {
    const actor = { sub: 'user_support' };
    const { ticket } = await createSignInToken({ userId: emulator.seededUser.userId, actor });
    const [session] = (await signInWith(ticket)).json.client.sessions;
    expect(session).toMatchObject({ actor, user: { id: emulator.seededUser.userId } });
    expect(claimsOf(session.last_active_token.jwt).act).toEqual(actor);
  });

  it('expire, and are refused when unknown; a client that is signed in does not use one up', async () => {
    const token = { userId: emulator.seededUser.userId, expiresInSeconds: 60 };
    const { ticket } = await createSignInToken(token);
    await client.signIn();
    expect(errorOf(await signInWith(ticket)).code).toBe('session_exists');
    const other = new CheckedClient(emulator);
    expect(errorOf(await signInWith('nonsense', other)).code).toBe('ticket_invalid_code');
    await configure({ clockOffsetSeconds: 61 });
    expect(errorOf(await signInWith(ticket, other)).code).toBe('ticket_expired_code');
    await configure({ clockOffsetSeconds: 0 });
    expect((await signInWith(ticket, other)).status).toBe(200);
  });
});

describe('sign-up that is not for everybody', () => {
  it.each([
    ['restricted', 'sign_up_mode_restricted'],
    ['waitlist', 'sign_up_restricted_waitlist'],
  ] as const)('%s is open to the invited only', async (signUpMode, code) => {
    await configure({ signUpMode });
    expect((await client.call('/environment')).json.user_settings.sign_up.mode).toBe(signUpMode);
    const refused = await client.post('/client/sign_ups', NEW);
    expect([refused.status, errorOf(refused).code]).toEqual([403, code]);
    const { ticket } = await createInvitation('Grace@example.com');
    const form = { strategy: 'ticket', ticket, password: NEW.password };
    const { json } = await client.post('/client/sign_ups', form);
    expect(json.response).toMatchObject({ status: 'complete', email_address: NEW.email_address });
    const [{ user }] = json.client.sessions;
    expect(user.email_addresses[0].verification.strategy).toBe('ticket');
  });

  it('completes an invitation with what it lacked', async () => {
    const { ticket } = await createInvitation(NEW.email_address);
    const { json } = await client.post('/client/sign_ups', { strategy: 'ticket', ticket });
    expect(json.response).toMatchObject({ missing_fields: ['password'], unverified_fields: [] });
    const form = { password: NEW.password };
    const done = await client.call(`/client/sign_ups/${json.response.id}`, { method: 'PATCH', form });
    expect(done.json.response.status).toBe('complete');
  });

  it('keeps one place on the waitlist for each address', async () => {
    const join = async (email_address: string) => (await client.post('/waitlist', { email_address })).json.id;
    const first = await join('grace@example.com');
    expect(await join('Grace@Example.com')).toBe(first);
    expect(await join('hopper@example.com')).not.toBe(first);
    expect(await emulator.control.listWaitlist()).toEqual(['grace@example.com', 'hopper@example.com']);
    expect((await client.post('/waitlist', { email_address: 'x' })).status).toBe(422);
  });

  it('wants the token of a CAPTCHA where bots are kept out', async () => {
    await configure({ botProtection: true });
    const refused = await client.post('/client/sign_ups', NEW);
    expect([refused.status, errorOf(refused).code]).toEqual([400, 'captcha_missing_token']);
    expect((await client.post('/client/sign_ups', { ...NEW, captcha_token: 'any' })).status).toBe(200);
  });
});

describe('an instance that challenges its clients', () => {
  it('lets a client on that has sent the token of a CAPTCHA', async () => {
    await configure({ captchaChallenge: true });
    const refused = await client.startSignIn();
    expect([refused.status, errorOf(refused).code]).toEqual([401, 'requires_captcha']);
    expect(errorOf(await client.post('/client/sign_ups', NEW)).code).toBe('requires_captcha');
    expect(errorOf(await client.post('/client/verify')).code).toBe('captcha_missing_token');
    const { json } = await client.post('/client/verify', { captcha_token: 'any', captcha_action: 'verify' });
    expect(json.response).toMatchObject({ object: 'client', sessions: [] });
    await client.signIn();
    expect((await new CheckedClient(emulator).startSignIn()).status).toBe(401);
  });
});

describe('an instance without a required password', () => {
  it('lets people remove theirs, but only then', async () => {
    await client.signIn();
    const remove = (current_password: string) => client.post('/me/remove_password', { current_password });
    expect(errorOf(await remove(emulator.seededUser.password)).code).toBe('password_required');
    await configure({ passwordRequired: false });
    expect(errorOf(await remove('wrong')).meta).toEqual({ param_name: 'current_password' });
    expect((await remove(emulator.seededUser.password)).json.response.password_enabled).toBe(false);
    const { json } = await new CheckedClient(emulator).startSignIn();
    const factors = json.response.supported_first_factors;
    expect(factors.map((factor: { strategy: string }) => factor.strategy)).toEqual(['email_code']);
  });

  it('signs people up without one', async () => {
    await configure({ passwordRequired: false });
    const { json } = await client.post('/client/sign_ups', { email_address: 'tess+clerk_test@example.com' });
    expect(json.response).toMatchObject({ missing_fields: [], required_fields: ['email_address'] });
    const path = `/client/sign_ups/${json.response.id}`;
    await client.post(`${path}/prepare_verification`, { strategy: 'email_code' });
    const done = await client.post(`${path}/attempt_verification`, { code: '424242' });
    expect(done.json.response.status).toBe('complete');
  });
});
