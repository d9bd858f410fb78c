// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { claimsOf } from '../support/background/claims';
import type { Trouble } from '../support/background/network';
import { ADA, BOB } from '../support/background/people';
import { expectSignedOutEverywhere, HOURS_MS, recover } from '../support/background/sign-out';
import { createWorld, type World } from '../support/background/world';

const TROUBLES: [string, (world: World) => void][] = [
  ['online', () => {}],
  ['offline', (world) => world.setOnline(false)],
  ['a 500', troubled({ status: 500 })],
  ['a slow answer', troubled({ delayMs: 9000 })],
  ['a hang', troubled('hang')],
  ['a dropped connection', troubled('drop')],
  ['a lost answer', troubled('drop-answer')],
];

function troubled(trouble: Trouble): (world: World) => void {
  return (world) => {
    world.network.trouble = () => trouble;
  };
}

/** Ada and Bob are signed in, Bob is active, and both have a token. */
async function worldOfTwo(): Promise<World> {
  const world = createWorld();
  await world.signIn(ADA);
  await world.signIn(BOB);
  await world.run(world.auth.getToken({ sessionId: 'sess_1' }));
  await world.run(world.auth.getToken({}));
  world.network.requests.length = 0;
  return world;
}

async function expectOnly(world: World, there: string, gone: string): Promise<void> {
  expect((await world.run(world.auth.getUser(), 1000))?.sessionId).toBe(there);
  expect((await world.run(world.auth.listSessions(), 1000)).map(({ id }) => id)).toEqual([there]);
  // The pages read it there.
  expect(world.disk.memory.authState?.sessions.map(({ id }) => id)).toEqual([there]);
  expect(await world.codeOf(world.auth.getToken({ sessionId: gone }), 20_000)).not.toBeNull();
  const held = await world.run(world.auth.getToken({ throwOnError: false, minTtlSeconds: 0 }), 20_000);
  if (held) expect(claimsOf(held).sid).toBe(there);
}

/** The server knows of the one, and the other was never touched. */
async function expectOnlyEverywhere(world: World, there: string, gone: string): Promise<void> {
  await expectOnly(world, there, gone);
  expect([world.server.isActive(there), world.server.isActive(gone)]).toEqual([true, false]);
  expect(world.disk.credential).toBeDefined();
  expect(world.disk.signOuts.size).toBe(0);
  expect(claimsOf(await world.run(world.auth.getToken({ skipCache: true }))).sid).toBe(there);
}

async function stopAfter(world: World, count: number, work: () => Promise<unknown>): Promise<boolean> {
  const { steps } = world;
  const before = steps.length;
  world.stopAfterSteps(count);
  work().catch(() => {});
  await world.time.advance(5000);
  world.stopBackground();
  return steps.length - before >= count;
}

describe.each(TROUBLES)('with %s', (_, begin) => {
  test.each([
    ['the active one', 'sess_2', 'sess_1'],
    ['the other one', 'sess_1', 'sess_2'],
  ])('a sign-out of %s is answered within 4 s, and never touches the rest', async (_, gone, there) => {
    const world = await worldOfTwo();
    begin(world);
    expect(await world.run(world.auth.signOut({ sessionId: gone }), 4000)).toBeNull();
    await expectOnly(world, there, gone);
    await recover(world);
    await expectOnlyEverywhere(world, there, gone);
  });

  test.each(['sess_1', 'sess_2'])(
    'stopped after each operation of a sign-out of %s, it holds once it is marked',
    async (gone) => {
      const there = gone === 'sess_1' ? 'sess_2' : 'sess_1';
      for (let count = 1; ; count += 1) {
        const world = await worldOfTwo();
        begin(world);
        const isStopped = await stopAfter(world, count, () => world.auth.signOut({ sessionId: gone }));
        // Before the mark, the second operation, nothing of it is known: the page asks again.
        if (count < 2) await world.run(world.auth.signOut({ sessionId: gone }), 6000);
        await expectOnly(world, there, gone);
        await recover(world);
        await expectOnlyEverywhere(world, there, gone);
        if (!isStopped) break;
      }
    },
  );

  test('a restart of the browser after it was answered brings nobody back', async () => {
    const world = await worldOfTwo();
    begin(world);
    await world.run(world.auth.signOut({ sessionId: 'sess_2' }), 4000);
    world.restartBrowser();
    await expectOnly(world, 'sess_1', 'sess_2');
    await recover(world);
    await expectOnlyEverywhere(world, 'sess_1', 'sess_2');
  });

  test('one followed by the other, and both at once, are a sign-out of all', async () => {
    for (const isAtOnce of [true, false]) {
      const world = await worldOfTwo();
      begin(world);
      const first = world.auth.signOut({ sessionId: 'sess_2' });
      if (!isAtOnce) await world.run(first, 4000);
      await world.run(Promise.all([first, world.auth.signOut({ sessionId: 'sess_1' })]), 8000);
      expect(await world.run(world.auth.getUser(), 1000)).toBeNull();
      await recover(world);
      await expectSignedOutEverywhere(world);
      expect(world.server.isActive('sess_2')).toBe(false);
    }
  });

  test('one followed by all ends both everywhere, wherever the background stops', async () => {
    for (let count = 1; ; count += 1) {
      const world = await worldOfTwo();
      begin(world);
      await world.run(world.auth.signOut({ sessionId: 'sess_2' }), 4000);
      const isStopped = await stopAfter(world, count, () => world.auth.signOut());
      if (count < 3) await world.run(world.auth.signOut(), 6000);
      await recover(world);
      await expectSignedOutEverywhere(world);
      expect(world.server.isActive('sess_2')).toBe(false);
      if (!isStopped) break;
    }
  });
});

