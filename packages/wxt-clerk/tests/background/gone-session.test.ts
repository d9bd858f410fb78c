// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import { claimsOf } from '../support/background/claims';
import type { Asked } from '../support/background/fake-server';
import type { Trouble } from '../support/background/network';
import { ADA, BOB } from '../support/background/people';
import { createWorld, type World } from '../support/background/world';

let world: World;

beforeEach(async () => {
  world = createWorld();
  await world.signIn(ADA);
  world.network.requests.length = 0;
});

const clerkError = (status: number, code: string): Trouble => ({ status, payload: { errors: [{ code }] } });
const troubleOf = (kind: Asked['kind'], trouble: Trouble) => (asked: Asked) =>
  asked.kind === kind ? trouble : undefined;

describe.each([
  ['F6', 401, 'authentication_invalid'],
  ['F7', 404, 'resource_not_found'],
  ['F8', 422, 'missing_expired_token'],
  ['F9', 403, 'forbidden'],
] as const)('%s: a %i to a token request', (row, status, code) => {
  const refuseTokens = (client?: Trouble) => {
    world.network.trouble = ({ kind }) => (kind === 'token' ? clerkError(status, code) : client);
  };
  const isStillSignedIn = () => expect(world.auth.getUser()).resolves.toMatchObject(ADA);

  test(`${row}: with the session still there is an error, and nobody is signed out`, async () => {
    refuseTokens();
    expect(await world.codeOf(world.auth.getToken({}))).toBe('refused');
    expect(world.network.count('client')).toBe(1);
    await isStillSignedIn();
  });

  test(`${row}: with the session gone is signed out, in one call`, async () => {
    refuseTokens();
    world.server.revoke('sess_1');
    expect(await world.run(world.auth.getToken({}))).toBeNull();
    expect(world.published.at(-1)).toMatchObject({ user: null });
    expect(await world.run(world.auth.getUser())).toBeNull();
    expect(world.disk.memory.tokens).toEqual({});
  });

  test.each<[string, Trouble, RegExp]>([
    ['a 401', { status: 401 }, /^refused$/],
    ['a 403', { status: 403 }, /^refused$/],
    ['a 404', { status: 404 }, /^refused$/],
    ['a 500', { status: 500 }, /^unavailable$/],
    ['a 429', { status: 429, retryAfterSeconds: 5 }, /^rate-limited$/],
    ['a dropped connection', 'drop', /^unavailable$/],
    ['a hang', 'hang', /^timeout$/],
    ['a 200 without a body', { status: 200, payload: null }, /^unavailable$/],
  ])(
    `${row}: with %s to who is signed in is an error, and nobody is signed out`,
    async (_, client, expected) => {
      refuseTokens(client);
      world.server.revoke('sess_1');
      expect(await world.codeOf(world.auth.getToken({}))).toMatch(expected);
      world.network.trouble = () => ({ status: 500 });
      await isStillSignedIn();
    },
  );

  test(`${row}: 1,000 who get it ask who is signed in at most twice`, async () => {
    refuseTokens();
    world.network.latencyMs = 50;
    world.server.revoke('sess_1');
    const answers = await world.run(Promise.all(Array.from({ length: 1000 }, () => world.auth.getToken({}))));
    expect(answers.every((answer) => answer === null)).toBe(true);
    expect(world.network.count('token')).toBe(1);
    expect(world.network.count('client')).toBeLessThanOrEqual(2);
  });

  test(`${row}: with another person there by now is that person’s token`, async () => {
    world.server.revoke('sess_1');
    world.signInOnPage(BOB);
    world.network.trouble = ({ path }) => (path.includes('sess_1') ? clerkError(status, code) : undefined);
    expect(claimsOf(await world.run(world.auth.getToken({}))).sub).toBe(BOB.userId);
  });
});

describe('F8: a server that wants the last token', () => {
  const wantsLastToken = ({ kind, search }: Asked) =>
    kind === 'token' && !search.has('expired_token') ? clerkError(422, 'missing_expired_token') : undefined;

  test('F8: gets it, once', async () => {
    const last = await world.run(world.auth.getToken({}));
    world.network.trouble = wantsLastToken;
    await world.time.advance(50_000);
    expect(await world.run(world.auth.getToken({}))).not.toEqual(last);
    expect(world.network.requests.at(-1)?.search.get('expired_token')).toBe(last?.token);
    expect(world.network.count('token')).toBe(3);
  });

  test('F8: when there is none, it is asked who is signed in instead', async () => {
    world.network.trouble = wantsLastToken;
    expect(await world.codeOf(world.auth.getToken({}))).toBe('refused');
    expect(world.network.count('token')).toBe(1);
    expect(world.network.count('client')).toBe(1);
  });

  test('F8: still knows it after a stop of the background', async () => {
    await world.run(world.auth.getToken({}));
    world.network.trouble = wantsLastToken;
    await world.time.advance(50_000);
    world.stopBackground();
    expect(await world.run(world.auth.getToken({}))).not.toBeNull();
  });
});

describe('F9: an account that is blocked', () => {
  test.each(['user_banned', 'user_deactivated', 'user_locked'])(
    'F9: %s with the session gone is said once, and then signed out',
    async (code) => {
      world.network.trouble = troubleOf('token', clerkError(403, code));
      world.server.revoke('sess_1');
      expect(await world.codeOf(world.auth.getToken({}))).toBe('account-blocked');
      expect(await world.run(world.auth.getToken({}))).toBeNull();
      expect(await world.run(world.auth.getUser())).toBeNull();
    },
  );

  test('F9: with the session still there is said each time, and nobody is signed out', async () => {
    world.network.trouble = troubleOf('token', clerkError(403, 'user_locked'));
    expect(await world.codeOf(world.auth.getToken({}))).toBe('account-blocked');
    expect(await world.codeOf(world.auth.getToken({}))).toBe('account-blocked');
    expect(await world.run(world.auth.getUser())).toMatchObject(ADA);
  });
});

describe('C9: a token that is refused while the session lives', () => {
  const refuse = (code = 'resource_not_found') => {
    world.network.trouble = troubleOf('token', clerkError(404, code));
  };
  const ask = (template?: string) => world.codeOf(world.auth.getToken({ template }));

  test('costs its own request, and one question about the session for all', async () => {
    refuse();
    for (let turn = 0; turn < 20; turn += 1) expect(await ask('gone')).toBe('refused');
    expect(world.network.count('token')).toBe(20);
    expect(world.network.count('client')).toBe(1);
  });

  test('costs no more after a stop of the background', async () => {
    refuse();
    await ask();
    world.stopBackground();
    await ask();
    expect(world.network.count('client')).toBe(1);
  });

  test('is there at once when the server gives it again', async () => {
    refuse();
    await ask();
    world.network.trouble = () => undefined;
    expect(await ask()).toBeNull();
  });

  test('costs no more when the server does not say whether the session lives', async () => {
    world.network.trouble = ({ kind }) => (kind === 'client' ? { status: 403 } : clerkError(403, 'x'));
    for (let turn = 0; turn < 20; turn += 1) expect(await ask()).toBe('refused');
    expect(world.network.count('client')).toBe(1);
    expect(world.network.count('me')).toBe(1);
  });

  test('is noticed to be of an ended session when it is refused again some seconds later', async () => {
    refuse();
    await ask();
    world.server.revoke(world.auth.sessionId() ?? '');
    await world.time.advance(5000);
    expect(await world.run(world.auth.getToken({}))).toBeNull();
  });
});
