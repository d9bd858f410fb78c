// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest';
import { errorOf } from '../src/frontend-api-client.ts';
import { client, emulator, withCheckedEmulator } from './support/checked.ts';
import { listOf, organizations, outcome, people, signInAs } from './support/organizations.ts';

withCheckedEmulator({ organizations: true, organizationDomains: true });
let globex: string;
let invitations: string;
beforeEach(async () => {
  await client.signIn();
  globex = organizations().globex;
  invitations = `/organizations/${globex}/invitations`;
});

describe('invitations of an organization', () => {
  it('are written, listed by status, and taken back', async () => {
    const form = { email_address: 'Grace@example.com', role: 'org:admin' };
    const { json } = await client.post(invitations, form);
    expect(json.response).toMatchObject({
      email_address: 'grace@example.com',
      role: 'org:admin',
      role_name: 'Admin',
      status: 'pending',
      organization_id: globex,
      public_organization_data: { name: 'Globex' },
    });
    const revoke = () => client.post(`${invitations}/${json.response.id}/revoke`);
    expect((await revoke()).json.response.status).toBe('revoked');
    expect(outcome(await revoke())).toBe('404 organization_invitation_not_pending');
    expect(outcome(await client.post(`${invitations}/orginv_x/revoke`))).toBe(
      '404 organization_invitation_not_found',
    );

    const { mary } = people();
    expect(await listOf(invitations, 'email_address', { status: 'pending' })).toEqual([mary.emailAddress]);
    expect(await listOf(invitations, 'email_address', { status: ['revoked', 'accepted'] })).toEqual([
      'grace@example.com',
    ]);
    expect(await listOf(invitations, 'status')).toEqual(['pending', 'revoked']);
    expect(await listOf(`${invitations}/pending`, 'status')).toEqual(['pending']);
  });

  it('go to several at once, or to none', async () => {
    const send = (email_address: string[]) =>
      client.post(`${invitations}/bulk`, { email_address, role: 'org:member' });
    const { json } = await send(['grace@example.com', 'joan@example.com']);
    expect(json.response).toMatchObject([
      { email_address: 'grace@example.com' },
      { email_address: 'joan@example.com' },
    ]);
    const partly = await send(['tess@example.com', 'joan@example.com']);
    expect(outcome(partly)).toBe('400 organization_invitation_not_unique');
    expect(errorOf(partly).meta).toEqual({ email_addresses: ['joan@example.com'] });
    expect(await listOf(invitations, 'email_address')).not.toContain('tess@example.com');
    expect(errorOf(await send([])).meta).toEqual({ param_name: 'email_address' });
  });

  it('are refused for members, bad addresses, unknown roles, and where there is no room', async () => {
    const send = (email_address: string, role = 'org:member') =>
      client.post(invitations, { email_address, role });
    expect(outcome(await send(people().charles.emailAddress))).toBe('400 already_a_member_in_organization');
    expect(outcome(await send('grace'))).toBe('422 form_param_format_invalid');
    expect(outcome(await send('grace@example.com', 'org:owner'))).toBe('404 resource_not_found');
    await emulator.control.configure({ maxOrganizationMembers: 3 });
    expect(outcome(await send('grace@example.com'))).toBe('403 organization_membership_quota_exceeded');
  });

  it('expire', async () => {
    await emulator.control.configure({ clockOffsetSeconds: 31 * 24 * 3600 });
    const { other } = await signInAs('mary');
    const { data } = (await other.call('/me/organization_invitations')).json.response;
    expect(data).toMatchObject([{ status: 'expired' }]);
    const accepted = await other.post(`/me/organization_invitations/${data[0].id}/accept`);
    expect(outcome(accepted)).toBe('404 organization_invitation_not_pending');
  });
});

describe('invitations of a person', () => {
  it('are accepted, once, with the role that they are for', async () => {
    const { mary } = people();
    const { invitationId } = await emulator.control.createOrganizationInvitation({
      organizationId: organizations().initech,
      emailAddress: mary.emailAddress,
      role: 'org:admin',
    });
    const { other } = await signInAs('mary');
    const query = { status: 'pending' };
    expect((await other.call('/me/organization_invitations', { query })).json.response.total_count).toBe(2);
    const accept = () => other.post(`/me/organization_invitations/${invitationId}/accept`);
    const { json } = await accept();
    expect(json.response).toMatchObject({
      status: 'accepted',
      public_organization_data: { slug: 'initech' },
    });
    expect(json.client.sessions[0].user.organization_memberships).toMatchObject([{ role: 'org:admin' }]);
    expect(outcome(await accept())).toBe('404 organization_invitation_not_pending');
    expect((await other.call('/me/organization_invitations', { query })).json.response.total_count).toBe(1);
  });

  it('are nobody else’s', async () => {
    const [id] = await listOf<string>(invitations, 'id');
    const { other } = await signInAs('charles');
    const refused = await other.post(`/me/organization_invitations/${id}/accept`);
    expect(outcome(refused)).toBe('404 organization_invitation_not_found');
    expect((await other.call('/me/organization_invitations')).json.response.total_count).toBe(0);
  });
});

