// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest';
import { EXTENSION_ORIGIN, errorOf, FapiClient, send } from '../src/frontend-api-client.ts';
import { createControlClient, type EmulatorControl, startEmulator } from '../src/index.ts';
import { client, emulator, withEmulator } from '../src/vitest.ts';

const EMAIL = 'ada@example.com';
withEmulator();

const SURFACES: Array<[string, () => EmulatorControl]> = [
  ['in process', () => emulator.control],
  ['over HTTP', () => createControlClient(emulator.url)],
];

describe.each(SURFACES)('the control surface %s', (_, surface) => {
  let control: EmulatorControl;
  beforeEach(() => {
    control = surface();
  });

  it('creates, changes and deletes users', async () => {
    const user = { emailAddress: 'grace@example.com', password: 'nanosecond', firstName: 'Grace' };
    const { userId } = await control.createUser(user);
    await control.updateUser(userId, { lastName: 'Hopper' });
    const sessionId = await client.signIn('grace@example.com', 'nanosecond');
    const { json } = await client.call('/me');
    expect(json.response).toMatchObject({ id: userId, first_name: 'Grace', last_name: 'Hopper' });
    await control.deleteUser(userId);
    expect((await client.post(`/client/sessions/${sessionId}/tokens`)).status).toBe(404);
    expect(errorOf(await client.startSignIn('grace@example.com')).code).toBe('form_identifier_not_found');
  });

  it('bans a user, whose sessions end', async () => {
    const sessionId = await client.signIn();
    await control.updateUser(emulator.seededUser.userId, { banned: true });
    const token = await client.post(`/client/sessions/${sessionId}/tokens`);
    expect([token.status, errorOf(token).code]).toEqual([403, 'user_banned']);
    expect(await client.sessionIds()).toEqual([]);
    expect(errorOf(await new FapiClient(emulator).startSignIn()).code).toBe('user_banned');
    await control.updateUser(emulator.seededUser.userId, { banned: false });
    await client.signIn();
  });

  it('lists and revokes sessions', async () => {
    const sessionId = await client.signIn();
    const { userId } = emulator.seededUser;
    const ids = { sessionId, userId, clientId: expect.stringMatching(/^client_/) };
    expect(await control.listSessions()).toEqual([
      {
        ...ids,
        status: 'active',
        lastActiveOrganizationId: null,
        isLastActive: true,
        createdAt: expect.any(Number),
      },
    ]);
    await control.revokeSession(sessionId);
    expect((await control.listSessions())[0]?.status).toBe('revoked');
    expect(await client.sessionIds()).toEqual([]);
    expect((await client.post(`/client/sessions/${sessionId}/tokens`)).status).toBe(404);
  });

  it('lists the sessions of a client or a user, ends one and sets its actor', async () => {
    const sessionId = await client.signIn();
    const other = await new FapiClient(emulator).signIn();
    const { userId } = emulator.seededUser;
    const [first] = await control.listSessions({ userId });
    const ids = async (clientId: string) =>
      (await control.listSessions({ clientId })).map((s) => s.sessionId);
    expect([first?.sessionId, await ids(first?.clientId ?? ''), await ids('client_x')]).toEqual([
      sessionId,
      [sessionId],
      [],
    ]);
    await control.setActor(sessionId, { sub: 'user_support' });
    expect(await client.claims(sessionId)).toMatchObject({ act: { sub: 'user_support' } });
    await control.setActor(sessionId, null);
    expect(await client.claims(sessionId)).not.toHaveProperty('act');
    await control.endSession(sessionId);
    expect(
      (await control.listSessions()).map(({ sessionId: id, status, isLastActive }) => [
        id,
        status,
        isLastActive,
      ]),
    ).toEqual([
      [sessionId, 'ended', false],
      [other, 'active', true],
    ]);
  });

  it('makes organizations, changes them and who is in them, and deletes them', async () => {
    const { userId } = emulator.seededUser;
    const { organizationId } = await control.createOrganization({
      name: 'Navy',
      plan: 'team',
      memberUserIds: [userId],
    });
    const navy = async () =>
      (await control.listOrganizations()).find((each) => each.organizationId === organizationId);
    expect(await navy()).toEqual({
      organizationId,
      name: 'Navy',
      slug: 'navy',
      plan: 'team',
      features: [],
      members: [{ userId, role: 'org:admin' }],
    });
    await control.updateOrganization('navy', {
      name: 'Fleet',
      slug: 'fleet',
      plan: null,
      features: ['ships'],
    });
    await control.setMembership('fleet', { userId, role: 'org:member' });
    expect(await navy()).toMatchObject({ name: 'Fleet', slug: 'fleet', plan: null, features: ['ships'] });
    expect((await navy())?.members).toEqual([{ userId, role: 'org:member' }]);
    await control.removeMembership(organizationId, userId);
    expect((await navy())?.members).toEqual([]);
    await control.deleteOrganization(organizationId);
    expect(await navy()).toBeUndefined();
  });

  it('invites people into organizations, and has them ask', async () => {
    await control.configure({ organizations: true });
    await client.signIn();
    const { userId, emailAddress } = emulator.seededUser;
    const { organizationId } = await control.createOrganization({ name: 'Navy' });
    const { invitationId } = await control.createOrganizationInvitation({ organizationId, emailAddress });
    const { suggestionId } = await control.createOrganizationSuggestion({ organizationId, userId });
    const { requestId } = await control.createMembershipRequest({ organizationId, userId });
    expect(requestId).toMatch(/^orgmemreq_/);
    const ids = async (path: string) =>
      (await client.call(path)).json.response.data.map(({ id }: { id: string }) => id);
    expect(await ids('/me/organization_invitations')).toEqual([invitationId]);
    expect(await ids('/me/organization_suggestions')).toEqual([suggestionId]);
  });

  it('shows the last mail of an address', async () => {
    expect(await control.lastMail(EMAIL)).toBeNull();
    const { json } = await client.startSignIn();
    const form = { strategy: 'email_code' };
    await client.post(`/client/sign_ins/${json.response.id}/prepare_first_factor`, form);
    const mail = await control.lastMail(EMAIL);
    expect(mail).toEqual({ code: expect.stringMatching(/^\d{6}$/), purpose: 'sign-in' });
  });

  it('adds and clears faults', async () => {
    const { faultId } = await control.addFault({ endpoint: 'GET /v1/client', kind: 'status', status: 500 });
    expect(faultId).toMatch(/^fault_/);
    expect((await client.call('/client')).status).toBe(500);
    await control.clearFaults();
    expect((await client.call('/client')).status).toBe(200);
  });

  it('logs requests without their secrets', async () => {
    await client.signIn();
    const query = { expired_token: client.credential ?? '', status: 'pending' };
    await client.call('/me', { method: 'PATCH', form: { first_name: 'A' }, query });
    const requests = await control.requests();
    expect(requests.at(-1)).toEqual({
      at: expect.any(Number),
      method: 'PATCH',
      path: '/v1/me',
      route: '/v1/me',
      query: { expired_token: '[redacted]', status: 'pending', _method: 'PATCH', _is_native: '1' },
      origin: EXTENSION_ORIGIN,
      authorization: true,
      status: 200,
    });
    expect(requests.map((request) => request.route)).toContain(
      '/v1/client/sign_ins/:id/attempt_first_factor',
    );
    expect(JSON.stringify(requests)).not.toContain(emulator.seededUser.password);
    expect(JSON.stringify(requests)).not.toMatch(/ey[\w-]{10,}\./);
    await control.clearRequests();
    expect(await control.requests()).toEqual([]);
  });

  it('configures what it is given and leaves the rest', async () => {
    await control.configure({ singleSessionMode: false, clockOffsetSeconds: 3600 });
    const answer = await client.call('/environment');
    expect(answer.json.auth_config).toMatchObject({
      single_session_mode: false,
      native_settings: { api_enabled: true },
    });
    const ahead = Date.parse(answer.headers.date ?? '') - Date.now();
    expect(ahead).toBeGreaterThan(3590_000);
    expect(ahead).toBeLessThan(3610_000);
  });

  it('adds latency to the Frontend API', async () => {
    await control.configure({ latencyMs: 60 });
    const start = performance.now();
    await client.call('/client');
    expect(performance.now() - start).toBeGreaterThanOrEqual(59);
  });

  it('creates templates', async () => {
    await control.createTemplate({ name: 'plain', claims: {} });
    const sessionId = await client.signIn();
    expect((await client.post(`/client/sessions/${sessionId}/tokens/plain`)).status).toBe(200);
  });

  it('resets everything', async () => {
    await client.signIn();
    await control.createUser({ emailAddress: 'grace@example.com' });
    await control.updateUser(emulator.seededUser.userId, { firstName: 'X' });
    await control.createTemplate({ name: 'plain', claims: {} });
    await control.configure({ singleSessionMode: false, strictRotation: true });
    await control.addFault({ endpoint: '*', kind: 'drop' });
    await control.reset();
    expect(await control.requests()).toEqual([]);
    expect(await control.listSessions()).toEqual([]);
    expect(await client.sessionIds()).toEqual([]);
    expect(errorOf(await client.startSignIn('grace@example.com')).code).toBe('form_identifier_not_found');
    await client.signIn();
    const { json } = await client.call('/me');
    expect(json.response).toMatchObject({ id: emulator.seededUser.userId, first_name: 'Ada' });
    expect((await client.call('/environment')).json.auth_config.single_session_mode).toBe(true);
  });

  it.each([
    ['an unknown user', (c: EmulatorControl) => c.deleteUser('user_nope'), 'there is no user "user_nope"'],
    [
      'an unknown session',
      (c: EmulatorControl) => c.revokeSession('sess_nope'),
      'there is no session "sess_nope"',
    ],
    [
      'an unknown organization',
      (c: EmulatorControl) => c.updateOrganization('org_nope', {}),
      'there is no organization "org_nope"',
    ],
    [
      'a role that there is not',
      (c: EmulatorControl) =>
        c.setMembership('globex', { userId: emulator.seededUser.userId, role: 'org:owner' }),
      'there is no role "org:owner". The setting "organizationRoles" adds one to org:admin, org:member',
    ],
    [
      'who is no member',
      (c: EmulatorControl) => c.removeMembership('globex', 'user_nope'),
      '"user_nope" is no member of',
    ],
    [
      'a taken slug',
      (c: EmulatorControl) => c.createOrganization({ name: 'Globex', slug: 'globex' }),
      'the slug "globex" belongs to an organization already',
    ],
    [
      'a feature that would cut the claims',
      (c: EmulatorControl) => c.updateOrganization('globex', { features: ['a,b'] }),
      '"features" must be a list, each item a key such as "pro"',
    ],
    [
      'a permission in another form',
      (c: EmulatorControl) => c.configure({ organizationRoles: [{ key: 'org:x', permissions: ['manage'] }] }),
      'an object such as {"key":"org:billing","permissions":["org:invoices:manage"]}',
    ],
    [
      'an actor without a subject',
      async (c: EmulatorControl) => c.setActor(await client.signIn(), {} as { sub: string }),
      'the actor must be null or an object such as {"sub":"user_…"}',
    ],
    [
      'an unknown filter',
      (c: EmulatorControl) => c.listSessions({ status: 'active' } as object),
      'unknown field "status"',
    ],
    [
      'a taken address',
      (c: EmulatorControl) => c.createUser({ emailAddress: EMAIL }),
      'belongs to a user already',
    ],
    [
      'a bad address',
      (c: EmulatorControl) => c.createUser({ emailAddress: 'x' }),
      'must be an e-mail address, got "x"',
    ],
    [
      'an unknown setting',
      (c: EmulatorControl) => c.configure({ latency: 5 } as object),
      'unknown field "latency"',
    ],
    [
      'a bad setting',
      (c: EmulatorControl) => c.configure({ latencyMs: -1 }),
      '"latencyMs" must be a whole number',
    ],
    [
      'a fixed setting',
      (c: EmulatorControl) => c.configure({ instance: 'x' } as object),
      'unknown field "instance"',
    ],
    [
      'an unknown fault kind',
      (c: EmulatorControl) => c.addFault({ endpoint: '*', kind: 'explode' as 'drop' }),
      '"kind" must be one of status, delay, drop, hang, got "explode"',
    ],
    [
      'a fault without an endpoint',
      (c: EmulatorControl) => c.addFault({ kind: 'drop' } as never),
      '"endpoint" is missing',
    ],
    [
      'a malformed endpoint',
      (c: EmulatorControl) => c.addFault({ endpoint: '/v1/client', kind: 'drop' }),
      '"endpoint" must be "*" or "METHOD /path", got "/v1/client"',
    ],
    [
      'a status fault without a status',
      (c: EmulatorControl) => c.addFault({ endpoint: '*', kind: 'status' }),
      '"status" is missing',
    ],
    [
      'a delay without a length',
      (c: EmulatorControl) => c.addFault({ endpoint: '*', kind: 'delay' }),
      '"delayMs" is missing',
    ],
    [
      'a template without claims',
      (c: EmulatorControl) => c.createTemplate({ name: 'x' } as never),
      '"claims" is missing',
    ],
    ['no object', (c: EmulatorControl) => c.configure([] as object), 'expected an object, got []'],
  ])('refuses %s in a sentence', async (_name, act, sentence) => {
    await expect(act(control)).rejects.toThrow(sentence);
  });
});

