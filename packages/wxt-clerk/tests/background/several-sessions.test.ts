// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import type { UserSnapshot } from '../../src/messages/protocol';
import { claimsOf } from '../support/background/claims';
import { ADA, BOB, clientResource, inOrganization, sessionOf } from '../support/background/people';
import { createWorld, type World } from '../support/background/world';
import { fakeJwt } from '../support/fake-jwt';

let world: World;
let ada: UserSnapshot;
let bob: UserSnapshot;

beforeEach(async () => {
  world = createWorld();
  ada = await world.signIn(ADA);
  bob = await world.signIn(BOB);
  world.network.requests.length = 0;
});

const tokenOf = async (options: object) => claimsOf(await world.run(world.auth.getToken(options)));
const ids = async () =>
  (await world.run(world.auth.listSessions())).map(({ id, isActive }) => [id, isActive]);

describe('two sessions', () => {
  test('are both listed, the last one active', async () => {
    expect(await ids()).toEqual([
      ['sess_1', false],
      ['sess_2', true],
    ]);
    expect(await world.run(world.auth.getUser())).toEqual(bob);
    expect(await world.run(world.auth.getSession({ sessionId: 'sess_1' }))).toEqual(sessionOf(ada));
    expect(await world.run(world.auth.getSession())).toEqual(sessionOf(bob));
  });

  test('have tokens each, without switching', async () => {
    expect((await tokenOf({ sessionId: 'sess_1' })).sub).toBe('user_1');
    expect((await tokenOf({})).sub).toBe('user_2');
    expect((await tokenOf({ sessionId: 'sess_2' })).sub).toBe('user_2');
    expect(world.network.count('token')).toBe(2);
    expect(world.network.count('touch')).toBe(0);
  });

  test('keep their tokens when somebody switches', async () => {
    await tokenOf({ sessionId: 'sess_1' });
    await tokenOf({});
    expect(await world.run(world.auth.setActive({ sessionId: 'sess_1' }))).toEqual(ada);
    expect((await tokenOf({})).sid).toBe('sess_1');
    expect((await tokenOf({ sessionId: 'sess_2' })).sid).toBe('sess_2');
    expect(world.network.count('token')).toBe(2);
  });

  test('say of a session that is none of them that it is not there, and ask no server about it', async () => {
    for (const ask of [
      () => world.auth.getToken({ sessionId: 'sess_9' }),
      () => world.auth.getSession({ sessionId: 'sess_9' }),
      () => world.auth.setActive({ sessionId: 'sess_9' }),
      () => world.auth.touchSession({ sessionId: 'sess_9' }),
      () => world.auth.endSession({ sessionId: 'sess_9' }),
      () => world.auth.removeSession({ sessionId: 'sess_9' }),
      () => world.auth.signOut({ sessionId: 'sess_9' }),
      () => world.auth.checkAuthorization({ role: 'org:admin' }, { sessionId: 'sess_9' }),
      () => world.auth.listOrganizations({ sessionId: 'sess_9' }),
    ])
      expect(await world.codeOf(ask())).toBe('not-found');
    expect(world.network.count()).toBe(0);
  });

  test('are three when a page that began one was closed before it could tell', async () => {
    await world.time.advance(5000);
    const { sessionId } = world.signInOnPage({ ...ADA, userId: 'user_3' });
    await world.time.advance(40_000);
    expect((await world.run(world.auth.listSessions())).map(({ id }) => id)).toContain(sessionId);
  });

  test('are there again after a restart of the browser, also offline', async () => {
    world.setOnline(false);
    world.restartBrowser();
    expect(await ids()).toEqual([
      ['sess_1', false],
      ['sess_2', true],
    ]);
  });

  test('go on with the other when the active one is revoked', async () => {
    world.server.revoke('sess_2');
    await world.run(world.auth.refresh());
    expect(await world.run(world.auth.getUser())).toEqual(ada);
    expect((await tokenOf({})).sid).toBe('sess_1');
  });

  test('of which the named one is revoked: its token is not there, and the other goes on', async () => {
    await tokenOf({ sessionId: 'sess_1' });
    world.server.revoke('sess_1');
    expect(await world.codeOf(world.auth.getToken({ sessionId: 'sess_1', skipCache: true }))).toBe(
      'not-found',
    );
    expect((await tokenOf({})).sid).toBe('sess_2');
  });
});