describe('an address that is not proved', () => {
  it('brings no invitation', async () => {
    await client.post(invitations, { email_address: 'grace@example.com', role: 'org:member' });
    const { other } = await signInAs('mary');
    await other.post('/me/email_addresses', { email_address: 'grace@example.com' });
    const { data } = (await other.call('/me/organization_invitations')).json.response;
    expect(data).toMatchObject([{ email_address: people().mary.emailAddress }]);
  });
});

describe('suggestions', () => {
  it('become requests, which the organization accepts', async () => {
    const { initech } = organizations();
    const { other: mary, sessionId } = await signInAs('mary');
    const query = { status: ['pending', 'accepted'] };
    const [suggestion] = (await mary.call('/me/organization_suggestions', { query })).json.response.data;
    expect(suggestion).toMatchObject({ status: 'pending', public_organization_data: { id: initech } });
    const accept = () => mary.post(`/me/organization_suggestions/${suggestion.id}/accept`);
    expect((await accept()).json.response.status).toBe('accepted');
    expect(outcome(await accept())).toBe('400 organization_suggestion_already_accepted');
    expect(outcome(await client.post(`/me/organization_suggestions/${suggestion.id}/accept`))).toBe(
      '404 resource_not_found',
    );

    const { other: admin } = await signInAs('charles');
    const requests = `/organizations/${initech}/membership_requests`;
    const [request] = (await admin.call(requests, { query: { status: 'pending' } })).json.response.data;
    expect(request.public_user_data.first_name).toBe('Mary');
    const answer = () => admin.post(`${requests}/${request.id}/accept`);
    expect((await answer()).json.response.status).toBe('accepted');
    expect(outcome(await answer())).toBe('403 resource_forbidden');
    expect((await mary.claims(sessionId, initech)).o).toMatchObject({ rol: 'member' });
    expect((await admin.call(requests, { query: { status: 'pending' } })).json.response.total_count).toBe(0);
  });

  it('of the control surface are there, too', async () => {
    const { ada } = people();
    const { organizationId } = await emulator.control.createOrganization({ name: 'Navy' });
    await emulator.control.createOrganizationSuggestion({ organizationId, userId: ada.userId });
    const { data } = (await client.call('/me/organization_suggestions')).json.response;
    expect(data).toMatchObject([{ public_organization_data: { name: 'Navy' } }]);
  });
});

describe('membership requests', () => {
  it('are rejected', async () => {
    const { mary } = people();
    const target = { organizationId: globex, userId: mary.userId };
    const { requestId } = await emulator.control.createMembershipRequest(target);
    const path = `/organizations/${globex}/membership_requests`;
    expect((await client.post(`${path}/${requestId}/reject`)).json.response.status).toBe('rejected');
    expect(await listOf(path, 'status', { status: 'rejected' })).toEqual(['rejected']);
    expect((await client.call(`/organizations/${globex}`)).json.response.members_count).toBe(2);
    expect(outcome(await client.post(`${path}/orgmemreq_x/accept`))).toBe('404 resource_not_found');
  });
});

