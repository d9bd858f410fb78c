// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest';
import { errorOf, send } from '../src/frontend-api-client.ts';
import { client, emulator, withCheckedEmulator } from './support/checked.ts';
import { listOf, organizations, outcome, people, signInAs } from './support/organizations.ts';

withCheckedEmulator({ organizations: true });
let globex: string;
let path: string;
beforeEach(async () => {
  await client.signIn();
  globex = organizations().globex;
  path = `/organizations/${globex}`;
});

describe('an organization', () => {
  it('is read by its members, by id or slug', async () => {
    const { json } = await client.call(path);
    expect(json.response).toMatchObject({
      id: globex,
      name: 'Globex',
      slug: 'globex',
      members_count: 2,
      pending_invitations_count: 1,
      max_allowed_memberships: 5,
      admin_delete_enabled: true,
    });
    expect((await client.call('/organizations/globex')).json.response.id).toBe(globex);
  });

  it('is changed, and its members hear of it', async () => {
    const before = (await client.call('/me')).json.response.updated_at;
    const form = { name: 'Globex Ltd.', slug: 'globex-ltd' };
    const { json } = await client.call(path, { method: 'PATCH', form });
    expect(json.response).toMatchObject(form);
    const [{ user }] = json.client.sessions;
    expect(user.updated_at).toBeGreaterThan(before);
    expect(user.organization_memberships[0].organization).toMatchObject(form);
    const same = await client.call(path, { method: 'PATCH', form: { slug: 'globex-ltd' } });
    expect(same.json.response).toMatchObject(form);
  });

  it.each([
    [{ slug: 'initech' }, 'form_identifier_exists', 'slug'],
    [{ slug: 'No Slug' }, 'form_param_format_invalid', 'slug'],
    [{ name: '' }, 'form_param_missing', 'name'],
  ])('is not changed to %j', async (form, code, param_name) => {
    const refused = await client.call(path, { method: 'PATCH', form: form as Record<string, string> });
    expect(refused.status).toBe(422);
    expect(errorOf(refused)).toMatchObject({ code, meta: { param_name } });
    expect((await client.call(path)).json.response).toMatchObject({ name: 'Globex', slug: 'globex' });
  });

  it('has a slug of its own choice only where the instance has that', async () => {
    await emulator.control.configure({ organizationSlugs: false });
    expect((await client.call('/environment')).json.organization_settings.slug).toEqual({ disabled: true });
    const refused = await client.post('/organizations', { name: 'Navy', slug: 'ships' });
    expect(outcome(refused)).toBe('403 organization_slugs_disabled');
    expect((await client.post('/organizations', { name: 'Navy' })).json.response.slug).toBe('navy');
  });

  it('has a logo, until it is taken away', async () => {
    const file = 'GIF89a';
    const headers = { 'content-type': 'image/gif' };
    const { json } = await client.call(`${path}/logo`, { method: 'PUT', body: file, headers });
    expect(json.response.has_image).toBe(true);
    const url = new URL(json.response.image_url);
    const image = await send(emulator, url.pathname);
    expect([image.status, image.headers['content-type'], image.text]).toEqual([200, 'image/gif', file]);
    expect((await client.call('/me')).json.response.organization_memberships[0].organization.has_image).toBe(
      true,
    );
    expect(outcome(await client.call(`${path}/logo`, { method: 'DELETE' }))).toBe('200');
    expect((await client.call(path)).json.response).toMatchObject({ has_image: false, image_url: '' });
    expect((await send(emulator, url.pathname)).status).toBe(404);
  });

  it('is deleted with all that belongs to it', async () => {
    const { sessionId, other } = await signInAs('charles');
    await other.touch(sessionId, globex);
    await emulator.control.configure({ organizationDomains: true });
    await client.post(`${path}/domains`, { name: 'globex.example' });
    const { json } = await client.call(path, { method: 'DELETE' });
    expect(json.response).toEqual({ object: 'organization', id: globex, deleted: true });
    expect(outcome(await client.call(path))).toBe('404 organization_not_found_or_unauthorized');
    const [session] = (await other.call('/client')).json.response.sessions;
    expect(session.last_active_organization_id).toBeNull();
    expect(session.user.organization_memberships).toHaveLength(1);
    const { other: mary } = await signInAs('mary');
    expect((await mary.call('/me/organization_invitations')).json.response.total_count).toBe(0);
    const again = await other.post('/organizations/initech/domains', { name: 'globex.example' });
    expect(outcome(again)).toBe('200');
  });

  it('is deleted by nobody where the instance forbids it', async () => {
    await emulator.control.configure({ organizationAdminDelete: false });
    expect((await client.call('/environment')).json.organization_settings.actions.admin_delete).toBe(false);
    const refused = await client.call(path, { method: 'DELETE' });
    expect(outcome(refused)).toBe('403 organization_admin_delete_not_enabled');
    expect(outcome(await client.call(path))).toBe('200');
  });

  it('begins with a name that is proposed', async () => {
    await emulator.control.configure({ organizationCreationDefaults: true });
    const { organization_settings } = (await client.call('/environment')).json;
    expect(organization_settings.organization_creation_defaults).toEqual({ enabled: true });
    const { form } = (await client.call('/me/organization_creation_defaults')).json.response;
    expect(form).toMatchObject({ name: 'Ada’s organization', slug: 'adas-organization' });
    expect(outcome(await client.post('/organizations', { name: form.name, slug: form.slug }))).toBe('200');
  });
});