describe('a choice', () => {
  test('is one touch with its intent, and shows with its answer', async () => {
    await world.run(world.auth.setActive({ sessionId: 'sess_1' }));
    const [touch, ...others] = world.network.requests;
    expect(others).toEqual([]);
    expect(touch).toMatchObject({
      path: '/client/sessions/sess_1/touch',
      body: { active_organization_id: '', intent: 'select_session' },
    });
    expect(world.published.at(-1)?.user).toEqual(ada);
  });

  test('of an organization keeps the session, and each token names it', async () => {
    expect(await world.run(world.auth.setActive({ organizationId: 'org_3' }))).toEqual({
      ...inOrganization(BOB, 'org_3'),
      sessionId: 'sess_2',
    });
    expect(world.network.requests[0]?.body).toEqual({
      active_organization_id: 'org_3',
      intent: 'select_org',
    });
    expect((await tokenOf({})).o).toEqual({ id: 'org_3', rol: 'member' });
    await world.run(world.auth.setActive({ organizationId: null }));
    expect((await tokenOf({})).o).toBeUndefined();
  });

  test('of a session keeps its organization', async () => {
    await world.run(world.auth.setActive({ sessionId: 'sess_1' }));
    await world.run(world.auth.setActive({ sessionId: 'sess_2' }));
    expect(world.network.requests.at(-1)?.body).toEqual({
      active_organization_id: 'org_2',
      intent: 'select_session',
    });
  });

  test('of an organization that is none of theirs is refused with its own code', async () => {
    expect(await world.codeOf(world.auth.setActive({ organizationId: 'org_1' }))).toBe('not-a-member');
    expect(await world.codeOf(world.auth.getToken({ organizationId: 'org_1' }))).toBe('not-a-member');
    expect(await world.run(world.auth.getUser())).toEqual(bob);
  });

  test('that they were taken out of is over with the next token, and with the next choice', async () => {
    const strange = { organizationId: 'org_9', organizationRole: 'org:member' };
    const taken = async () => {
      world.server.change('sess_2', strange);
      await world.run(world.auth.refresh());
      world.server.change('sess_2', inOrganization(BOB, null));
      world.network.requests.length = 0;
    };
    await taken();
    const [one, other] = await world.run(Promise.all([world.auth.getToken(), world.auth.getToken()]));
    expect([claimsOf(one).o, claimsOf(other).o]).toEqual([undefined, undefined]);
    expect(world.network.count('token')).toBe(2);
    expect(world.network.count('client')).toBe(1);
    expect(world.published.at(-1)?.user).toMatchObject({ sessionId: 'sess_2', organizationId: null });
    expect(await world.codeOf(world.auth.getToken({ organizationId: 'org_9' }))).toBe('not-a-member');

    await taken();
    expect(await world.run(world.auth.setActive({ sessionId: 'sess_2' }))).toMatchObject({
      sessionId: 'sess_2',
      organizationId: null,
    });
    await taken();
    await world.run(world.auth.touchSession());
    expect(world.network.requests.at(-1)?.body).toEqual({ active_organization_id: '', intent: 'focus' });
  });

  test('that the server answers with no more than "not found" is none of theirs, too, while the session is there', async () => {
    const trouble = { status: 404, payload: { errors: [{ code: 'resource_not_found' }] } };
    world.network.trouble = ({ kind }) => (kind === 'token' || kind === 'touch' ? trouble : undefined);
    expect(await world.codeOf(world.auth.getToken({ organizationId: 'org_3' }))).toBe('not-a-member');
    expect(await world.codeOf(world.auth.setActive({ organizationId: 'org_3' }))).toBe('not-a-member');
    expect(await world.codeOf(world.auth.getToken({ template: 'nobody-knows' }))).toBe('refused');
  });

  test('after another reaches the server after it, and stays', async () => {
    world.network.latencyMs = 200;
    const both = [
      world.auth.setActive({ sessionId: 'sess_1' }),
      world.auth.setActive({ sessionId: 'sess_2' }),
    ];
    await world.run(Promise.all(both));
    expect(world.network.requests.map(({ path }) => path.split('/')[3])).toEqual(['sess_1', 'sess_2']);
    expect(await world.run(world.auth.getUser())).toEqual(bob);
  });

  test('of a session right after that of its organization keeps the new one', async () => {
    world.network.latencyMs = 200;
    const both = [
      world.auth.setActive({ sessionId: 'sess_2', organizationId: 'org_3' }),
      world.auth.setActive({ sessionId: 'sess_2' }),
    ];
    await world.run(Promise.all(both));
    expect(world.network.requests.map(({ body }) => body.active_organization_id)).toEqual(['org_3', 'org_3']);
    expect(await world.run(world.auth.getUser())).toMatchObject({ organizationId: 'org_3' });
  });

  test('is not undone by the answer to a question from before it, which arrives after it', async () => {
    world.network.latencyMs = 1000;
    const asked = world.auth.refresh();
    await world.time.advance(600);
    // The server has answered, and its answer is on the way.
    world.network.latencyMs = 100;
    await world.run(world.auth.setActive({ sessionId: 'sess_1' }));
    expect(world.published.at(-1)?.user).toEqual(ada);
    const before = world.published.length;
    await world.run(asked);
    expect(world.published.slice(before).map(({ user }) => user?.userId)).not.toContain(BOB.userId);
    expect(await world.run(world.auth.getUser())).toEqual(ada);
  });

  test('whose answer is lost is found out', async () => {
    world.network.trouble = ({ kind }) => (kind === 'touch' ? 'drop-answer' : undefined);
    expect(await world.codeOf(world.auth.setActive({ sessionId: 'sess_1' }))).toBe('unavailable');
    world.network.trouble = () => undefined;
    await world.time.advance(15_000);
    await world.run(world.auth.getUser());
    await world.time.advance(1000);
    expect(await world.run(world.auth.getUser())).toEqual(ada);
  });

  test('of nobody is nobody', async () => {
    await world.run(world.auth.signOut());
    expect(await world.run(world.auth.setActive({ organizationId: null }))).toBeNull();
    expect(await world.run(world.auth.touchSession())).toBeNull();
    expect(await world.run(world.auth.getSession())).toBeNull();
    expect(await world.run(world.auth.listSessions())).toEqual([]);
    expect(await world.run(world.auth.endSession())).toBeNull();
    expect(await world.run(world.auth.listOrganizations())).toEqual([]);
    expect(await world.run(world.auth.checkAuthorization({ role: 'org:admin' }))).toBe(false);
  });
});

