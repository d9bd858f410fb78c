// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import type { TokenOptions } from '../../src/messages/protocol';
import { claimsOf } from '../support/background/claims';
import { flush } from '../support/background/fake-time';
import { ADA, BOB } from '../support/background/people';
import { createWorld, type World } from '../support/background/world';
import { fakeJwt } from '../support/fake-jwt';

let world: World;

beforeEach(async () => {
  world = createWorld();
  await world.signIn(ADA);
  world.network.requests.length = 0;
});

const getToken = (options: TokenOptions = {}) => world.run(world.auth.getToken(options));
const tokenRequests = () => world.network.count('token');

/** Asks once a second, and counts the asks that had to wait. */
async function askEverySecond(seconds: number): Promise<{ waited: number }> {
  const asks: Promise<void>[] = [];
  let waited = 0;
  for (let second = 0; second < seconds; second += 1) {
    let isAnswered = false;
    asks.push(
      world.auth.getToken({}).then((token) => {
        isAnswered = true;
        expect((token?.expiresAt ?? 0) - world.time.now()).toBeGreaterThan(0);
      }),
    );
    await flush();
    if (!isAnswered) waited += 1;
    await world.time.advance(1000);
  }
  await world.run(Promise.all(asks));
  return { waited };
}

describe('many who ask', () => {
  test.each([{}, { skipCache: true }])(
    'F3: 1,000 who ask at once with %o share one request',
    async (options) => {
      world.network.latencyMs = 80;
      const asks = Array.from({ length: 1000 }, () => world.auth.getToken(options));
      const tokens = await world.run(Promise.all(asks));
      expect(new Set(tokens.map((token) => token?.token)).size).toBe(1);
      expect(world.network.count()).toBe(1);
    },
  );

  test('F3: 1,000 who ask a cold browser at once, skipCache included, are at most 2 GET and 1 POST', async () => {
    world.network.latencyMs = 80;
    world.restartBrowser();
    const asks = Array.from({ length: 1000 }, (_, i) => world.auth.getToken({ skipCache: i % 2 === 0 }));
    const users = Array.from({ length: 100 }, () => world.auth.getUser());
    await world.run(Promise.all([...asks, ...users]));
    expect(tokenRequests()).toBe(1);
    expect(world.network.count('client')).toBeLessThanOrEqual(2);
    expect(world.network.count()).toBeLessThanOrEqual(3);
  });

  test('a failure is shared by those who waited and kept by nobody', async () => {
    world.network.trouble = () => ({ status: 400, payload: null });
    const codes = await Promise.all([{}, {}, {}].map(() => world.codeOf(world.auth.getToken({}))));
    expect(codes).toEqual(['refused', 'refused', 'refused']);
    expect(tokenRequests()).toBe(1);
    world.network.trouble = () => undefined;
    expect(await getToken()).not.toBeNull();
  });
});

describe('an hour', () => {
  test('F3: of one get-token a second is at most 92 requests, and only the first ask waits', async () => {
    world.network.latencyMs = 80;
    const { waited } = await askEverySecond(3600);
    expect(waited).toBe(1);
    expect(tokenRequests()).toBe(88);
    expect(world.network.count()).toBe(88);
  });

  test('F1: of one get-token a second with a stop every 30 s is at most 92 requests', async () => {
    world.network.latencyMs = 80;
    for (let i = 0; i < 120; i += 1) {
      await askEverySecond(30);
      world.stopBackground();
    }
    expect(tokenRequests()).toBeLessThanOrEqual(92);
  });

  test('of one get-token a second on a slow network of 2 s still makes nobody wait', async () => {
    world.network.latencyMs = 2000;
    expect(await askEverySecond(600)).toEqual({ waited: 2 });
  });
});

describe('how long a token must still live', () => {
  test('F21: 15 s unless more is asked for', async () => {
    await getToken();
    await world.time.advance(44_001);
    const token = await getToken();
    expect(tokenRequests()).toBe(2);
    expect((token?.expiresAt ?? 0) - world.time.now()).toBeGreaterThan(50_000);
  });

  test('F21: who asks in the last 4 s before that is answered at once, and a new token is asked ahead', async () => {
    const first = await getToken();
    await world.time.advance(40_000);
    await getToken();
    expect(tokenRequests()).toBe(1);
    await world.time.advance(1);
    expect(await getToken()).toEqual(first);
    expect(tokenRequests()).toBe(2);
    expect(await getToken()).not.toEqual(first);
    expect(tokenRequests()).toBe(2);
  });

  test('F21: asked with 7 s left and minTtlSeconds 15, the token is fresh', async () => {
    await getToken();
    await world.time.advance(53_000);
    await getToken({ minTtlSeconds: 15 });
    expect(tokenRequests()).toBe(2);
  });

  test('F21: minTtlSeconds 0 takes what is valid now, and never what is over', async () => {
    const first = await getToken();
    await world.time.advance(58_000);
    expect(await getToken({ minTtlSeconds: 0 })).toEqual(first);
    await world.time.advance(1001);
    const next = await getToken({ minTtlSeconds: 0 });
    expect(next?.expiresAt).toBeGreaterThan(first?.expiresAt ?? 0);
  });

  test('F21: a demand that no token can meet gets a new token at each ask', async () => {
    await getToken({ minTtlSeconds: 3600 });
    await getToken({ minTtlSeconds: 3600 });
    expect(tokenRequests()).toBe(2);
  });

  test('skipCache is a request each time, and marked for the server', async () => {
    await getToken();
    await getToken({ skipCache: true });
    expect(tokenRequests()).toBe(2);
    expect(world.network.requests.map(({ search }) => search.get('debug'))).toEqual([null, 'skip_cache']);
  });
});

