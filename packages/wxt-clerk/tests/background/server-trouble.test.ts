// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import type { Trouble } from '../support/background/network';
import { ADA } from '../support/background/people';
import { createWorld, type World } from '../support/background/world';

let world: World;

beforeEach(async () => {
  world = createWorld();
  await world.signIn(ADA);
  world.network.requests.length = 0;
  world.network.latencyMs = 80;
});

const isStillSignedIn = async () => expect(await world.run(world.auth.getUser(), 0)).toMatchObject(ADA);

/** A storm of 60 s: 100 callers each ask once a second. */
async function storm(trouble: Trouble, options: (caller: number) => object): Promise<string[]> {
  world.network.trouble = () => trouble;
  const codes = new Set<string>();
  for (let second = 0; second < 60; second += 1) {
    for (let caller = 0; caller < 100; caller += 1) {
      world.auth.getToken(options(caller)).then(
        (token) => codes.add(String(token)),
        (error) => codes.add(error.code ?? String(error)),
      );
    }
    await world.time.advance(1000);
  }
  await world.time.advance(20_000);
  return [...codes];
}

/** Milliseconds from the end of the trouble until a token is there, asked for once a second. */
async function timeToRecover(): Promise<number> {
  world.network.trouble = () => undefined;
  const since = world.time.now();
  while ((await world.codeOf(world.auth.getToken({}))) !== null) await world.time.advance(1000);
  return world.time.now() - since;
}

describe('F4: a server that refuses to say who is signed in', () => {
  test.each([400, 403, 422])(
    'F4: by a %i is asked at most once in 5 s, however often a page asks',
    async (status) => {
      await world.time.advance(61_000);
      world.network.trouble = () => ({ status });
      for (let turn = 0; turn < 60 * 20; turn += 1) {
        await isStillSignedIn();
        await world.time.advance(50);
      }
      expect(world.network.count('client')).toBeLessThanOrEqual(13);
      expect(world.network.count('client')).toBeGreaterThanOrEqual(10);
    },
  );
});

describe('F4: a server in trouble', () => {
  test.each([500, 502, 503, 504])('F4: one %i is a hiccup that nobody notices', async (status) => {
    let isFirst = true;
    world.network.trouble = () => {
      const trouble = isFirst ? { status } : undefined;
      isFirst = false;
      return trouble;
    };
    expect(await world.run(world.auth.getToken({}), 1000)).not.toBeNull();
    expect(world.network.count()).toBe(2);
  });

  test.each<[string, Trouble]>([
    ['a 500', { status: 500 }],
    ['a dropped connection', 'drop'],
    ['an answer that is lost', 'drop-answer'],
  ])('F4: a storm of %s is at most 12 requests a minute and signs nobody out', async (_, trouble) => {
    const codes = await storm(trouble, () => ({}));
    expect(codes).toEqual(['unavailable']);
    expect(world.network.count('token')).toBeLessThanOrEqual(12);
    await isStillSignedIn();
  });

  test('F4: a storm on 100 distinct tokens is at most 12 requests a minute after the first round', async () => {
    await storm({ status: 500 }, (caller) => ({ template: `template_${caller}` }));
    expect(world.network.count('token')).toBeLessThanOrEqual(100 + 100 + 12);
    await isStillSignedIn();
  });

  test('F4: a storm of get-user and session-changed is at most 12 requests a minute', async () => {
    world.network.trouble = () => ({ status: 500 });
    await world.time.advance(60_000);
    for (let second = 0; second < 60; second += 1) {
      for (let caller = 0; caller < 50; caller += 1) {
        expect(await world.run(world.auth.getUser(), 0)).toMatchObject(ADA);
        world.auth.refresh().catch(() => {});
      }
      await world.time.advance(1000);
    }
    expect(world.network.count()).toBeLessThanOrEqual(12);
  });

  test('F4: after the storm a token is there within 10 s', async () => {
    await storm({ status: 500 }, () => ({}));
    expect(await timeToRecover()).toBeLessThanOrEqual(10_000);
  });

  test('F4: while it goes on, a try is one request', async () => {
    world.network.trouble = () => ({ status: 500 });
    await world.codeOf(world.auth.getToken({}));
    expect(world.network.count()).toBe(2);
    await world.time.advance(10_000);
    await world.codeOf(world.auth.getToken({}));
    expect(world.network.count()).toBe(3);
  });

  test('F4: a caller in the storm is told at once, and when to come back', async () => {
    world.network.trouble = () => ({ status: 500 });
    await world.codeOf(world.auth.getToken({}));
    const error = await world.run(
      world.auth.getToken({}).catch((e) => e),
      0,
    );
    expect(error).toMatchObject({ code: 'unavailable', retryAfterMs: expect.any(Number) });
    expect(error.retryAfterMs).toBeLessThanOrEqual(10_000);
  });

  test('F4: a token that is valid is handed out in the middle of the storm', async () => {
    const token = await world.run(world.auth.getToken({}));
    world.network.trouble = () => ({ status: 500 });
    await world.codeOf(world.auth.getToken({ skipCache: true }));
    expect(await world.run(world.auth.getToken({}), 0)).toEqual(token);
  });
});

