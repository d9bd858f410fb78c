// @vitest-environment node
import { createClerkClient, verifyToken } from '@clerk/backend';
import { describe, expect, it } from 'vitest';
import { send, until } from '../src/frontend-api-client.ts';
import { client, emulator, withEmulator } from '../src/vitest.ts';

const settings = {
  organizations: true,
  singleSessionMode: false,
  sessionTokenClaims: { plan: '{{user.public_metadata.plan}}', sub: 'somebody else' },
};
withEmulator({ settings });

/** As an app's server has it. */
function backend() {
  const { secretKey, publishableKey, apiUrl } = emulator;
  return createClerkClient({ secretKey, publishableKey, apiUrl, telemetry: { disabled: true } });
}

const ada = () => emulator.seededPeople[0].userId;
const charles = () => emulator.seededPeople[1].userId;
const globex = () => emulator.seededOrganizations[0].organizationId;

/** The error of a call that is refused. */
async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    () => Promise.reject(new Error('It was not refused.')),
    (reason) => reason,
  );
  const [first] = error.errors;
  return { status: error.status, code: first.code, param: first.meta?.paramName, text: first.longMessage };
}

const outcome = async (call: Promise<unknown>) => {
  const { status, code } = await refusal(call);
  return `${status} ${code}`;
};