describe('distinct tokens', () => {
  test('each template and each organization is cached by itself; a template’s is of the active organization', async () => {
    const kinds: TokenOptions[] = [
      {},
      { template: 'api' },
      { template: 'other' },
      { organizationId: 'org_1' },
      { organizationId: 'org_2' },
      { organizationId: 'org_1', template: 'api' },
    ];
    for (let round = 0; round < 3; round += 1) {
      for (const kind of kinds) {
        const { template, org } = claimsOf(await getToken(kind));
        expect(template).toBe(kind.template);
        if (!template) expect(org).toBe(kind.organizationId ?? '');
      }
    }
    expect(tokenRequests()).toBe(kinds.length - 1);
  });

  test('the active organization and the same one by name are one token; the personal account is another', async () => {
    world = createWorld();
    await world.signIn(BOB);
    await getToken();
    await getToken({ organizationId: 'org_2' });
    expect(tokenRequests()).toBe(1);
    expect(claimsOf(await getToken({ organizationId: null })).org).toBe('');
    expect(tokenRequests()).toBe(2);
  });

  test('a name is never read as a path', async () => {
    await world.codeOf(world.auth.getToken({ template: '../../client?x=1' }));
    expect(world.network.requests[0]?.path).toBe('/client/sessions/sess_1/tokens/..%2F..%2Fclient%3Fx%3D1');
  });

  test.each([0, -100])('a token that ended %i s after it was made is handed to nobody', async (lifetime) => {
    const jwt = fakeJwt({ iat: 1000, exp: 1000 + lifetime });
    world.network.trouble = ({ kind }) => (kind === 'token' ? { status: 200, payload: { jwt } } : undefined);
    expect(await world.codeOf(world.auth.getToken({}))).toBe('unavailable');
  });

  test('a token without an end is handed out and never kept', async () => {
    const jwt = `e30.${Buffer.from('{"sid":"sess_1"}').toString('base64url')}.s`;
    world.network.trouble = () => ({ status: 200, payload: { jwt } });
    expect(await getToken({ template: 'endless' })).toEqual({ token: jwt, expiresAt: 0 });
    await getToken({ template: 'endless' });
    expect(tokenRequests()).toBe(2);
  });

  test.each([
    ['another session', { sid: 'sess_9', sub: ADA.userId }],
    ['another person, as a template’s, which names no session', { sub: BOB.userId }],
  ])('a token of %s is not handed out, nor kept', async (_, claims) => {
    const iat = Math.floor(world.time.now() / 1000);
    const payload = { jwt: fakeJwt({ ...claims, iat, exp: iat + 60 }) };
    world.network.trouble = ({ kind }) => (kind === 'token' ? { status: 200, payload } : undefined);
    expect(await world.codeOf(world.auth.getToken({}))).toBe('unavailable');
    world.network.trouble = () => undefined;
    expect(claimsOf(await getToken()).sid).toBe('sess_1');
  });
});

describe('F10: offline', () => {
  beforeEach(async () => {
    await getToken();
    world.setOnline(false);
  });

  test('F10: a valid token and the person are answered', async () => {
    await world.time.advance(44_000);
    expect(await world.run(world.auth.getToken({}), 0)).not.toBeNull();
    expect(await world.run(world.auth.getUser(), 0)).toMatchObject(ADA);
  });

  test('F10: then it is an error at once, and nobody is signed out', async () => {
    await world.time.advance(46_000);
    expect(await world.codeOf(world.auth.getToken({}), 0)).toBe('offline');
    expect(await world.run(world.auth.getUser(), 0)).toMatchObject(ADA);
    expect(tokenRequests()).toBe(1);
  });

  test('F10: back online, the next ask is answered', async () => {
    await world.time.advance(3_600_000);
    world.setOnline(true);
    expect(await getToken()).not.toBeNull();
  });
});