describe('a touch', () => {
  test('keeps the organization, says its intent, and gives the session back', async () => {
    expect(await world.run(world.auth.touchSession({ intent: 'select_org' }))).toMatchObject({
      id: 'sess_2',
    });
    expect(world.network.requests[0]?.body).toEqual({
      active_organization_id: 'org_2',
      intent: 'select_org',
    });
    await world.run(world.auth.touchSession());
    expect(world.network.requests[1]?.body.intent).toBe('focus');
  });
});

describe('the options of a token', () => {
  test('throwOnError: false gives null in place of a failure', async () => {
    world.setOnline(false);
    expect(await world.codeOf(world.auth.getToken({}))).toBe('offline');
    expect(await world.run(world.auth.getToken({ throwOnError: false }))).toBeNull();
    expect(await world.run(world.auth.getToken({ throwOnError: false, sessionId: 'sess_9' }))).toBeNull();
  });

  test('leewayInSeconds is minTtlSeconds by its former name', async () => {
    await tokenOf({});
    await world.time.advance(20_000);
    const first = await tokenOf({ leewayInSeconds: 5 });
    expect((await tokenOf({ leewayInSeconds: 59 })).n).toBeGreaterThan(first.n);
    const again = await tokenOf({ leewayInSeconds: 59, minTtlSeconds: 5 });
    expect(again.n).toBeGreaterThan(first.n);
  });

  test('many at once on a stopped background are one request for each distinct token', async () => {
    for (let i = 0; i < 3; i += 1) await world.signIn({ ...ADA, userId: `user_1` });
    world.stopBackground();
    world.network.requests.length = 0;
    const sessions = (await world.run(world.auth.listSessions())).map(({ id }) => id);
    world.stopBackground();
    const asks = sessions.flatMap((sessionId) =>
      [null, ...(sessionId === 'sess_2' ? ['org_2', 'org_3'] : ['org_1', 'org_2'])].flatMap(
        (organizationId) =>
          [undefined, 'api', 'other'].map((template) => ({ sessionId, organizationId, template })),
      ),
    );
    await world.run(Promise.all([...asks, ...asks].map((options) => world.auth.getToken(options))));
    expect(sessions).toHaveLength(5);
    // A template's token is of the active organization, whichever is named.
    expect(world.network.count('token')).toBe(sessions.length * (3 + 2));
  });
});

test('a template’s token of one organization is not handed out in another', async () => {
  const first = await tokenOf({ template: 'api' });
  await world.run(world.auth.setActive({ organizationId: 'org_3' }));
  expect((await tokenOf({ template: 'api' })).n).toBeGreaterThan(first.n);
  await world.run(world.auth.setActive({ organizationId: 'org_2' }));
  expect((await tokenOf({ template: 'api' })).n).toBeGreaterThan(first.n + 1);
});

