// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { claimsOf } from '../support/background/claims';
import { ADA, BOB } from '../support/background/people';
import { createWorld, type World } from '../support/background/world';

async function signedInWorld(): Promise<World> {
  const world = createWorld();
  await world.signIn(ADA);
  world.network.requests.length = 0;
  return world;
}

describe('F1: the background was stopped', () => {
  test('F1: get-user is answered without a request', async () => {
    const world = await signedInWorld();
    world.stopBackground();
    expect(await world.auth.getUser()).toMatchObject(ADA);
    expect(world.network.count()).toBe(0);
    expect(world.clerksCreated).toBe(1);
  });

  test('F1: a token that is still valid is answered without a request', async () => {
    const world = await signedInWorld();
    const token = await world.run(world.auth.getToken({}));
    await world.time.advance(30_000);
    world.stopBackground();
    expect(await world.auth.getToken({})).toEqual(token);
    expect(world.network.count('token')).toBe(1);
  });

  test('F1: a new token is one request', async () => {
    const world = await signedInWorld();
    world.stopBackground();
    expect(claimsOf(await world.run(world.auth.getToken({}))).sub).toBe(ADA.userId);
    expect(world.network.count()).toBe(1);
  });

  test('F1: session-changed asks the server, on a cold background too', async () => {
    const world = createWorld();
    expect(await world.run(world.auth.getUser())).toBeNull();
    world.stopBackground();
    const user = world.signInOnPage(ADA);
    expect(await world.run(world.auth.refresh())).toEqual(user);
  });

  test('F1: every pair of messages gives the same answers with and without a stop between them', async () => {
    const ask = {
      token: async (world: World) => claimsOf(await world.run(world.auth.getToken({}))).sub,
      user: async (world: World) => (await world.run(world.auth.getUser()))?.userId,
      changed: async (world: World) => (await world.run(world.auth.refresh()))?.userId,
      template: async (world: World) =>
        claimsOf(await world.run(world.auth.getToken({ template: 'api' }))).template,
      out: async (world: World) => String(await world.run(world.auth.signOut())),
      none: async (world: World) =>
        String(await world.run(world.auth.getToken({ skipCache: true }))) && 'asked',
    };
    for (const first of Object.values(ask)) {
      for (const second of Object.values(ask)) {
        const [warm, cold] = await Promise.all([signedInWorld(), signedInWorld()]);
        const answers = async (world: World, between: () => void) => {
          const one = await first(world).catch(String);
          between();
          return [one, await second(world).catch(String)];
        };
        expect(await answers(cold, () => cold.stopBackground())).toEqual(await answers(warm, () => {}));
      }
    }
  });
});

describe('the browser was restarted', () => {
  test('F11: offline, the person is known at once, and a token is an error, never signed out', async () => {
    const world = await signedInWorld();
    world.setOnline(false);
    world.restartBrowser();
    const started = world.time.now();
    expect(await world.run(world.auth.getUser())).toMatchObject(ADA);
    expect(await world.codeOf(world.auth.getToken({}))).toBe('offline');
    expect(world.time.now() - started).toBeLessThanOrEqual(250);
    world.setOnline(true);
    expect(claimsOf(await world.run(world.auth.getToken({}), 2000)).sub).toBe(ADA.userId);
  });

  test('F11: offline, with a credential and nobody known, the answer is an error, never signed out', async () => {
    const world = createWorld();
    const user = world.signInOnPage(ADA);
    world.setOnline(false);
    expect(await world.codeOf(world.auth.getUser())).toBe('offline');
    expect(await world.codeOf(world.auth.getToken({}))).toBe('offline');
    world.setOnline(true);
    expect(await world.run(world.auth.getUser(), 2000)).toEqual(user);
  });

  test.each(['drop', 'hang', 'drop-answer'] as const)(
    'F11: with a network that is there and does nothing (%s), nobody is signed out',
    async (trouble) => {
      const world = await signedInWorld();
      world.restartBrowser();
      world.network.trouble = () => trouble;
      expect(await world.run(world.auth.getUser(), 250)).toMatchObject(ADA);
      expect(await world.codeOf(world.auth.getToken({}), 20_000)).toMatch(/unavailable|timeout/);
      expect(await world.run(world.auth.getUser(), 250)).toMatchObject(ADA);
    },
  );

  test('without a credential nobody is signed in, and nobody is asked', async () => {
    const world = createWorld();
    expect(await world.run(world.auth.getUser())).toBeNull();
    expect(await world.run(world.auth.getToken({}))).toBeNull();
    expect(world.network.count()).toBe(0);
    expect(world.clerksCreated).toBe(0);
  });

  test('the known person is answered at once, and the server is asked behind it', async () => {
    const world = await signedInWorld();
    world.server.revoke('sess_1');
    world.network.latencyMs = 80;
    world.restartBrowser();
    expect(await world.run(world.auth.getUser(), 0)).toMatchObject(ADA);
    await world.time.advance(200);
    expect(await world.run(world.auth.getUser())).toBeNull();
  });

  test('another person on the same credential is found out by the check behind the first answer', async () => {
    const world = await signedInWorld();
    world.server.revoke('sess_1');
    world.disk.credential = world.server.signIn(world.disk.credential, BOB).credential;
    world.restartBrowser();
    await world.run(world.auth.getUser());
    await world.time.advance(100);
    expect(await world.run(world.auth.getUser())).toMatchObject(BOB);
    expect(claimsOf(await world.run(world.auth.getToken({}))).sub).toBe(BOB.userId);
  });
});

describe('F23: one Clerk client', () => {
  test('F23: 1,000 get-token calls create one Clerk client', async () => {
    const world = await signedInWorld();
    for (let i = 0; i < 1000; i += 1) await world.run(world.auth.getToken({ skipCache: i % 10 === 0 }));
    expect(world.clerksCreated).toBe(1);
  });

  test('F23: a stopped background creates one more, and only when it has to ask', async () => {
    const world = await signedInWorld();
    await world.run(world.auth.getToken({}));
    world.stopBackground();
    await world.run(world.auth.getToken({}));
    await world.run(world.auth.getUser());
    expect(world.clerksCreated).toBe(1);
    await world.run(world.auth.getToken({ skipCache: true }));
    expect(world.clerksCreated).toBe(2);
  });
});
