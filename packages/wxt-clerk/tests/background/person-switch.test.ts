// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import { claimsOf } from '../support/background/claims';
import { ADA, BOB } from '../support/background/people';
import { createWorld, type World } from '../support/background/world';

let world: World;

beforeEach(async () => {
  world = createWorld();
  await world.signIn(ADA);
  world.network.requests.length = 0;
});

describe('while a token is on its way', () => {
  beforeEach(() => {
    world.network.latencyMs = 200;
  });

  test('a sign-out makes it null, and nothing of it is kept', async () => {
    const asked = world.auth.getToken({});
    await world.time.advance(150);
    const out = world.auth.signOut();
    expect(await world.run(asked)).toBeNull();
    await world.run(out);
    expect(JSON.stringify(world.disk.memory)).not.toContain('.signature');
    expect(world.disk.memory.tokens).toEqual({});
  });

  test('another person’s sign-in makes it that person’s token', async () => {
    const asked = world.auth.getToken({});
    await world.time.advance(50);
    world.server.revoke('sess_1');
    world.signInOnPage(BOB);
    const changed = world.auth.refresh();
    expect(claimsOf(await world.run(asked)).sub).toBe(BOB.userId);
    await world.run(changed);
    expect(claimsOf(await world.run(world.auth.getToken({}))).sub).toBe(BOB.userId);
  });

  test('another person’s sign-in after its answer was sent leaves nobody with the first one’s token', async () => {
    const asked = world.auth.getToken({ skipCache: true });
    await world.time.advance(150);
    world.server.revoke('sess_1');
    world.signInOnPage(BOB);
    await world.run(world.auth.refresh());
    await world.run(asked);
    for (let i = 0; i < 3; i += 1) {
      expect(claimsOf(await world.run(world.auth.getToken({}))).sub).toBe(BOB.userId);
      world.stopBackground();
    }
  });

  test('another person’s sign-in leaves no token of the first one in the memory', async () => {
    await world.run(world.auth.getToken({}));
    expect(JSON.stringify(world.disk.memory)).toContain('.signature');
    // As on an instance with one session for each client.
    world.server.revoke('sess_1');
    await world.signIn(BOB);
    expect(world.disk.memory.tokens).toEqual({});
  });

  test('another person’s sign-in and then a sign-out make it null', async () => {
    world.network.trouble = ({ path }) => (path.includes('sess_1') ? { delayMs: 1000 } : undefined);
    const asked = world.auth.getToken({});
    await world.time.advance(50);
    world.signInOnPage(BOB);
    await world.run(world.auth.refresh());
    // The first person's token has come and is forgotten, the second one's is on its way.
    await world.time.advance(1050);
    expect(world.network.count('token')).toBe(2);
    const out = world.auth.signOut();
    expect(await world.run(asked)).toBeNull();
    await world.run(out);
  });

  test('its session’s end elsewhere, once known, makes it null', async () => {
    const asked = world.auth.getToken({});
    await world.time.advance(50);
    world.server.revoke('sess_1');
    expect(await world.run(asked)).toBeNull();
    expect(world.published.at(-1)?.user).toBeNull();
  });
});
