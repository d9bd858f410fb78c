// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { ADA } from '../support/background/people';
import { signedInWorld } from '../support/background/sign-out';
import { createWorld, type World } from '../support/background/world';

const full = () => new DOMException('The disk is full', 'QuotaExceededError');

const failAt = (world: World, ...operations: string[]) => {
  world.storageFailure = (operation) => (operations.includes(operation) ? full() : undefined);
};

describe('F15: a database that fails', () => {
  test.each(['memory.read', 'credentials.read', 'users.read', 'signOuts.list'])(
    'F15: at %s, on a cold browser, is said, signs nobody out, and is over when it works again',
    async (operation) => {
      const world = await signedInWorld();
      world.restartBrowser();
      world.stopBackground();
      world.disk.memory = {};
      failAt(world, operation);
      expect(await world.codeOf(world.auth.getUser())).toBe('storage-unavailable');
      expect(await world.codeOf(world.auth.getToken({}))).toBe('storage-unavailable');
      failAt(world);
      expect(await world.run(world.auth.getUser())).toMatchObject(ADA);
      expect(await world.run(world.auth.getToken({}))).not.toBeNull();
    },
  );

  test('F15: where the credential is read for a request is no trouble of the server', async () => {
    const world = await signedInWorld();
    failAt(world, 'credentials.read');
    expect(await world.codeOf(world.auth.getToken({ skipCache: true }))).toBe('storage-unavailable');
    failAt(world);
    expect(await world.codeOf(world.auth.getToken({ skipCache: true }))).toBeNull();
  });

  test('F15: where a new credential is kept is no trouble of the server', async () => {
    const world = await signedInWorld();
    world.server.isRotating = true;
    failAt(world, 'credentials.replace');
    expect(await world.codeOf(world.auth.refresh())).toBe('storage-unavailable');
    failAt(world);
    expect(await world.run(world.auth.refresh())).toMatchObject(ADA);
  });

  test('F15: where the person is kept for the next start changes nothing now', async () => {
    const world = createWorld();
    failAt(world, 'users.write');
    const ada = await world.signIn(ADA);
    expect(await world.run(world.auth.getUser())).toEqual(ada);
  });

  test.each(['memory.write', 'signOuts.begin', 'signOuts.readForSeal', 'signOuts.seal'])(
    'F15: at %s of a sign-out is said, serves nothing, and the next start finishes it',
    async (operation) => {
      const world = await signedInWorld();
      failAt(world, operation);
      expect(await world.codeOf(world.auth.signOut())).toBe('storage-unavailable');
      expect(await world.run(world.auth.getToken({}))).toBeNull();
      failAt(world);
      if (operation === 'memory.write') return;
      world.stopBackground();
      expect(await world.run(world.auth.getUser())).toBeNull();
      await world.time.advance(60_000);
      expect(world.server.isActive('sess_1')).toBe(false);
    },
  );

  test.each(['signOuts.begin', 'signOuts.seal'])(
    'F15: at %s of a sign-out lets the person try again',
    async (operation) => {
      const world = await signedInWorld();
      failAt(world, operation);
      await world.codeOf(world.auth.signOut());
      failAt(world);
      expect(await world.run(world.auth.signOut())).toBeNull();
      await world.time.advance(60_000);
      expect(world.server.isActive('sess_1')).toBe(false);
    },
  );

  test.each(['signOuts.list', 'signOuts.unseal', 'signOuts.countAttempt', 'signOuts.finish', 'alarm'])(
    'F15: at %s, after the credential was sealed, loses no sign-out',
    async (operation) => {
      const world = await signedInWorld();
      world.network.trouble = () => ({ status: 500 });
      failAt(world, operation);
      await world.codeOf(world.auth.signOut());
      expect(await world.run(world.auth.getUser())).toBeNull();
      failAt(world);
      world.network.trouble = () => undefined;
      world.restartBrowser();
      await world.time.advance(60_000);
      expect(world.server.isActive('sess_1')).toBe(false);
      expect(world.disk.signOuts.size).toBe(0);
    },
  );
});