describe('domains', () => {
  const domains = () => `/organizations/${globex}/domains`;
  const add = (name: string, more = {}) => client.post(domains(), { name, ...more });

  it('are proved by a code to an address of theirs', async () => {
    const { id } = (await add('Globex.example')).json.response;
    const path = `${domains()}/${id}`;
    const prepare = (affiliation_email_address: string) =>
      client.post(`${path}/prepare_affiliation_verification`, { affiliation_email_address });
    const mismatch = await prepare('ada@example.com');
    expect(errorOf(mismatch)).toMatchObject({
      code: 'organization_domain_mismatch',
      meta: { param_name: 'affiliation_email_address' },
    });
    const prepared = await prepare('ada@globex.example');
    expect(prepared.json.response).toMatchObject({
      name: 'globex.example',
      affiliation_email_address: 'ada@globex.example',
      affiliation_verification: { status: 'unverified', verified_at: null },
    });
    const attempt = (code: string) => client.post(`${path}/attempt_affiliation_verification`, { code });
    expect(outcome(await attempt('x'))).toBe('422 form_code_incorrect');
    const mail = await emulator.control.lastMail('ada@globex.example');
    expect(mail?.purpose).toBe('verify-organization-domain');
    const done = await attempt(mail?.code ?? '');
    expect(done.json.response.affiliation_verification).toMatchObject({
      status: 'verified',
      verified_at: expect.any(Number),
    });
    expect((await client.call(path)).json.response.affiliation_verification.status).toBe('verified');
  });

  it('are listed, by mode and by proof, and deleted', async () => {
    const { id } = (await add('globex.example', { enrollment_mode: 'automatic_suggestion' })).json.response;
    await add('globex.test');
    const names = (query = {}) => listOf(domains(), 'name', query);
    expect(await names()).toEqual(['globex.example', 'globex.test']);
    expect(await names({ enrollment_mode: 'manual_invitation' })).toEqual(['globex.test']);
    expect([await names({ verified: 'true' }), await names({ verified: 'false', limit: '1' })]).toEqual([
      [],
      ['globex.example'],
    ]);
    const deleted = await client.call(`${domains()}/${id}`, { method: 'DELETE' });
    expect(deleted.json.response).toEqual({ object: 'organization_domain', id, deleted: true });
    expect(await names()).toEqual(['globex.test']);
    expect(outcome(await client.call(`${domains()}/${id}`))).toBe('404 resource_not_found');
  });

  it.each([
    ['no domain', 'form_param_format_invalid'],
    ['gmail.com', 'organization_domain_common'],
    ['taken.example', 'organization_domain_already_exists'],
  ])('are not %s', async (name, code) => {
    await add('taken.example');
    const refused = await add(name);
    expect(errorOf(refused)).toMatchObject({ code, meta: { param_name: 'name' } });
  });

  it.each(['automatic_invitation', 'automatic_suggestion'])('bring their people in by %s', async (mode) => {
    const { userId } = await emulator.control.createUser({
      emailAddress: 'hank+clerk_test@globex.example',
      password: 'nanosecond',
    });
    const member = await emulator.control.createUser({ emailAddress: 'member@globex.example' });
    await emulator.control.setMembership(globex, { userId: member.userId, role: 'org:member' });
    const { id } = (await add('globex.example')).json.response;
    const path = `${domains()}/${id}`;
    const setMode = (enrollment_mode: string, more = {}) =>
      client.post(`${path}/update_enrollment_mode`, { enrollment_mode, ...more });
    const counts = ({ json }: Awaited<ReturnType<typeof setMode>>) => [
      json.response.total_pending_invitations,
      json.response.total_pending_suggestions,
    ];
    expect(counts(await setMode(mode))).toEqual([0, 0]);
    const affiliation_email_address = 'ada+clerk_test@globex.example';
    await client.post(`${path}/prepare_affiliation_verification`, { affiliation_email_address });
    const proved = await client.post(`${path}/attempt_affiliation_verification`, { code: '424242' });
    expect(counts(proved)).toEqual(mode === 'automatic_invitation' ? [1, 0] : [0, 1]);
    expect(counts(await setMode(mode))).toEqual(counts(proved));

    await client.call('/client/sessions', { method: 'DELETE' });
    await client.signIn('hank+clerk_test@globex.example', 'nanosecond');
    const kind = mode === 'automatic_invitation' ? 'invitations' : 'suggestions';
    const { data } = (await client.call(`/me/organization_${kind}`)).json.response;
    expect(data).toMatchObject([{ status: 'pending', public_organization_data: { id: globex } }]);
    expect((await emulator.control.listSessions({ userId })).length).toBe(1);
  });

  it('take back what nobody has answered', async () => {
    await emulator.control.createUser({ emailAddress: 'hank@globex.example' });
    const { id } = (await add('globex.example', { enrollment_mode: 'automatic_invitation' })).json.response;
    const path = `${domains()}/${id}`;
    const affiliation_email_address = 'ada+clerk_test@globex.example';
    await client.post(`${path}/prepare_affiliation_verification`, { affiliation_email_address });
    await client.post(`${path}/attempt_affiliation_verification`, { code: '424242' });
    expect(await listOf(invitations, 'email_address')).toContain('hank@globex.example');
    const form = { enrollment_mode: 'manual_invitation', delete_pending: 'true' };
    const { json } = await client.post(`${path}/update_enrollment_mode`, form);
    expect(json.response).toMatchObject({
      enrollment_mode: 'manual_invitation',
      total_pending_invitations: 0,
    });
    expect(await listOf(invitations, 'email_address')).not.toContain('hank@globex.example');
    const unknown = await client.post(`${path}/update_enrollment_mode`, { enrollment_mode: 'magic' });
    expect(errorOf(unknown).meta).toEqual({ param_name: 'enrollment_mode' });
  });

  it('cannot be added where the instance has none', async () => {
    await emulator.control.configure({ organizationDomains: false });
    expect(outcome(await add('globex.example'))).toBe('403 organization_domains_not_enabled');
    expect(await listOf(domains(), 'name')).toEqual([]);
    const { domains: settings } = (await client.call('/environment')).json.organization_settings;
    expect(settings).toEqual({ enabled: false, enrollment_modes: [], default_role: 'org:member' });
  });
});