describe('the secret key', () => {
  const get = (headers: Record<string, string>, path = '/v1/users') => send(emulator, path, { headers });
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

  it.each([
    ['none', () => ({}), '401 authorization_header_format_invalid'],
    ['another scheme', () => ({ authorization: 'Basic abc' }), '401 authorization_header_format_invalid'],
    ['an empty one', () => ({ authorization: 'Bearer ' }), '401 authorization_header_format_invalid'],
    ['one of another instance', () => bearer('sk_live_another'), '401 clerk_key_invalid'],
    ['one with more at its end', () => bearer(`${emulator.secretKey}x`), '401 clerk_key_invalid'],
    ['a publishable key', () => bearer(emulator.publishableKey), '401 clerk_key_invalid'],
    [
      'the right one, from a web page',
      () => ({ ...bearer(emulator.secretKey), origin: 'http://localhost:3000' }),
      '400 origin_authorization_headers_conflict',
    ],
  ])('is needed: %s', async (_, headers, expected) => {
    const { status, json } = await get(headers());
    expect(`${status} ${json.errors[0].code}`).toBe(expected);
    expect(json.clerk_trace_id).toMatch(/^[0-9a-f]{32}$/);
  });

  it('opens the same API at the address of the Frontend API, which has no CORS for it', async () => {
    const { status, json, headers } = await get(bearer(emulator.secretKey), '/v1/users/count');
    expect([status, json]).toEqual([200, { object: 'total_count', total_count: 3 }]);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('is made in the form of the instance, and new for each', async () => {
    expect(emulator.secretKey).toMatch(/^sk_live_[\w-]{40}$/);
  });

  it('changes nothing for the Frontend API, which has paths of the same name', async () => {
    await client.signIn();
    const { status, json } = await client.call(`/organizations/${globex()}`);
    expect([status, json.response.id]).toEqual([200, globex()]);
    expect(json.response.private_metadata).toBeUndefined();
  });

  it('gives the public key, by which a token is verified without a request for each', async () => {
    const token = await backend().sessions.getToken(await client.signIn());
    const { secretKey, apiUrl, jwtKey } = emulator;
    expect(await verifyToken(token.jwt, { secretKey, apiUrl })).toMatchObject({ sub: ada() });
    expect(await verifyToken(token.jwt, { jwtKey })).toMatchObject({ sub: ada() });
    await expect(verifyToken(token.jwt, { secretKey: 'sk_live_another', apiUrl })).rejects.toThrow();
  });

  it('does not open what is not there', async () => {
    const { status, json } = await get(bearer(emulator.secretKey), '/v1/invoices');
    expect([status, json.errors[0].code]).toEqual([404, 'resource_not_found']);
  });
});

describe('users', () => {
  it('are read by their id', async () => {
    const user = await backend().users.getUser(ada());
    expect(user).toMatchObject({
      id: ada(),
      firstName: 'Ada',
      passwordEnabled: true,
      publicMetadata: {},
      privateMetadata: {},
      banned: false,
      lastSignInAt: null,
    });
    expect(user.primaryEmailAddress?.emailAddress).toBe('ada@example.com');
    expect(user.primaryEmailAddress?.verification?.status).toBe('verified');
    expect(await outcome(backend().users.getUser('user_unknown'))).toBe('404 resource_not_found');
  });

  it('are listed by pages, newest first, with the number of all', async () => {
    const { users } = backend();
    const first = await users.getUserList({ limit: 2 });
    const second = await users.getUserList({ limit: 2, offset: 2 });
    expect(first.totalCount).toBe(3);
    expect([...first.data, ...second.data].map(({ firstName }) => firstName)).toEqual([
      'Mary',
      'Charles',
      'Ada',
    ]);
    expect(await outcome(users.getUserList({ limit: 501 }))).toBe('422 form_param_value_invalid');
  });

  it.each([
    [{ orderBy: 'first_name' }, ['Ada', 'Charles', 'Mary']],
    [{ orderBy: '-first_name' }, ['Mary', 'Charles', 'Ada']],
    [{ orderBy: '+email_address' }, ['Ada', 'Charles', 'Mary']],
    [{ emailAddress: ['ADA@example.com', 'mary@example.com'] }, ['Mary', 'Ada']],
    [{ emailAddress: ['example.com'] }, []],
    [{ query: 'CHARLES@' }, ['Charles']],
    [{ query: 'ada lovel' }, ['Ada']],
    [{ externalId: ['1'] }, []],
    [{ createdAtAfter: 1 }, ['Mary', 'Charles', 'Ada']],
    [{ createdAtBefore: 1 }, []],
    [{ lastSignInAtAfter: 1 }, []],
  ] as const)('are found by %j', async (params, names) => {
    const list = await backend().users.getUserList(params as never);
    expect(list.data.map(({ firstName }) => firstName)).toEqual(names);
    expect(list.totalCount).toBe(names.length);
  });

  it('are found by their ids and organizations', async () => {
    const { users } = backend();
    const names = async (params: object) =>
      (await users.getUserList(params)).data.map(({ firstName }) => firstName);
    expect(await names({ userId: [charles(), 'user_unknown'] })).toEqual(['Charles']);
    expect(await names({ organizationId: [globex()] })).toEqual(['Charles', 'Ada']);
    expect(await users.getCount({ organizationId: [globex()] } as never)).toBe(2);
  });

  it('are not listed by what is not known: everybody would be in the list', async () => {
    const { users } = backend();
    expect(await refusal(users.getUserList({ provider: 'oauth_google' } as never))).toMatchObject({
      status: 422,
      code: 'form_param_unknown',
      param: 'provider',
    });
    expect(await outcome(users.getUserList({ orderBy: 'password' } as never))).toBe(
      '422 form_param_value_invalid',
    );
  });

  it('are changed, as their extension sees at once', async () => {
    const sessionId = await client.signIn();
    const user = await backend().users.updateUser(ada(), { firstName: 'Augusta', lastName: '' });
    expect(user).toMatchObject({ firstName: 'Augusta', lastName: null });
    const { json } = await client.call(`/client/sessions/${sessionId}`);
    expect(json.response.user).toMatchObject({ first_name: 'Augusta', last_name: null });
  });

  it.each([
    ['a short password', { password: 'short' }, '422 form_password_length_too_short'],
    ['a name that is no text', { firstName: 7 }, '422 form_param_format_invalid'],
    ['what Clerk does not know', { shoeSize: 44 }, '422 form_param_unknown'],
    ['an address of nobody', { primaryEmailAddressID: 'idn_1' }, '404 resource_not_found'],
  ])('are not changed by %s', async (_, params, expected) => {
    expect(await outcome(backend().users.updateUser(ada(), params as never))).toBe(expected);
    expect((await backend().users.getUser(ada())).firstName).toBe('Ada');
  });

  it('take no metadata in their update, since version 2026-05-12', async () => {
    const headers = { authorization: `Bearer ${emulator.secretKey}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ public_metadata: {} });
    const answer = await fetch(`${emulator.apiUrl}/v1/users/${ada()}`, { method: 'PATCH', headers, body });
    expect([answer.status, (await answer.json()).errors[0]]).toMatchObject([
      422,
      { code: 'form_param_unknown', meta: { param_name: 'public_metadata' } },
    ]);
  });

  it.each(['{', '[]', '"text"'])('answer the body %s with an error of the client', async (body) => {
    const headers = { authorization: `Bearer ${emulator.secretKey}`, 'content-type': 'application/json' };
    const answer = await fetch(`${emulator.apiUrl}/v1/users/${ada()}`, { method: 'PATCH', headers, body });
    expect([answer.status, (await answer.json()).errors[0].code]).toEqual([400, 'request_body_invalid']);
  });

  it('are made, and sign in', async () => {
    const user = await backend().users.createUser({
      emailAddress: ['Grace@Example.com', 'hopper@example.com'],
      password: 'nanosecond',
      firstName: 'Grace',
      privateMetadata: { customer: 'cus_1' },
    });
    expect(user.primaryEmailAddress?.emailAddress).toBe('grace@example.com');
    expect(user.emailAddresses.map(({ verification }) => verification?.status)).toEqual([
      'verified',
      'verified',
    ]);
    expect(user.privateMetadata).toEqual({ customer: 'cus_1' });
    expect(await client.signIn('grace@example.com', 'nanosecond')).toMatch(/^sess_/);
  });

  it.each([
    [
      'an address that is taken',
      { emailAddress: ['ada@example.com'], password: 'long enough' },
      'form_identifier_exists',
    ],
    ['no address', { password: 'long enough' }, 'form_param_missing'],
    ['no password', { emailAddress: ['new@example.com'] }, 'form_param_missing'],
    [
      'no address in an address',
      { emailAddress: ['new'], password: 'long enough' },
      'form_param_format_invalid',
    ],
  ])('are not made with %s', async (_, params, code) => {
    expect(await outcome(backend().users.createUser(params as never))).toBe(`422 ${code}`);
    expect(await backend().users.getCount()).toBe(3);
  });

  it('are banned and locked, and let in again', async () => {
    const { users } = backend();
    await client.signIn();
    expect((await users.banUser(ada())).banned).toBe(true);
    expect(await client.sessionIds()).toEqual([]);
    expect((await users.unbanUser(ada())).banned).toBe(false);
    expect((await users.lockUser(ada())).locked).toBe(true);
    await expect(client.signIn()).rejects.toThrow('user_locked');
    expect((await users.unlockUser(ada())).locked).toBe(false);
  });

  it('are deleted with their sessions and memberships', async () => {
    const { users, sessions, organizations } = backend();
    const sessionId = await client.signIn();
    expect(await users.deleteUser(ada())).toMatchObject({ object: 'user', id: ada(), deleted: true });
    expect(await client.sessionIds()).toEqual([]);
    expect(await outcome(sessions.getSession(sessionId))).toBe('404 resource_not_found');
    expect((await sessions.getSessionList({ userId: ada() })).totalCount).toBe(0);
    const members = await organizations.getOrganizationMembershipList({ organizationId: globex() });
    expect(members.data.map(({ publicUserData }) => publicUserData?.userId)).toEqual([charles()]);
    expect(await outcome(users.deleteUser(ada()))).toBe('404 resource_not_found');
  });
});

describe('metadata', () => {
  it('is merged at every depth, and null removes', async () => {
    const { users } = backend();
    await users.updateUserMetadata(ada(), {
      publicMetadata: { plan: 'pro', limits: { notes: 10, files: 2 } },
      privateMetadata: { customer: 'cus_1' },
    });
    const user = await users.updateUserMetadata(ada(), {
      publicMetadata: { limits: { notes: 20, files: null } },
      unsafeMetadata: { theme: 'dark' },
    });
    expect(user.publicMetadata).toEqual({ plan: 'pro', limits: { notes: 20 } });
    expect(user.privateMetadata).toEqual({ customer: 'cus_1' });
    expect(user.unsafeMetadata).toEqual({ theme: 'dark' });
  });

  it('is replaced by its kind', async () => {
    const { users } = backend();
    await users.updateUserMetadata(ada(), { publicMetadata: { a: 1 }, privateMetadata: { b: 2 } });
    const user = await users.replaceUserMetadata(ada(), { publicMetadata: { c: 3 } });
    expect([user.publicMetadata, user.privateMetadata]).toEqual([{ c: 3 }, { b: 2 }]);
  });

  it('is in the extension, but for the private kind, and in the next token', async () => {
    const sessionId = await client.signIn();
    expect((await client.claims(sessionId)).plan).toBeNull();
    await backend().users.updateUserMetadata(ada(), {
      publicMetadata: { plan: 'pro' },
      privateMetadata: { customer: 'cus_1' },
    });
    const { text, json } = await client.call(`/client/sessions/${sessionId}`);
    expect(json.response.user.public_metadata).toEqual({ plan: 'pro' });
    expect(text).not.toContain('cus_1');
    expect(await client.claims(sessionId)).toMatchObject({ plan: 'pro', sub: ada(), sid: sessionId });
  });

  it('has 8 KB for each kind, after the merge', async () => {
    const { users } = backend();
    await users.updateUserMetadata(ada(), { publicMetadata: { a: 'x'.repeat(8192 - 8) } });
    const tooMuch = users.updateUserMetadata(ada(), { publicMetadata: { b: 1 } });
    expect(await refusal(tooMuch)).toMatchObject({
      status: 422,
      code: 'form_param_exceeds_allowed_size',
      param: 'public_metadata',
    });
    expect((await users.getUser(ada())).publicMetadata).not.toHaveProperty('b');
    expect(await outcome(users.updateUserMetadata(ada(), { privateMetadata: { a: 'é'.repeat(4093) } }))).toBe(
      '422 form_param_exceeds_allowed_size',
    );
  });

  it('has to be an object', async () => {
    for (const publicMetadata of ['text', ['list'], 7]) {
      const call = backend().users.updateUserMetadata(ada(), { publicMetadata } as never);
      expect(await outcome(call)).toBe('422 form_param_format_invalid');
    }
  });
});

describe('sessions', () => {
  it('are read and listed by user and by client, newest first', async () => {
    const { sessions } = backend();
    const first = await client.signIn();
    const second = await client.signIn('charles@example.com', 'babbage1791');
    const session = await sessions.getSession(first);
    expect(session).toMatchObject({
      id: first,
      userId: ada(),
      status: 'active',
      lastActiveOrganizationId: null,
    });
    expect(session.latestActivity?.ipAddress).toBe('127.0.0.1');
    const ofClient = await sessions.getSessionList({ clientId: session.clientId });
    expect(ofClient.data.map(({ id }) => id)).toEqual([second, first]);
    const page = await sessions.getSessionList({ clientId: session.clientId, limit: 1, offset: 1 });
    expect([page.totalCount, page.data.map(({ id }) => id)]).toEqual([2, [first]]);
    const ofUser = await sessions.getSessionList({ userId: charles(), status: 'active' });
    expect(ofUser.data.map(({ id }) => id)).toEqual([second]);
    expect(await outcome(sessions.getSessionList({ status: 'asleep' } as never))).toBe(
      '422 form_param_value_invalid',
    );
    expect(await outcome(sessions.getSession('sess_unknown'))).toBe('404 resource_not_found');
  });

  it('are listed as a bare array without "paginated"', async () => {
    await client.signIn();
    const headers = { authorization: `Bearer ${emulator.secretKey}` };
    const { json } = await send(emulator, '/v1/sessions', { headers });
    expect(json).toMatchObject([{ object: 'session', user_id: ada() }]);
    expect(json[0]).not.toHaveProperty('last_active_token');
  });

  it('end when they are revoked', async () => {
    const { sessions } = backend();
    const sessionId = await client.signIn();
    expect((await sessions.revokeSession(sessionId)).status).toBe('revoked');
    expect(await client.sessionIds()).toEqual([]);
    expect((await client.post(`/client/sessions/${sessionId}/tokens`)).status).toBe(404);
    expect((await sessions.getSession(sessionId)).status).toBe('revoked');
    expect((await sessions.getSessionList({ userId: ada(), status: 'revoked' })).totalCount).toBe(1);
    expect(await outcome(sessions.getToken(sessionId))).toBe('404 resource_not_found');
  });

  it('give tokens, which have no azp, and live as long as is asked for', async () => {
    const { sessions } = backend();
    const { jwtKey, control } = emulator;
    await control.createTemplate({
      name: 'hasura',
      claims: { role: 'editor', mail: '{{user.primary_email_address}}' },
    });
    const sessionId = await client.signIn();
    const plain = await verifyToken((await sessions.getToken(sessionId)).jwt, { jwtKey });
    expect(plain).toMatchObject({ sub: ada(), sid: sessionId });
    expect(plain.azp).toBeUndefined();
    expect(plain.exp - plain.iat).toBe(60);
    const long = await verifyToken((await sessions.getToken(sessionId, undefined, 600)).jwt, { jwtKey });
    expect(long.exp - long.iat).toBe(600);
    const template = await verifyToken((await sessions.getToken(sessionId, 'hasura')).jwt, { jwtKey });
    expect(template).toMatchObject({ role: 'editor', mail: 'ada@example.com' });
    expect(await outcome(sessions.getToken(sessionId, 'unknown'))).toBe('404 resource_not_found');
    expect(await outcome(sessions.getToken(sessionId, undefined, 29))).toBe('422 form_param_format_invalid');
  });
});

describe('organizations', () => {
  it('are read by id and by slug', async () => {
    const { organizations } = backend();
    const byId = await organizations.getOrganization({ organizationId: globex(), includeMembersCount: true });
    const bySlug = await organizations.getOrganization({ slug: 'globex' });
    expect([byId.id, bySlug.id]).toEqual([globex(), globex()]);
    expect([byId.membersCount, bySlug.membersCount]).toEqual([2, undefined]);
    expect(await outcome(organizations.getOrganization({ slug: 'unknown' }))).toBe('404 resource_not_found');
  });

  it('are made, changed, listed and deleted', async () => {
    const { organizations } = backend();
    const made = await organizations.createOrganization({
      name: 'Acme',
      createdBy: ada(),
      publicMetadata: { tier: 1 },
    });
    expect(made).toMatchObject({ name: 'Acme', slug: 'acme', createdBy: ada(), publicMetadata: { tier: 1 } });
    await organizations.updateOrganization(made.id, { name: 'Acme Ltd', maxAllowedMemberships: 7 });
    const changed = await organizations.updateOrganizationMetadata(made.id, {
      privateMetadata: { vat: 'x' },
    });
    expect(changed).toMatchObject({
      name: 'Acme Ltd',
      maxAllowedMemberships: 7,
      privateMetadata: { vat: 'x' },
    });
    const list = await organizations.getOrganizationList({ query: 'acme' });
    expect([list.totalCount, list.data[0]?.id]).toEqual([1, made.id]);
    await organizations.deleteOrganization(made.id);
    expect((await organizations.getOrganizationList()).totalCount).toBe(2);
    expect(await outcome(organizations.createOrganization({ name: 'X', slug: 'globex' }))).toBe(
      '422 form_identifier_exists',
    );
  });

  it('list their members', async () => {
    const { organizations, users } = backend();
    const list = await organizations.getOrganizationMembershipList({
      organizationId: globex(),
      orderBy: 'first_name',
    });
    expect(list.totalCount).toBe(2);
    expect(list.data.map(({ role, publicUserData }) => [publicUserData?.firstName, role])).toEqual([
      ['Ada', 'org:admin'],
      ['Charles', 'org:member'],
    ]);
    const admins = await organizations.getOrganizationMembershipList({
      organizationId: globex(),
      role: ['org:admin'],
    });
    expect(admins.data.map(({ publicUserData }) => publicUserData?.userId)).toEqual([ada()]);
    const own = await users.getOrganizationMembershipList({ userId: ada() });
    expect(own.data.map(({ organization }) => organization.name).toSorted()).toEqual(['Globex', 'Initech']);
  });

  it('change a role, which is in the next token', async () => {
    const { organizations } = backend();
    const sessionId = await client.signIn();
    await client.touch(sessionId, globex());
    expect(await client.claims(sessionId)).toMatchObject({ o: { rol: 'admin' } });
    const params = { organizationId: globex(), userId: ada() };
    const membership = await organizations.updateOrganizationMembership({ ...params, role: 'org:member' });
    expect(membership.role).toBe('org:member');
    expect(await client.claims(sessionId)).toMatchObject({ o: { rol: 'member' } });
    expect(
      await outcome(organizations.updateOrganizationMembership({ ...params, role: 'org:unknown' })),
    ).toBe('404 resource_not_found');
    await organizations.deleteOrganizationMembership(params);
    expect((await client.claims(sessionId)).o).toBeUndefined();
    expect(await outcome(organizations.deleteOrganizationMembership(params))).toBe('404 resource_not_found');
    expect((await organizations.createOrganizationMembership({ ...params, role: 'org:admin' })).role).toBe(
      'org:admin',
    );
  });

  it('keep metadata of a membership', async () => {
    const params = { organizationId: globex(), userId: ada(), privateMetadata: { desk: 7 } };
    const membership = await backend().organizations.updateOrganizationMembershipMetadata(params);
    expect(membership.privateMetadata).toEqual({ desk: 7 });
  });

  it('are not there where the instance has none', async () => {
    await emulator.control.configure({ organizations: false });
    expect(await outcome(backend().organizations.getOrganization({ slug: 'globex' }))).toBe(
      '403 organization_not_enabled_in_instance',
    );
  });
});

it('fails as it is told, and is in the log without the key', async () => {
  const { control } = emulator;
  await control.addFault({ endpoint: 'GET /v1/users/:id', kind: 'status', status: 503, times: 1 });
  expect(await outcome(backend().users.getUser(ada()))).toBe('503 service_unavailable');
  await backend().users.getUser(ada());
  await until(async () => (await control.requests()).every(({ status }) => status !== null));
  const log = (await control.requests()).map(({ route, status }) => [route, status]);
  expect(log).toEqual([
    ['/v1/users/:userId', 503],
    ['/v1/users/:userId', 200],
  ]);
  expect(JSON.stringify(await control.requests())).not.toContain(emulator.secretKey);
});
