// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import type { Trouble } from '../support/background/network';
import { ADA, BOB, clientResource } from '../support/background/people';
import { createWorld, type World } from '../support/background/world';
import { fakeJwt } from '../support/fake-jwt';

let world: World;

beforeEach(async () => {
  world = createWorld();
  await world.signIn(ADA);
  world.network.requests.length = 0;
});

const NO_NEWS: Trouble = { status: 200, payload: { response: null, client: null } };
const clerkError = (status: number, code: string): Trouble => ({ status, payload: { errors: [{ code }] } });
const getUser = () => world.run(world.auth.getUser());
const getToken = () => world.run(world.auth.getToken({}));

/** Every request about the client is answered with this. */
function answerClient(trouble: Trouble | undefined): void {
  world.network.trouble = ({ kind }) => (kind === 'client' ? trouble : undefined);
}

/** A start of the browser that has forgotten who the credential is of. */
function startKnowingNobody(): void {
  world.disk.person = null;
  world.restartBrowser();
}

describe('a server that has no news, as Clerk’s while its database is in maintenance', () => {
  beforeEach(() => answerClient(NO_NEWS));

  test('signs nobody out, however often it is asked', async () => {
    expect(await world.codeOf(world.auth.refresh())).toBe('unavailable');
    await world.time.advance(120_000);
    expect(await getUser()).toMatchObject(ADA);
    await world.time.advance(120_000);
    expect(await getUser()).toMatchObject(ADA);
    expect(await getToken()).not.toBeNull();
    expect(world.published).toHaveLength(1);
  });

  test('signs nobody out after a start of the browser', async () => {
    world.restartBrowser();
    expect(await getUser()).toMatchObject(ADA);
    await world.time.advance(10_000);
    expect(await getUser()).toMatchObject(ADA);
  });

  test('is unavailable to who asks before anything is known, until it has news', async () => {
    startKnowingNobody();
    expect(await world.codeOf(world.auth.getUser())).toBe('unavailable');
    expect(await world.codeOf(world.auth.getToken({}))).toBe('unavailable');
    answerClient(undefined);
    expect(await getUser()).toMatchObject(ADA);
    expect(await getToken()).not.toBeNull();
  });

  test('does not say that who has just signed in is nobody', async () => {
    answerClient(undefined);
    await world.run(world.auth.signOut());
    answerClient(NO_NEWS);
    world.signInOnPage(BOB);
    expect(await world.codeOf(world.auth.refresh())).toBe('unavailable');
    expect(await world.codeOf(world.auth.getUser())).toBe('unavailable');
    answerClient(undefined);
    expect(await getUser()).toMatchObject(BOB);
  });

  test('is not asked where there is no credential: that is nobody', async () => {
    world = createWorld();
    expect(await getUser()).toBeNull();
    expect(await world.run(world.auth.refresh())).toBeNull();
    expect(world.network.count()).toBe(0);
  });

  test('signs out where it says so by an empty credential', async () => {
    answerClient({ ...(NO_NEWS as object), credential: 'Bearer ' });
    expect(await world.run(world.auth.refresh())).toBeNull();
    expect(await getToken()).toBeNull();
    expect(world.published.at(-1)).toMatchObject({ user: null });
  });
});

describe('a server that refuses to say who is signed in', () => {
  const REFUSALS: [Trouble, string][] = [
    [{ status: 400 }, 'refused'],
    [{ status: 401 }, 'refused'],
    [clerkError(401, 'authentication_invalid'), 'refused'],
    [clerkError(401, 'dev_browser_unauthenticated'), 'refused'],
    [{ status: 403 }, 'refused'],
    [clerkError(403, 'authorization_invalid'), 'refused'],
    [clerkError(400, 'origin_invalid'), 'origin-refused'],
    [clerkError(403, 'native_api_disabled'), 'native-api-off'],
    [{ status: 404 }, 'refused'],
    [{ status: 500 }, 'unavailable'],
    [{ status: 302, payload: clientResource([]) }, 'unavailable'],
    [{ status: 503, payload: clientResource([]), credential: 'Bearer' }, 'unavailable'],
  ];

  test.each(REFUSALS)(
    'by %j: is told, the person stays, and it is over when it is',
    async (refusal, code) => {
      answerClient(refusal);
      expect(await world.codeOf(world.auth.refresh())).toBe(code);
      expect(await getUser()).toMatchObject(ADA);
      // Nobody is asked right after two 500s.
      await world.time.advance(5000);
      expect(await getToken()).not.toBeNull();
      answerClient(undefined);
      await world.time.advance(10_000);
      expect(await world.run(world.auth.refresh())).toMatchObject(ADA);
    },
  );

  test.each(REFUSALS)('by %j, before anything is known: goes on when it is well', async (refusal, code) => {
    startKnowingNobody();
    answerClient(refusal);
    expect(await world.codeOf(world.auth.getUser())).toBe(code);
    answerClient(undefined);
    await world.time.advance(10_000);
    expect(await getUser()).toMatchObject(ADA);
  });
});

