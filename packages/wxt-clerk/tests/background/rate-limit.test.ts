// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import { ADA } from '../support/background/people';
import { createWorld, type World } from '../support/background/world';

let world: World;

beforeEach(async () => {
  world = createWorld();
  await world.signIn(ADA);
  world.network.requests.length = 0;
});

const getToken = () => world.run(world.auth.getToken({}));
const tokenRequests = () => world.network.count('token');

describe('F5: a server that wants to be left alone', () => {
  const limited = () => ({ status: 429, retryAfterSeconds: 7 });

  beforeEach(() => {
    world.network.trouble = limited;
  });

  test('F5: nobody asks it for 7 s, and callers are told at once how long', async () => {
    for (let second = 0; second < 7; second += 1) {
      const error = await world.run(
        world.auth.getToken({}).catch((e) => e),
        0,
      );
      expect(error).toMatchObject({ code: 'rate-limited', retryAfterMs: (7 - second) * 1000 });
      await world.time.advance(1000);
    }
    expect(tokenRequests()).toBe(1);
    world.network.trouble = () => undefined;
    expect(await getToken()).not.toBeNull();
  });

  test('F5: the limit is that token’s alone', async () => {
    await world.codeOf(world.auth.getToken({}));
    world.network.trouble = () => undefined;
    expect(await world.run(world.auth.getToken({ template: 'api' }))).not.toBeNull();
    expect(await world.run(world.auth.getToken({ organizationId: 'org_1' }))).not.toBeNull();
    expect(await world.codeOf(world.auth.getToken({ skipCache: true }))).toBe('rate-limited');
    expect(tokenRequests()).toBe(3);
  });

  test('F5: the limit survives a stop of the background', async () => {
    await world.codeOf(world.auth.getToken({}));
    await world.time.advance(3000);
    world.stopBackground();
    expect(await world.codeOf(world.auth.getToken({}))).toBe('rate-limited');
    expect(tokenRequests()).toBe(1);
    await world.time.advance(4000);
    world.network.trouble = () => undefined;
    expect(await getToken()).not.toBeNull();
  });

  test('F5: a limit of an hour is obeyed for a minute', async () => {
    world.network.trouble = () => ({ status: 429, retryAfterSeconds: 3600 });
    await world.codeOf(world.auth.getToken({}));
    await world.time.advance(59_000);
    await world.codeOf(world.auth.getToken({}));
    expect(tokenRequests()).toBe(1);
    await world.time.advance(1000);
    await world.codeOf(world.auth.getToken({}));
    expect(tokenRequests()).toBe(2);
  });

  test('F5: a token that is still valid for long enough is answered all the same', async () => {
    world.network.trouble = () => undefined;
    const token = await getToken();
    world.network.trouble = limited;
    await world.codeOf(world.auth.getToken({ skipCache: true }));
    expect(await getToken()).toEqual(token);
  });

  test('F5: the limit on asking who is signed in is obeyed, too', async () => {
    const codes = [];
    for (let i = 0; i < 5; i += 1) codes.push(await world.codeOf(world.auth.refresh()));
    expect(codes).toEqual(Array(5).fill('rate-limited'));
    expect(world.network.count('client')).toBe(1);
    await world.time.advance(7000);
    world.network.trouble = () => undefined;
    expect(await world.run(world.auth.refresh())).toMatchObject(ADA);
  });

  test('F5: a limit of an hour on who is signed in is obeyed for a minute', async () => {
    world.network.trouble = () => ({ status: 429, retryAfterSeconds: 3600 });
    await world.codeOf(world.auth.refresh());
    world.network.trouble = () => undefined;
    await world.time.advance(60_000);
    expect(await world.codeOf(world.auth.refresh())).toBeNull();
  });

  // Kept in frontend-api.ts, which has no memory: one question more after each stop.
  test('F5: the limit on who is signed in survives a stop of the background', async () => {
    await world.codeOf(world.auth.refresh());
    world.stopBackground();
    await world.codeOf(world.auth.refresh());
    expect(world.network.count('client')).toBe(1);
  });

  test('F5: a 429 that names no time is not asked again at once', async () => {
    world.network.trouble = () => ({ status: 429 });
    for (let second = 0; second < 60; second += 1) {
      await world.codeOf(world.auth.getToken({}));
      await world.time.advance(1000);
    }
    expect(tokenRequests()).toBeLessThanOrEqual(12);
  });
});
