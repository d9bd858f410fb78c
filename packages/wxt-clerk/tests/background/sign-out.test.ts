// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { claimsOf } from '../support/background/claims';
import { flush } from '../support/background/fake-time';
import type { Trouble } from '../support/background/network';
import { BOB } from '../support/background/people';
import {
  expectSignedOutEverywhere,
  expectSignedOutHere,
  HOURS_MS,
  recover,
  signedInWorld,
  signOutAndStop,
} from '../support/background/sign-out';
import type { World } from '../support/background/world';

const TROUBLES: [string, (world: World) => void][] = [
  ['online', () => {}],
  ['offline', (world) => world.setOnline(false)],
  ['a 500', troubled({ status: 500 })],
  ['a 429', troubled({ status: 429, retryAfterSeconds: 30 })],
  ['a slow answer', troubled({ delayMs: 9000 })],
  ['a hang', troubled('hang')],
  ['a dropped connection', troubled('drop')],
  ['some proxy’s 200', troubled({ status: 200, payload: '<html>' })],
  ['a lost answer', troubled('drop-answer')],
];

function troubled(trouble: Trouble): (world: World) => void {
  return (world) => {
    world.network.trouble = () => trouble;
  };
}

describe.each(TROUBLES)('F14: with %s', (_, begin) => {
  test('F14: the sign-out is answered within 4 s, and signed out here from the start', async () => {
    const world = await signedInWorld();
    begin(world);
    const out = world.auth.signOut();
    await flush();
    const [user, token] = await world.run(Promise.all([world.auth.getUser(), world.auth.getToken({})]), 0);
    expect([user, token]).toEqual([null, null]);
    expect(await world.run(out, 4000)).toBeNull();
    await expectSignedOutHere(world);
    await recover(world);
    await expectSignedOutEverywhere(world);
  });

  test.each([
    ['background', (world: World) => world.stopBackground()],
    // Before the tombstone, the third operation, only the memory knows of the sign-out.
    ['browser', (world: World) => world.restartBrowser()],
  ] as const)(
    'F14: stopped after each operation of it (%s), it is signed out everywhere in the end',
    async (what, stop) => {
      let count = what === 'browser' ? 3 : 1;
      for (; ; count += 1) {
        const world = await signedInWorld();
        begin(world);
        const isStopped = await signOutAndStop(world, count);
        stop(world);
        await expectSignedOutHere(world);
        await recover(world);
        await expectSignedOutEverywhere(world);
        if (!isStopped) break;
      }
      expect(count).toBeGreaterThan(6);
    },
  );

  test('F14: stopped a second time while it is finished, it is still signed out everywhere in the end', async () => {
    for (let first = 1; first <= 8; first += 1) {
      for (let second = 1; second <= 8; second += 1) {
        const world = await signedInWorld();
        begin(world);
        await signOutAndStop(world, first);
        world.stopAfterSteps(second);
        world.auth.getUser().catch(() => {});
        await world.time.advance(2000);
        world.stopBackground();
        await expectSignedOutHere(world);
        await recover(world);
        await expectSignedOutEverywhere(world);
      }
    }
  });

  test('F14: on a cold background it is as good as on a warm one, when the page asks again after a stop', async () => {
    for (let count = 1; ; count += 1) {
      const world = await signedInWorld();
      world.stopBackground();
      begin(world);
      if (!(await signOutAndStop(world, count))) break;
      await world.run(world.auth.signOut(), 6000);
      await expectSignedOutHere(world);
      await recover(world);
      await expectSignedOutEverywhere(world);
    }
  });

  test('F14: who signs in after it stays signed in, and only the old session is ended', async () => {
    const world = await signedInWorld();
    begin(world);
    await world.run(world.auth.signOut());
    world.network.trouble = () => undefined;
    world.setOnline(true);
    const bob = world.signInOnPage(BOB);
    // In vain when the server failed a moment ago; then whoever asks next finds it out.
    await world.run(world.auth.refresh().catch(() => {}));
    await recover(world);
    expect(await world.run(world.auth.getUser())).toEqual(bob);
    expect(claimsOf(await world.run(world.auth.getToken({}))).sid).toBe(bob.sessionId);
    expect([world.server.isActive('sess_1'), world.server.isActive(bob.sessionId)]).toEqual([false, true]);
  });

  test('F14: a restart of the browser at any time in it loses nothing and nobody', async () => {
    for (let ms = 0; ms <= 5000; ms += 250) {
      const world = await signedInWorld();
      world.network.latencyMs = 200;
      begin(world);
      world.auth.signOut().catch(() => {});
      await world.time.advance(ms);
      world.restartBrowser();
      await expectSignedOutHere(world);
      await recover(world);
      await expectSignedOutEverywhere(world);
    }
  });
});

describe('F14: stopped in the middle, with nobody there to wake the background', () => {
  test('F14: the sign-out comes to its end by itself', async () => {
    for (let count = 2; ; count += 1) {
      const world = await signedInWorld();
      const isStopped = await signOutAndStop(world, count);
      await world.time.advance(HOURS_MS);
      expect(world.server.isActive('sess_1')).toBe(false);
      expect(world.disk.signOuts.size).toBe(0);
      if (!isStopped) break;
    }
  });
});

describe('F14: stopped while the server thinks about a retry, with nobody there to wake the background', () => {
  test('F14: the sign-out comes to its end by itself', async () => {
    const world = await signedInWorld();
    world.setOnline(false);
    await world.run(world.auth.signOut());
    world.stopBackground();
    world.network.isOnline = true;
    world.network.trouble = () => 'hang';
    await world.time.advance(31_000);
    expect(world.network.count('end')).toBe(1);
    world.stopBackground();
    world.network.trouble = () => undefined;
    await world.time.advance(HOURS_MS);
    expect(world.server.isActive('sess_1')).toBe(false);
  });
});