describe('a server that knows the credential no more', () => {
  // What it then answers to the question who is signed in, by itself, means many other things, too.
  const DEAD: [string, Trouble | undefined][] = [
    ['as with no news', undefined],
    ['by 401', { status: 401 }],
    ['by 401 authentication_invalid', clerkError(401, 'authentication_invalid')],
    ['by 401 signed_out', clerkError(401, 'signed_out')],
    ['by 400 client_not_found', clerkError(400, 'client_not_found')],
    ['by 404 resource_not_found', clerkError(404, 'resource_not_found')],
  ];
  const forget = () => world.server.forget(world.disk.credential);

  test.each(DEAD)('and says so %s: the person is signed out, and can sign in anew', async (_, answer) => {
    forget();
    answerClient(answer);
    expect(await world.run(world.auth.refresh())).toBeNull();
    expect(await getToken()).toBeNull();
    expect(world.disk.credential).toBeUndefined();
    answerClient(undefined);
    expect(await world.signIn(BOB)).toMatchObject(BOB);
    expect(await getUser()).toMatchObject(BOB);
  });

  test.each(DEAD)('and says so %s, before anything is known: nobody is signed in', async (_, answer) => {
    startKnowingNobody();
    forget();
    answerClient(answer);
    expect(await getUser()).toBeNull();
    expect(await world.run(world.auth.refresh())).toBeNull();
  });

  test.each(DEAD)('and says so %s: a token request learns it', async (_, answer) => {
    forget();
    answerClient(answer);
    expect(await getToken()).toBeNull();
    expect(world.disk.credential).toBeUndefined();
  });

  test('of a development instance: its dev browser', async () => {
    world = createWorld({ instanceType: 'development' });
    await world.signIn(ADA);
    world.network.trouble = () => clerkError(401, 'dev_browser_unauthenticated');
    expect(await world.run(world.auth.refresh())).toBeNull();
    expect(world.disk.credential).toBeUndefined();
  });

  test('of a development instance, where nobody has signed in: its dev browser is kept for who does', async () => {
    world = createWorld({ instanceType: 'development' });
    world.disk.credential = 'client_9.devbrowser_1';
    forget();
    expect(await world.run(world.auth.refresh())).toBeNull();
    expect(await getUser()).toBeNull();
    expect(world.disk.credential).toBe('client_9.devbrowser_1');
  });

  test('is not believed on one word, while it has the person on another way', async () => {
    for (const [, answer] of DEAD) {
      answerClient(answer ?? NO_NEWS);
      expect(await world.codeOf(world.auth.refresh())).not.toBeNull();
      expect(await getUser()).toMatchObject(ADA);
    }
  });

  test.each<[string, Trouble]>([
    ['a refusal of another kind', clerkError(403, 'resource_forbidden')],
    ['a failure', { status: 500 }],
    ['a redirect', { ...(clerkError(401, 'authentication_invalid') as object), status: 307 }],
    ['a broken connection', 'drop'],
    ['no answer', 'hang'],
    ['the page of a proxy', { status: 200, payload: '<html>' }],
    ['a 429', { status: 429 }],
  ])('is not believed where the second question comes to %s', async (_, trouble) => {
    forget();
    world.network.trouble = ({ kind }) => (kind === 'me' ? trouble : undefined);
    expect(await world.codeOf(world.auth.refresh())).toBe('unavailable');
    expect(await getUser()).toMatchObject(ADA);
    expect(world.disk.credential).toBeDefined();
  });

  test('is asked the second question once in a while, however often the first one is', async () => {
    answerClient(NO_NEWS);
    for (let turn = 0; turn < 20; turn += 1) await world.codeOf(world.auth.refresh());
    expect(world.network.count('me')).toBe(1);
    await world.time.advance(5000);
    await world.codeOf(world.auth.refresh());
    expect(world.network.count('me')).toBe(2);
  });

  test('and gives a new one with it: that is kept', async () => {
    answerClient({ ...(clerkError(401, 'authentication_invalid') as object), credential: 'client_9.new' });
    expect(await world.codeOf(world.auth.refresh())).toBe('refused');
    expect(world.disk.credential).toBe('client_9.new');
    expect(await getUser()).toMatchObject(ADA);
  });

  test('in an answer that a new sign-in has overtaken: changes nothing', async () => {
    forget();
    world.network.trouble = ({ kind }) => (kind === 'me' ? { delayMs: 500 } : undefined);
    const asked = world.auth.refresh().catch(() => {});
    await world.time.advance(100);
    world.signInOnPage(BOB);
    await world.run(asked);
    world.network.trouble = () => undefined;
    expect(await world.run(world.auth.refresh())).toMatchObject(BOB);
  });
});

test('a client resource that comes with an empty credential is a sign-out', async () => {
  answerClient({
    status: 200,
    payload: clientResource([{ id: 'sess_1', person: ADA }]),
    credential: 'Bearer',
  });
  expect(await world.run(world.auth.refresh())).toBeNull();
  expect(await getUser()).toBeNull();
});

test.each<[string, Trouble]>([
  [
    'a token',
    { status: 200, payload: { jwt: fakeJwt({ sid: 'sess_1', sub: ADA.userId }) }, credential: 'Bearer' },
  ],
  ['a refusal', { ...(clerkError(409, 'x') as object), credential: 'Bearer' }],
])('%s that comes with an empty credential is a sign-out, at once', async (_, answer) => {
  world.network.trouble = ({ kind }) => (kind === 'token' ? answer : undefined);
  await world.codeOf(world.auth.getToken({}));
  expect(world.published.at(-1)).toMatchObject({ user: null });
  expect(await getToken()).toBeNull();
  expect(await getUser()).toBeNull();
});
