// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import { claimsOf } from '../support/background/claims';
import { ADA, BOB, inOrganization } from '../support/background/people';
import { createWorld, type World } from '../support/background/world';

let world: World;

beforeEach(() => {
  world = createWorld();
});

const revisions = () => world.published.map(({ revision }) => revision);

describe('F13: the revision', () => {
  test('F13: grows with each change, by one', async () => {
    await world.run(world.auth.getUser());
    await world.signIn(ADA);
    await world.run(world.auth.signOut());
    await world.signIn(BOB);
    expect(revisions()).toEqual([1, 2, 3, 4]);
    expect(world.published.map(({ user }) => user?.userId ?? null)).toEqual([null, 'user_1', null, 'user_2']);
    expect(world.auth.revision()).toBe(4);
  });

  test('F13: stays the same when nothing changed', async () => {
    await world.signIn(ADA);
    for (let i = 0; i < 5; i += 1) {
      await world.run(world.auth.refresh());
      await world.run(world.auth.getUser());
      await world.run(world.auth.getToken({ skipCache: true }));
    }
    expect(revisions()).toEqual([1]);
  });

  test('F13: goes on after a stop of the background', async () => {
    await world.signIn(ADA);
    world.stopBackground();
    await world.run(world.auth.signOut());
    world.stopBackground();
    await world.signIn(BOB);
    expect(revisions()).toEqual([1, 2, 3]);
  });

  test('F13: is the answer’s own, on a background that was just started', async () => {
    await world.signIn(ADA);
    world.stopBackground();
    await world.run(world.auth.getUser());
    expect(world.auth.revision()).toBe(1);
  });

  test('F13: the session is that of who is signed in, and nobody’s from the first moment of a sign-out', async () => {
    expect(world.auth.sessionId()).toBe(null);
    await world.signIn(ADA);
    expect(world.auth.sessionId()).toBe('sess_1');
    const out = world.auth.signOut();
    await world.time.advance(10);
    expect(world.auth.sessionId()).toBe(null);
    await world.run(out);
    await world.signIn(BOB);
    expect(world.auth.sessionId()).toBe('sess_2');
  });

  test('F13: changes when the person changes their name or organization elsewhere', async () => {
    await world.signIn(ADA);
    world.server.revoke('sess_1');
    await world.signIn(inOrganization(ADA, 'org_1'));
    await world.run(world.auth.refresh());
    expect(revisions()).toEqual([1, 2]);
    expect(claimsOf(await world.run(world.auth.getToken({}))).org).toBe('org_1');
  });
});

describe('F13: what a page did', () => {
  test('F13: a sign-in is known once it was said', async () => {
    expect(await world.run(world.auth.getUser())).toBeNull();
    const ada = await world.signIn(ADA);
    expect(await world.run(world.auth.getUser())).toEqual(ada);
  });

  test('F13: a sign-out is known once it was said', async () => {
    await world.signIn(ADA);
    world.server.revoke('sess_1');
    expect(await world.run(world.auth.refresh())).toBeNull();
    expect(await world.run(world.auth.getToken({}))).toBeNull();
  });

  test('F13: the answer is never older than the question, however many are asked at once', async () => {
    world.network.latencyMs = 100;
    const early = world.auth.refresh();
    await world.time.advance(60);
    const ada = world.signInOnPage(ADA);
    const late = Array.from({ length: 50 }, () => world.auth.refresh());
    expect(await world.run(Promise.all(late))).toEqual(Array(50).fill(ada));
    await early;
    expect(world.network.count('client')).toBe(2);
  });

  test('F13: a word of a page without a credential is nobody, also where the server cannot be asked', async () => {
    world.setOnline(false);
    expect(await world.run(world.auth.refresh())).toBeNull();
    expect(await world.run(world.auth.getUser())).toBeNull();
    expect(await world.run(world.auth.getToken({}))).toBeNull();
  });

  test('F13: a sign-in that is said while a sign-out comes to its end is known', async () => {
    world = createWorld({ storageMs: () => 100 });
    await world.signIn(ADA);
    const out = world.auth.signOut();
    while (world.disk.credential !== undefined) await world.time.advance(10);
    const bob = world.signInOnPage(BOB);
    expect(await world.run(world.auth.refresh())).toEqual(bob);
    await world.run(out);
    expect(await world.run(world.auth.getUser())).toEqual(bob);
  });

  test('F13: a sign-in that was said in vain is found out when somebody looks', async () => {
    await world.run(world.auth.getUser());
    const ada = world.signInOnPage(ADA);
    world.network.trouble = () => ({ status: 500 });
    expect(await world.codeOf(world.auth.refresh())).toBe('unavailable');
    expect(await world.codeOf(world.auth.getToken({}))).toBe('unavailable');
    world.stopBackground();
    expect(await world.codeOf(world.auth.getUser())).toBe('unavailable');
    world.network.trouble = () => undefined;
    await world.time.advance(10_000);
    expect(await world.run(world.auth.getUser())).toEqual(ada);
  });
});

describe('what happened elsewhere', () => {
  test('a session that was revoked is noticed at the first token after the last one’s end', async () => {
    await world.signIn(ADA);
    await world.run(world.auth.getToken({}));
    world.server.revoke('sess_1');
    await world.time.advance(50_000);
    expect(await world.run(world.auth.getToken({}))).toBeNull();
    expect(world.published.at(-1)?.user).toBeNull();
  });

  test('who looks at the person asks the server behind it, once a minute', async () => {
    await world.signIn(ADA);
    world.network.requests.length = 0;
    for (let second = 0; second < 600; second += 1) {
      await world.run(world.auth.getUser());
      await world.time.advance(1000);
    }
    expect(world.network.count('client')).toBeGreaterThanOrEqual(9);
    expect(world.network.count('client')).toBeLessThanOrEqual(10);
  });

  test('the person’s clock set back does not keep the server from being asked', async () => {
    await world.signIn(ADA);
    world.network.requests.length = 0;
    world.time.jumpWall(-3_600_000);
    await world.run(world.auth.getUser());
    await world.time.advance(100);
    expect(world.network.count('client')).toBe(1);
  });

  test('two who look at a cold browser at once are one question to the server', async () => {
    await world.signIn(ADA);
    world.restartBrowser();
    world.network.requests.length = 0;
    world.network.latencyMs = 100;
    await world.run(Promise.all([world.auth.getUser(), world.auth.getUser()]));
    await world.time.advance(1000);
    expect(world.network.count('client')).toBe(1);
  });
});

describe('a page and a cold background at once', () => {
  test('what the page said wins over what the background had read before', async () => {
    for (let slow = 1; slow <= 8; slow += 1) {
      let operations = 0;
      world = createWorld({ storageMs: () => (++operations === slow ? 100 : 1) });
      world.network.latencyMs = 15;
      const looked = world.auth.getUser();
      await world.time.advance(20);
      const ada = world.signInOnPage(ADA);
      await world.run(Promise.all([looked, world.auth.refresh()]));
      expect(await world.run(world.auth.getUser())).toEqual(ada);
    }
  });
});