describe('what a member may not do', () => {
  const REFUSED: Array<[name: string, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string]> = [
    ['change the organization', 'PATCH', ''],
    ['delete it', 'DELETE', ''],
    ['change its logo', 'PUT', '/logo'],
    ['take its logo away', 'DELETE', '/logo'],
    ['add a member', 'POST', '/memberships'],
    ['change a role', 'PATCH', '/memberships/user_x'],
    ['remove a member', 'DELETE', '/memberships/user_x'],
    ['see invitations', 'GET', '/invitations'],
    ['see pending invitations', 'GET', '/invitations/pending'],
    ['invite somebody', 'POST', '/invitations'],
    ['invite several', 'POST', '/invitations/bulk'],
    ['take an invitation back', 'POST', '/invitations/orginv_x/revoke'],
    ['see requests', 'GET', '/membership_requests'],
    ['accept one', 'POST', '/membership_requests/x/accept'],
    ['reject one', 'POST', '/membership_requests/x/reject'],
    ['see domains', 'GET', '/domains'],
    ['add a domain', 'POST', '/domains'],
    ['see one', 'GET', '/domains/x'],
    ['delete one', 'DELETE', '/domains/x'],
    ['change its enrollment', 'POST', '/domains/x/update_enrollment_mode'],
    ['have it mailed', 'POST', '/domains/x/prepare_affiliation_verification'],
    ['prove it', 'POST', '/domains/x/attempt_affiliation_verification'],
  ];
  const ask = (to: typeof client, method: (typeof REFUSED)[number][1], at: string) =>
    to.call(`${path}${at}`, method === 'GET' ? {} : { method, form: {} });

  it.each(REFUSED)('%s', async (_, method, at) => {
    const { other } = await signInAs('charles');
    expect(outcome(await ask(other, method, at))).toBe('403 missing_organization_permission');
  });

  it.each([
    ...REFUSED,
    ['see members', 'GET', '/memberships'],
    ['see roles', 'GET', '/roles'],
  ] as typeof REFUSED)('nor a stranger: %s', async (_, method, at) => {
    const { other } = await signInAs('mary');
    const answer = outcome(await ask(other, method, at));
    const isOfItself = at === '' || at === '/logo';
    expect(answer).toBe(
      isOfItself ? '404 organization_not_found_or_unauthorized' : '403 not_a_member_in_organization',
    );
  });

  it('nor anybody where there are no organizations', async () => {
    await emulator.control.configure({ organizations: false });
    expect(outcome(await client.call(`${path}/roles`))).toBe('403 organization_not_enabled_in_instance');
    expect(outcome(await client.call('/me/organization_creation_defaults'))).toBe(
      '403 organization_not_enabled_in_instance',
    );
  });

  it('names the permission that is missing', async () => {
    const { other } = await signInAs('charles');
    const refused = await other.call(path, { method: 'PATCH', form: { name: 'Mine' } });
    expect(errorOf(refused).meta).toEqual({ permissions: ['org:sys_profile:manage'] });
  });
});

