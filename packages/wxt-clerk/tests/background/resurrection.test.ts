// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { ADA, BOB, clientResource } from '../support/background/people';
import {
  expectSignedOutEverywhere,
  expectSignedOutHere,
  signedInWorld,
  signOutAndStop,
} from '../support/background/sign-out';
import { createWorld } from '../support/background/world';

describe('F14: nothing brings a session back', () => {
  test('F14: no answer to session-changed, whenever it was asked around the sign-out', async () => {
    for (let latencyMs = 0; latencyMs <= 150; latencyMs += 5) {
      const world = await signedInWorld({ storageMs: () => 10 });
      world.network.latencyMs = latencyMs;
      const asked = [world.auth.refresh(), world.auth.refresh()];
      const out = world.auth.signOut();
      await world.run(Promise.allSettled([...asked, out, world.auth.refresh()]));
      await expectSignedOutHere(world);
      expect(world.published.at(-1)?.user).toBeNull();
    }
  });

  test('F14: no answer from before it that comes when the next person has signed in', async () => {
    const world = await signedInWorld();
    const payload = clientResource([{ id: 'sess_1', person: ADA }]);
    world.network.trouble = ({ kind }) =>
      kind === 'client' ? { delayMs: 3000, status: 200, payload } : undefined;
    const asked = world.auth.refresh();
    await world.time.advance(100);
    await world.run(world.auth.signOut());
    world.network.trouble = () => undefined;
    const bob = world.signInOnPage(BOB);
    await world.run(Promise.all([asked, world.auth.refresh()]));
    const seen = world.published.map(({ user }) => user?.userId ?? null);
    expect(seen).toEqual([ADA.userId, null, BOB.userId]);
    expect(await world.run(world.auth.getUser())).toEqual(bob);
  });

  test('F14: no answer from before it that comes after the tokens were wiped, not even for a moment', async () => {
    const payload = clientResource([{ id: 'sess_1', person: { ...ADA, firstName: 'Augusta' } }]);
    for (let delayMs = 0; delayMs <= 250; delayMs += 5) {
      const world = await signedInWorld({ storageMs: () => 20 });
      world.network.trouble = ({ kind }) =>
        kind === 'client' ? { delayMs, status: 200, payload } : undefined;
      const asked = world.auth.refresh();
      await world.time.advance(100);
      const done = Promise.allSettled([asked, world.auth.signOut()]);
      while (Object.keys(world.disk.memory.tokens ?? {}).length > 0) await world.time.advance(1);
      const { length } = world.published;
      await world.run(done);
      const seen = world.published.slice(length).map(({ user }) => user);
      expect(seen, `${delayMs} ms`).toEqual([null]);
    }
  });

  test('F14: no token that is left where the credential is gone', async () => {
    let sealed = 0;
    for (let count = 1; ; count += 1) {
      const world = await signedInWorld();
      const isStopped = await signOutAndStop(world, count);
      if (world.disk.credential === undefined) {
        sealed += 1;
        expect(world.disk.memory.tokens, `after ${count} operations`).toEqual({});
      }
      if (!isStopped) break;
    }
    expect(sealed).toBeGreaterThan(3);
  });

  test('F14: no refusal of a token that comes in the middle of the sign-out', async () => {
    for (let latencyMs = 5; latencyMs <= 150; latencyMs += 5) {
      const world = await signedInWorld({ storageMs: () => 10 });
      world.network.latencyMs = latencyMs;
      world.network.trouble = ({ kind }) => (kind === 'token' ? { status: 401 } : undefined);
      const asked = world.auth.getToken({ skipCache: true });
      await world.run(Promise.allSettled([asked, world.auth.signOut()]));
      await world.time.advance(1000);
      expect(world.published.at(-1)?.user).toBeNull();
      await expectSignedOutHere(world);
    }
  });

  test('F14: no person who is stored late', async () => {
    for (let slow = 1; slow <= 30; slow += 1) {
      let operations = 0;
      const world = createWorld({ storageMs: () => (++operations === slow ? 50 : 1) });
      world.signInOnPage(ADA);
      const asked = world.auth.refresh();
      await world.time.advance(slow % 7);
      await world.run(Promise.allSettled([asked, world.auth.signOut()]));
      await world.time.advance(1000);
      expect(world.disk.person).toBeNull();
      expect(world.disk.memory.authState?.user ?? null).toBeNull();
    }
  });

  test('F14: no credential that the server gave out while it was being sealed', async () => {
    for (let latencyMs = 0; latencyMs <= 100; latencyMs += 5) {
      const world = await signedInWorld({ storageMs: () => 10 });
      world.server.isRotating = true;
      world.network.latencyMs = latencyMs;
      const asked = world.auth.refresh();
      await world.run(Promise.allSettled([asked, world.auth.signOut()]));
      await world.time.advance(2000);
      await expectSignedOutEverywhere(world);
    }
  });

  test('F14: no session-changed that is the first message after a restart of the browser', async () => {
    for (let count = 3; count <= 7; count += 1) {
      const world = await signedInWorld();
      await signOutAndStop(world, count);
      world.disk.memory = {};
      expect(await world.run(world.auth.refresh())).toBeNull();
      await expectSignedOutHere(world);
    }
  });

  test('F14: and a stop at its last operation does not sign out who signs in next', async () => {
    for (let count = 1; ; count += 1) {
      const world = await signedInWorld();
      const isStopped = await signOutAndStop(world, count);
      const isSealed = world.disk.credential === undefined;
      if (isSealed) {
        const bob = await world.signIn(BOB);
        await world.time.advance(5000);
        expect(await world.run(world.auth.getUser())).toEqual(bob);
        expect(world.server.isActive(bob.sessionId)).toBe(true);
      }
      if (!isStopped) break;
    }
  });
});