test('a token of another organization than the one that was asked for is handed to nobody', async () => {
  world.network.trouble = ({ kind, at }) => {
    const iat = Math.floor(at / 1000);
    const claims = {
      v: 2,
      sid: 'sess_2',
      sub: 'user_2',
      o: { id: 'org_2', rol: 'admin' },
      iat,
      exp: iat + 60,
    };
    return kind === 'token' ? { status: 200, payload: { jwt: fakeJwt(claims) } } : undefined;
  };
  expect(await world.codeOf(world.auth.getToken({ organizationId: 'org_3' }))).toBe('refused');
  expect(await world.codeOf(world.auth.getToken({ organizationId: null }))).toBe('refused');
});

test('a session of which an answer does not say whose it is stays as it was known', async () => {
  world.network.trouble = ({ kind }) => {
    if (kind !== 'client') return undefined;
    const { response } = clientResource([
      { id: 'sess_1', person: ADA },
      { id: 'sess_2', person: BOB },
    ]);
    Object.assign(response.sessions[0] ?? {}, { user: null });
    return { status: 200, payload: { response } };
  };
  await world.run(world.auth.refresh());
  expect(await ids()).toHaveLength(2);
  expect((await tokenOf({ sessionId: 'sess_1' })).sub).toBe('user_1');
});

test('a role that was changed on the server is known with the next token', async () => {
  await tokenOf({});
  world.server.change('sess_2', { organizationRole: 'org:member', organizationPermissions: [] });
  await tokenOf({ skipCache: true });
  await world.time.advance(100);
  expect(await world.run(world.auth.getUser())).toMatchObject({ organizationRole: 'org:member' });
});

test('a task that was done by choosing an organization leaves an active person', async () => {
  world.server.change('sess_2', { status: 'pending', currentTask: { key: 'choose-organization' } });
  await world.run(world.auth.refresh());
  expect(await world.run(world.auth.getToken({}))).toBeNull();
  expect((await tokenOf({ sessionId: 'sess_2' })).sub).toBe('user_2');
  world.server.change('sess_2', { status: 'active', currentTask: null });
  await world.run(world.auth.setActive({ organizationId: 'org_3' }));
  expect((await tokenOf({})).o).toMatchObject({ id: 'org_3' });
});

describe('the organizations', () => {
  test('are all of them, page after page', async () => {
    const all = await world.run(world.auth.listOrganizations());
    expect(all.map(({ organization, role }) => [organization.id, role])).toEqual([
      ['org_2', 'org:admin'],
      ['org_3', 'org:member'],
    ]);
    expect(all[0]).toEqual({
      organization: { id: 'org_2', name: 'Globex', slug: 'globex', imageUrl: '', hasImage: false },
      role: 'org:admin',
      permissions: ['org:notes:write'],
    });
  });

  test('are those of the session that is named, and asked for once by who asks at once', async () => {
    const [first, second] = await world.run(
      Promise.all([
        world.auth.listOrganizations({ sessionId: 'sess_1' }),
        world.auth.listOrganizations({ sessionId: 'sess_1' }),
      ]),
    );
    expect(first).toBe(second);
    expect(first?.map(({ organization }) => organization.id)).toEqual(['org_1', 'org_2']);
    expect(world.network.count('memberships')).toBe(1);
  });
});

describe('authorization', () => {
  const check = (question: object, sessionId?: string) =>
    world.run(world.auth.checkAuthorization(question, { sessionId }));

  test('is of the active organization, and asks no server', async () => {
    expect(await check({ role: 'org:admin' })).toBe(true);
    expect(await check({ role: 'org:member' })).toBe(false);
    expect(await check({ permission: 'org:notes:write' })).toBe(true);
    expect(await check({ role: 'org:admin' }, 'sess_1')).toBe(false);
    expect(world.network.requests).toEqual([]);
  });

  test('of a feature needs the claims of a token: one is asked for where there is none', async () => {
    expect(await check({ feature: 'export' })).toBe(false);
    expect(await check({ plan: 'pro' })).toBe(false);
    expect(world.network.count('token')).toBe(1);
  });

  test('is nothing to a person with a task left, unless their session is named', async () => {
    world.server.change('sess_2', { status: 'pending', currentTask: { key: 'setup-mfa' } });
    await world.run(world.auth.refresh());
    expect(await check({ role: 'org:admin' })).toBe(false);
    expect(await check({ role: 'org:admin' }, 'sess_2')).toBe(true);
  });
});