describe('members', () => {
  it('are listed in parts, and found by name, address and role', async () => {
    const { ada, charles } = people();
    const list = `${path}/memberships`;
    expect(await listOf(list, 'role')).toEqual(['org:admin', 'org:member']);
    expect(await listOf(list, 'role', { query: 'BABB' })).toEqual(['org:member']);
    expect(await listOf(list, 'role', { query: ada.emailAddress })).toEqual(['org:admin']);
    expect(await listOf(list, 'role', { role: ['org:member', 'org:guest'] })).toEqual(['org:member']);
    expect(await listOf(list, 'role', { 'role[]': 'org:admin' })).toEqual(['org:admin']);
    const second = await client.call(list, { query: { limit: '1', offset: '1', paginated: 'true' } });
    expect(second.json.response).toMatchObject({
      total_count: 2,
      data: [{ role_name: 'Member', public_user_data: { user_id: charles.userId, first_name: 'Charles' } }],
    });
    const refused = await client.call(list, { query: { limit: 'many' } });
    expect(errorOf(refused)).toMatchObject({
      code: 'form_param_value_invalid',
      meta: { param_name: 'limit' },
    });
  });

  it('may be read by members', async () => {
    const { other } = await signInAs('charles');
    expect((await other.call(`${path}/memberships`)).json.response.total_count).toBe(2);
  });

  it('are added, get another role, and go', async () => {
    const { mary } = people();
    const form = { user_id: mary.userId, role: 'org:member' };
    const added = await client.post(`${path}/memberships`, form);
    expect(added.json.response).toMatchObject({ role: 'org:member', organization: { members_count: 3 } });
    expect(outcome(await client.post(`${path}/memberships`, form))).toBe(
      '400 already_a_member_in_organization',
    );

    const { other, sessionId } = await signInAs('mary');
    await other.touch(sessionId, globex);
    const own = `${path}/memberships/${mary.userId}`;
    const before = (await other.call('/me')).json.response.updated_at;
    await client.call(own, { method: 'PATCH', form: { role: 'org:admin' } });
    expect((await other.call('/me')).json.response.updated_at).toBeGreaterThan(before);
    expect((await other.claims(sessionId)).o).toMatchObject({ rol: 'admin' });
    expect((await other.call('/me')).json.response.organization_memberships[0].permissions).toContain(
      'org:sys_memberships:manage',
    );
    const gone = await client.call(own, { method: 'DELETE' });
    expect(gone.json.response).toMatchObject({ object: 'organization_membership', role: 'org:admin' });
    expect(await other.claims(sessionId)).not.toHaveProperty('o');
    expect(outcome(await client.call(own, { method: 'DELETE' }))).toBe('404 resource_not_found');
  });

  it('cannot get a role that there is not', async () => {
    const refused = await client.call(`${path}/memberships/${people().charles.userId}`, {
      method: 'PATCH',
      form: { role: 'org:owner' },
    });
    expect(outcome(refused)).toBe('404 resource_not_found');
    expect(errorOf(refused).meta).toEqual({ param_name: 'role' });
  });

  it('cannot be nobody, or more than there is room for', async () => {
    const list = `${path}/memberships`;
    expect(outcome(await client.post(list, { user_id: 'user_x', role: 'org:member' }))).toBe(
      '404 resource_not_found',
    );
    await emulator.control.updateOrganization(globex, { maxAllowedMemberships: 2 });
    const { mary } = people();
    const refused = await client.post(list, { user_id: mary.userId, role: 'org:member' });
    expect(outcome(refused)).toBe('403 organization_membership_quota_exceeded');
    expect((await client.call(path)).json.response.max_allowed_memberships).toBe(2);
  });

  it('always are one who can look after the others', async () => {
    const { ada, charles } = people();
    const own = `${path}/memberships/${ada.userId}`;
    const needed = '400 organization_minimum_permissions_needed';
    const leave = () => client.call(`/me/organization_memberships/${globex}`, { method: 'DELETE' });
    expect(outcome(await client.call(own, { method: 'DELETE' }))).toBe(needed);
    expect(outcome(await client.call(own, { method: 'PATCH', form: { role: 'org:member' } }))).toBe(needed);
    expect(outcome(await leave())).toBe(needed);
    await emulator.control.setMembership(globex, { userId: charles.userId, role: 'org:admin' });
    expect(outcome(await leave())).toBe('200');
  });

  it('may be looked after by another role, or by nobody any more', async () => {
    const { ada, charles } = people();
    const owner = { key: 'org:owner', permissions: ['org:sys_memberships:manage'] };
    await emulator.control.configure({ organizationRoles: [owner] });
    const form = { role: owner.key };
    expect(outcome(await client.call(`${path}/memberships/${ada.userId}`, { method: 'PATCH', form }))).toBe(
      '200',
    );
    await emulator.control.setMembership(globex, { userId: ada.userId, role: 'org:member' });
    const { other } = await signInAs('charles');
    expect((await other.call(path)).json.response.members_count).toBe(2);
    const left = await other.call(`/me/organization_memberships/${globex}`, { method: 'DELETE' });
    expect(outcome(left)).toBe('200');
    expect(left.json.client.sessions[0].user.id).toBe(charles.userId);
  });

  it('may go by themselves', async () => {
    const { other, sessionId } = await signInAs('charles');
    await other.touch(sessionId, globex);
    const { json } = await other.call(`/me/organization_memberships/${globex}`, { method: 'DELETE' });
    expect(json.response).toMatchObject({ object: 'organization_membership', deleted: true });
    expect(json.client.sessions[0].last_active_organization_id).toBeNull();
    expect((await client.call(path)).json.response.members_count).toBe(1);
    const again = await other.call(`/me/organization_memberships/${globex}`, { method: 'DELETE' });
    expect(outcome(again)).toBe('404 organization_not_found_or_unauthorized');
  });

  it('go with their account', async () => {
    await emulator.control.deleteUser(people().charles.userId);
    expect((await client.call(`${path}/memberships`)).json.response.total_count).toBe(1);
  });
});

describe('roles', () => {
  it('are Clerk’s two and one’s own, each with its permissions', async () => {
    const own = { key: 'org:billing', name: 'Billing', permissions: ['org:invoices:manage'] };
    const more = { key: 'org:member', permissions: ['org:invoices:read'] };
    await emulator.control.configure({ organizationRoles: [own, more] });
    const { data, total_count, has_role_set_migration } = (await client.call(`${path}/roles`)).json.response;
    expect([total_count, has_role_set_migration]).toEqual([3, false]);
    const keys = data.map(({ key }: { key: string }) => key);
    expect(keys).toEqual(['org:admin', 'org:member', 'org:billing']);
    const [admin, member, billing] = data;
    expect(admin).toMatchObject({ name: 'Admin', is_creator_eligible: true });
    expect(member.permissions).toMatchObject([
      { key: 'org:sys_memberships:read', type: 'system' },
      { key: 'org:invoices:read', type: 'user' },
    ]);
    expect(billing).toMatchObject({ name: 'Billing', is_creator_eligible: false });
  });
});
