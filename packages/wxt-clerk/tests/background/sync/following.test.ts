// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { claimsOf } from '../../support/background/claims';
import { ADA, BOB } from '../../support/background/people';
import { expectSignedOutHere, HOURS_MS } from '../../support/background/sign-out';
import { createWorld, type World } from '../../support/background/world';

const INSTANCES = ['production', 'development'] as const;

/** As long as it may take until everybody knows. */
const WITHIN_MS = 1000;

const published = (world: World) => world.published.at(-1)?.user ?? null;

describe.each(INSTANCES)('with a %s key, the web app’s session', (instanceType) => {
  const syncedWorld = () => createWorld({ instanceType, syncsWith: 'with-web-app' });

  test('is the extension’s within a second, with a token of it', async () => {
    const world = syncedWorld();
    world.network.latencyMs = 80;
    const ada = world.webApp.signIn(ADA);
    await world.time.advance(WITHIN_MS);
    expect(published(world)).toEqual(ada);
    expect(claimsOf(await world.run(world.auth.getToken({}))).sid).toBe(ada.sessionId);
  });

  test('and its sign-out, with nothing left, though the server be away', async () => {
    const world = syncedWorld();
    world.webApp.signIn(ADA);
    await world.time.advance(WITHIN_MS);
    await world.run(world.auth.getToken({}));
    world.network.requests.length = 0;
    world.network.trouble = () => ({ status: 500 });
    world.webApp.signOut();
    await world.time.advance(WITHIN_MS);
    await expectSignedOutHere(world);
    expect(world.network.count()).toBe(0);
    expect(world.disk.memory.tokens).toEqual({});
  });

  test('wakes a background that was stopped', async () => {
    const world = syncedWorld();
    world.webApp.signIn(ADA);
    await world.time.advance(WITHIN_MS);
    world.stopBackground();
    world.webApp.signOut();
    await world.time.advance(WITHIN_MS);
    expect(published(world)).toBeNull();
    world.stopBackground();
    const bob = world.webApp.signIn(BOB);
    await world.time.advance(WITHIN_MS);
    expect(published(world)).toEqual(bob);
  });

  test('is there again after a restart of the browser, also offline', async () => {
    const world = syncedWorld();
    const ada = world.webApp.signIn(ADA);
    await world.time.advance(WITHIN_MS);
    world.setOnline(false);
    world.restartBrowser();
    expect(await world.run(world.auth.getUser(), 100)).toEqual(ada);
    world.setOnline(true);
    await world.time.advance(60_000);
    expect(published(world)).toEqual(ada);
  });

  test('is over when its cookies are gone', async () => {
    const world = syncedWorld();
    world.webApp.signIn(ADA);
    await world.time.advance(WITHIN_MS);
    world.webApp.clearCookies();
    await world.time.advance(WITHIN_MS);
    await expectSignedOutHere(world);
  });

  test('costs nothing while nothing changes', async () => {
    const world = syncedWorld();
    world.webApp.signIn(ADA);
    await world.time.advance(60_000);
    world.network.requests.length = 0;
    const steps = world.steps.length;
    await world.time.advance(HOURS_MS);
    expect(world.network.count()).toBe(0);
    expect(world.steps.length).toBe(steps);
  });

  test('costs no request when a cookie is written as it was', async () => {
    const world = syncedWorld();
    world.webApp.signIn(ADA);
    await world.time.advance(WITHIN_MS);
    world.network.requests.length = 0;
    const steps = world.steps.length;
    world.webApp.rewriteCookie();
    await world.time.advance(WITHIN_MS);
    expect(world.steps.length).toBe(steps);
    for (let life = 0; life < 3; life += 1) {
      world.webApp.rewriteCookie();
      await world.time.advance(WITHIN_MS);
      world.stopBackground();
    }
    expect(world.network.count()).toBe(0);
  });

  test('is another person’s, within the same second', async () => {
    const world = syncedWorld();
    world.webApp.signIn(ADA);
    await world.time.advance(WITHIN_MS - (world.time.now() % 1000));
    world.webApp.signOut();
    const bob = world.webApp.signIn(BOB);
    if (world.disk.cookies) world.disk.cookies.changedAt = Math.floor(world.time.now() / 1000) - 1;
    await world.time.advance(WITHIN_MS);
    expect(published(world)).toEqual(bob);
    expect(claimsOf(await world.run(world.auth.getToken({}))).sid).toBe(bob.sessionId);
  });

  test('is another person’s, whenever in the middle of being followed', async () => {
    for (let ms = 0; ms <= 200; ms += 5) {
      const world = createWorld({ instanceType, syncsWith: 'with-web-app', storageMs: () => 1 });
      world.network.latencyMs = 80;
      world.webApp.signIn(ADA);
      await world.time.advance(ms);
      const changedAt = world.disk.cookies?.changedAt ?? null;
      world.webApp.signOut();
      const bob = world.webApp.signIn(BOB);
      if (world.disk.cookies) world.disk.cookies.changedAt = changedAt;
      await world.time.advance(WITHIN_MS);
      expect(published(world)).toEqual(bob);
    }
  });

  test('of another person is taken up later, too, by whichever life of the background', async () => {
    const world = syncedWorld();
    world.webApp.signIn(ADA);
    await world.time.advance(5000);
    world.network.trouble = () => ({ status: 500 });
    world.webApp.signOut();
    const bob = world.webApp.signIn(BOB);
    await world.time.advance(5000);
    world.stopBackground();
    world.network.trouble = () => undefined;
    await world.time.advance(60_000);
    expect(published(world)).toEqual(bob);
  });

  test('is taken up later when the server could not be asked', async () => {
    const world = syncedWorld();
    world.network.trouble = () => ({ status: 500 });
    const ada = world.webApp.signIn(ADA);
    await world.time.advance(5000);
    expect(await world.codeOf(world.auth.getUser())).toBe('unavailable');
    world.stopBackground();
    world.network.trouble = () => undefined;
    await world.time.advance(60_000);
    expect(published(world)).toEqual(ada);
  });

  test('is followed by its credential where the web app does not say when it changed', async () => {
    const world = syncedWorld();
    const ada = world.webApp.signIn(ADA);
    if (world.disk.cookies) world.disk.cookies.changedAt = null;
    await world.time.advance(WITHIN_MS);
    expect(published(world)).toEqual(ada);
    const { credential, user: bob } = world.server.signIn(undefined, BOB);
    world.disk.cookies = { credential, changedAt: null };
    world.webApp.rewriteCookie();
    await world.time.advance(WITHIN_MS);
    expect(published(world)).toEqual(bob);
    world.webApp.clearCookies();
    await world.time.advance(WITHIN_MS);
    expect(published(world)).toBeNull();
  });

  test('is never stored', async () => {
    const world = syncedWorld();
    world.webApp.signIn(ADA);
    await world.time.advance(WITHIN_MS);
    await world.run(world.auth.getToken({}));
    await world.run(world.auth.signOut());
    const { cookies, ...stored } = world.disk;
    expect(JSON.stringify([stored, [...stored.signOuts.values()]])).not.toContain(cookies?.credential);
  });
});

test('a rotated credential goes into the web app’s cookie, and both go on with it', async () => {
  const world = createWorld({ syncsWith: 'with-web-app' });
  world.server.isRotating = true;
  const ada = world.webApp.signIn(ADA);
  const before = world.disk.cookies?.credential;
  await world.time.advance(WITHIN_MS);
  expect(world.disk.cookies?.credential).not.toBe(before);
  expect(world.disk.credential).toBeUndefined();
  expect(await world.run(world.auth.refresh())).toEqual(ada);
});