test('the server is told within 50 s of its return', async () => {
  for (const awayMs of [0, 60_000, 20 * 60_000]) {
    const world = await worldOfTwo();
    world.network.trouble = () => ({ status: 500 });
    await world.run(world.auth.signOut({ sessionId: 'sess_2' }), 4000);
    await world.time.advance(awayMs);
    world.network.trouble = () => undefined;
    await world.time.advance(50_000);
    expect(world.server.isActive('sess_2')).toBe(false);
  }
});

test('an answer from before it does not bring the session back', async () => {
  const world = await worldOfTwo();
  world.network.latencyMs = 2000;
  const asked = world.auth.refresh();
  await world.time.advance(1500);
  await world.run(world.auth.signOut({ sessionId: 'sess_2' }), 6000);
  expect((await world.run(asked))?.sessionId).toBe('sess_1');
  await expectOnly(world, 'sess_1', 'sess_2');
});

test('a token that is on its way is not handed out any more', async () => {
  const world = await worldOfTwo();
  world.network.latencyMs = 400;
  const token = world.auth.getToken({ sessionId: 'sess_1', skipCache: true });
  await world.time.advance(100);
  const out = world.auth.signOut({ sessionId: 'sess_1' });
  expect(await world.codeOf(token)).toBe('not-found');
  await world.run(out);
});

test.each(['end', 'remove'] as const)(
  'a session that is ended by %s-session is given back as what it is',
  async (how) => {
    const world = await worldOfTwo();
    const ask = { end: world.auth.endSession, remove: world.auth.removeSession }[how];
    const ended = await world.run(ask({ sessionId: 'sess_1' }));
    expect(ended).toMatchObject({ id: 'sess_1', status: `${how}${how === 'end' ? 'ed' : 'd'}` });
    expect(world.network.requests.map(({ path }) => path)).toContain(`/client/sessions/sess_1/${how}`);
    expect(await world.run(ask({ sessionId: 'sess_1' }))).toBeNull();
    await world.run(ask({}));
    await expectSignedOutEverywhere(world);
  },
);

test('a sign-out by name before it is known who else is there ends only that one', async () => {
  const world = createWorld();
  await world.signIn(ADA);
  world.setOnline(false);
  // A page signed Bob in, too, and was closed before it could tell.
  world.server.signIn(world.disk.credential, BOB);
  world.restartBrowser();
  await world.run(world.auth.signOut({ sessionId: 'sess_1' }), 6000);
  expect(await world.run(world.auth.getUser())).toBeNull();
  world.setOnline(true);
  await world.time.advance(HOURS_MS);
  expect((await world.run(world.auth.refresh()))?.userId).toBe('user_2');
  expect([world.server.isActive('sess_1'), world.server.isActive('sess_2')]).toEqual([false, true]);
});

test('it does not wait for a choice that hangs', async () => {
  const world = await worldOfTwo();
  world.network.trouble = ({ kind }) => (kind === 'touch' ? 'hang' : undefined);
  const chosen = world.codeOf(world.auth.setActive({ sessionId: 'sess_1' }));
  await world.time.advance(10);
  expect(await world.run(world.auth.signOut({ sessionId: 'sess_1' }), 4000)).toBeNull();
  expect(world.server.isActive('sess_1')).toBe(false);
  expect(await chosen).not.toBeNull();
  await expectOnly(world, 'sess_2', 'sess_1');
});

test('whose tombstone cannot be written is no sign-out: the account stays until it can', async () => {
  const world = await worldOfTwo();
  world.storageFailure = (operation) =>
    operation === 'signOuts.beginOne'
      ? new DOMException('The disk is full.', 'QuotaExceededError')
      : undefined;
  for (let i = 0; i < 2; i += 1)
    expect(await world.codeOf(world.auth.signOut({ sessionId: 'sess_1' }))).toBe('storage-unavailable');
  expect(await world.run(world.auth.listSessions())).toHaveLength(2);
  world.storageFailure = () => undefined;
  await world.run(world.auth.signOut({ sessionId: 'sess_1' }), 4000);
  await expectOnlyEverywhere(world, 'sess_2', 'sess_1');
});

test('the last that is known is not the last there is while a page’s news is on its way behind an older question', async () => {
  const world = createWorld();
  await world.signIn(ADA);
  await world.time.advance(61_000);
  world.network.latencyMs = 1000;
  await world.run(world.auth.getUser());
  // The question of that ask is under way, and its answer older than what the page then tells.
  world.network.latencyMs = 2000;
  const bob = world.signInOnPage(BOB);
  const told = world.auth.refresh();
  await world.time.advance(1500);
  await world.run(world.auth.signOut({ sessionId: 'sess_1' }), 6000);
  await world.run(told);
  await recover(world);
  expect(world.server.isActive(bob.sessionId)).toBe(true);
  expect((await world.run(world.auth.getUser()))?.sessionId).toBe(bob.sessionId);
});

test('what the server knows is forgotten here, too: nothing of it grows', async () => {
  const world = await worldOfTwo();
  await world.run(world.auth.signOut({ sessionId: 'sess_1' }), 4000);
  await world.run(world.auth.refresh());
  expect(world.disk.memory.endedIds).toEqual([]);
  expect(world.disk.signOuts.size).toBe(0);
});