describe('the control client', () => {
  it('says which URL did not answer', async () => {
    const gone = await startEmulator();
    const control = createControlClient(gone.url);
    await gone.close();
    await expect(control.reset()).rejects.toThrow(`No emulator answers at ${gone.url}`);
  });

  it.each(['http://clerk.localhost:1', 'https://clerk.example.com', 'nonsense'])('refuses %s', (url) => {
    expect(() => createControlClient(url)).toThrow('https://clerk.localhost:8443');
  });
});

describe('the control surface and web pages', () => {
  it.each([
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['an extension Origin', { origin: EXTENSION_ORIGIN }],
    ['a cross-site request', { 'sec-fetch-site': 'cross-site' }],
    ['a same-site request', { 'sec-fetch-site': 'same-site' }],
    ['a name rebound to loopback', { host: 'evil.example:8443', 'sec-fetch-site': 'same-origin' }],
    ['this computer at another port', { host: 'localhost:1' }],
    ['a name that only begins like this computer', { host: 'localhost.evil.example:8443' }],
  ])('refuses %s', async (_, headers) => {
    const answer = await send(emulator, '/__emulator/requests', {
      headers: headers as Record<string, string>,
    });
    expect(answer.status).toBe(403);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each(['none', 'same-origin'])('answers Sec-Fetch-Site: %s', async (site) => {
    const answer = await send(emulator, '/__emulator/requests', { headers: { 'sec-fetch-site': site } });
    expect(answer.status).toBe(200);
  });

  it.each(['localhost', 'clerk.localhost', '127.0.0.1', '[::1]'])('answers at %s', async (hostname) => {
    const headers = { host: `${hostname}:${emulator.port}` };
    expect((await send(emulator, '/__emulator/requests', { headers })).status).toBe(200);
  });

  it('answers bad JSON with 400 and an unknown call with 404, each in a sentence', async () => {
    const headers = { 'content-type': 'application/json' };
    const bad = await send(emulator, '/__emulator/faults', { method: 'POST', body: '{', headers });
    expect([bad.status, bad.json.error]).toEqual([400, 'The request body is not JSON: "{".']);
    const unknown = await send(emulator, '/__emulator/nope');
    expect([unknown.status, unknown.json.error]).toEqual([
      404,
      expect.stringContaining('is not a control call'),
    ]);
  });

  it('is untouched by faults and latency, and never logged', async () => {
    await emulator.control.addFault({ endpoint: '*', kind: 'drop' });
    expect((await send(emulator, '/__emulator/requests')).json).toEqual([]);
  });
});