describe('a 200 that is no answer', () => {
  test.each<[string, unknown]>([
    ['nothing', null],
    ['text', '<html>'],
    ['no token', {}],
    ['an empty token', { jwt: '' }],
    ['a number', { jwt: 1 }],
    ['a token that is no JWT', { jwt: 'nonsense' }],
    ['a JWT that is no base64', { jwt: 'a.@@@.c' }],
    ['a JWT that is no JSON', { jwt: 'a.YWJj.c' }],
    ['a JWT that is null', { jwt: `a.${btoa('null')}.c` }],
  ])('to a token request (%s) is unavailable, and signs nobody out', async (_, payload) => {
    world.network.trouble = () => ({ status: 200, payload });
    expect(await world.codeOf(world.auth.getToken({}))).toBe('unavailable');
    world.network.trouble = () => undefined;
    await isStillSignedIn();
    await world.time.advance(10_000);
    expect(await world.run(world.auth.getToken({}))).not.toBeNull();
  });

  test.each([null, '', '<html>', {}, { client: null }, { response: {} }, { response: { sessions: 1 } }, []])(
    'to who is signed in (%j) is unavailable, and signs nobody out',
    async (payload) => {
      world.network.trouble = () => ({ status: 200, payload });
      expect(await world.codeOf(world.auth.refresh())).toBe('unavailable');
      await isStillSignedIn();
    },
  );
});

describe('F12: a server that hangs', () => {
  beforeEach(() => {
    world.network.trouble = () => 'hang';
  });

  test('F12: get-token is a timeout within 20 s', async () => {
    expect(await world.codeOf(world.auth.getToken({}), 20_000)).toBe('timeout');
    await isStillSignedIn();
  });

  test('F12: session-changed is a timeout within 20 s', async () => {
    expect(await world.codeOf(world.auth.refresh(), 20_000)).toBe('timeout');
    await isStillSignedIn();
  });

  test('F12: the next call succeeds at once', async () => {
    await world.codeOf(world.auth.getToken({}));
    world.network.trouble = () => undefined;
    expect(await world.codeOf(world.auth.getToken({}), 100)).toBeNull();
  });

  test('F12: a hang in one of two requests at once does not hold up the other', async () => {
    world.network.trouble = ({ path }) => (path.endsWith('/slow') ? 'hang' : undefined);
    const slow = world.auth.getToken({ template: 'slow' }).catch((e) => e.code);
    expect(await world.run(world.auth.getToken({}), 100)).not.toBeNull();
    expect(await world.run(slow, 20_000)).toBe('timeout');
  });

  test('F12: a hang that goes on for an hour of asks is at most 4 requests a minute', async () => {
    for (let minute = 0; minute < 10; minute += 1) {
      for (let second = 0; second < 60; second += 1) {
        world.auth.getToken({}).catch(() => {});
        await world.time.advance(1000);
      }
    }
    expect(world.network.count()).toBeLessThanOrEqual(40);
  });
});

describe('F18: without the permission for the Frontend API', () => {
  test('F18: it is said at once, nobody is asked, and granting it mends it', async () => {
    world.hasHostPermission = false;
    expect(await world.codeOf(world.auth.getToken({}), 0)).toBe('host-permission-missing');
    expect(world.network.count()).toBe(0);
    world.hasHostPermission = true;
    expect(await world.run(world.auth.getToken({}))).not.toBeNull();
  });
});
