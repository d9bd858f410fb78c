// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { MessageError } from '../../../src/messages/message-error';
import type { UserSnapshot } from '../../../src/messages/protocol';
import { ADA, BOB } from '../../support/background/people';
import { expectSignedOutHere, HOURS_MS, signOutAndStop } from '../../support/background/sign-out';
import { createWorld, type World, type WorldOptions } from '../../support/background/world';

const WITHIN_MS = 1000;

const published = (world: World) => world.published.at(-1)?.user ?? null;

/** A world in which Ada is signed in in the web app, and so here. */
async function syncedWorld(options: WorldOptions): Promise<{ world: World; ada: UserSnapshot }> {
  const world = createWorld({ storageMs: () => 1, ...options });
  const ada = world.webApp.signIn(ADA);
  await world.time.advance(WITHIN_MS);
  await world.run(world.auth.getToken({}));
  world.network.requests.length = 0;
  return { world, ada };
}

const INSTANCES = ['production', 'development'] as const;

describe.each(INSTANCES)('with a %s key, a sign-out here', (instanceType) => {
  test('ends the web app’s session on the server', async () => {
    const { world, ada } = await syncedWorld({ instanceType, syncsWith: 'with-web-app' });
    await world.run(world.auth.signOut());
    await expectSignedOutHere(world);
    expect(world.server.isActive(ada.sessionId)).toBe(false);
  });

  test('by "only-here" leaves it, and it does not come back by itself', async () => {
    const { world, ada } = await syncedWorld({ instanceType, syncsWith: 'only-here' });
    await world.run(world.auth.signOut());
    await expectSignedOutHere(world);
    world.webApp.touch();
    await world.time.advance(WITHIN_MS);
    world.restartBrowser();
    await world.time.advance(60_000);
    await expectSignedOutHere(world);
    world.webApp.rewriteCookie();
    await world.time.advance(HOURS_MS);
    await expectSignedOutHere(world);
    expect(world.server.isActive(ada.sessionId)).toBe(true);
  });

  test.each(['with-web-app', 'only-here'] as const)(
    'by "%s" is over when the web app has another session',
    async (syncsWith) => {
      const { world } = await syncedWorld({ instanceType, syncsWith });
      await world.run(world.auth.signOut());
      await world.time.advance(5000);
      world.webApp.signOut();
      const again = world.webApp.signIn(ADA);
      await world.time.advance(WITHIN_MS);
      expect(published(world)).toEqual(again);
    },
  );

  test.each(['with-web-app', 'only-here'] as const)(
    'by "%s" lets a person sign in here',
    async (syncsWith) => {
      const { world } = await syncedWorld({ instanceType, syncsWith });
      await world.run(world.auth.signOut());
      const bob = await world.signIn(BOB);
      expect(await world.run(world.auth.getUser())).toEqual(bob);
      await world.time.advance(60_000);
      world.webApp.notice();
      await world.time.advance(WITHIN_MS);
      world.restartBrowser();
      await world.time.advance(60_000);
      expect(await world.run(world.auth.getUser())).toEqual(bob);
      expect(await world.run(world.auth.getToken({}))).not.toBeNull();
      expect(world.server.clientOf(bob.sessionId)).not.toBe(world.disk.cookies?.credential.split('.')[0]);
    },
  );

  test('is told to the server when it is back, by the cookie that is there then', async () => {
    const { world, ada } = await syncedWorld({ instanceType, syncsWith: 'with-web-app' });
    world.setOnline(false);
    await world.run(world.auth.signOut());
    await expectSignedOutHere(world);
    world.restartBrowser();
    await expectSignedOutHere(world);
    world.setOnline(true);
    await world.time.advance(60_000);
    expect(world.server.isActive(ada.sessionId)).toBe(false);
    await expectSignedOutHere(world);
  });

  test('that the server hears of late does not end who signed in there since', async () => {
    const { world } = await syncedWorld({ instanceType, syncsWith: 'with-web-app' });
    world.network.trouble = () => ({ status: 500 });
    await world.run(world.auth.signOut());
    world.webApp.signOut();
    const bob = world.webApp.signIn(BOB);
    await world.time.advance(WITHIN_MS);
    world.network.trouble = () => undefined;
    await world.time.advance(HOURS_MS);
    expect(world.server.isActive(bob.sessionId)).toBe(true);
    expect(published(world)).toEqual(bob);
  });

  test('is not undone by a tab of the web app that has not heard of it', async () => {
    const { world } = await syncedWorld({ instanceType, syncsWith: 'with-web-app' });
    const stale = world.disk.cookies?.changedAt ?? null;
    await world.run(world.auth.signOut());
    world.webApp.notice();
    await world.time.advance(WITHIN_MS);
    const credentials = new Set<string | undefined>();
    for (let times = 0; times < 5; times += 1) {
      for (const changedAt of [stale, 0]) {
        if (world.disk.cookies) world.disk.cookies.changedAt = changedAt;
        world.webApp.rewriteCookie();
        for (let ms = 0; ms < 100; ms += 5) {
          credentials.add(await world.run(world.credentials.read()));
          await world.time.advance(5);
        }
      }
    }
    expect([...credentials]).toEqual([undefined]);
    await expectSignedOutHere(world);
    const again = world.webApp.signIn(ADA);
    await world.time.advance(WITHIN_MS);
    expect(published(world)).toEqual(again);
  });

  test('means whom the person sees, and not who has just been added there', async () => {
    const { world, ada } = await syncedWorld({ instanceType, syncsWith: 'with-web-app' });
    const bob = world.webApp.signIn(BOB);
    await world.run(world.auth.signOut());
    await world.time.advance(60_000);
    expect(published(world)).toEqual(bob);
    expect(world.server.isActive(ada.sessionId)).toBe(false);
  });

  test('that the server hears of late ends those who are meant, beside who was added there since', async () => {
    const { world, ada } = await syncedWorld({ instanceType, syncsWith: 'with-web-app' });
    world.network.trouble = () => ({ status: 500 });
    await world.run(world.auth.signOut());
    await world.time.advance(5000);
    const bob = world.webApp.signIn(BOB);
    await world.time.advance(5000);
    world.network.trouble = () => undefined;
    await world.time.advance(HOURS_MS);
    expect(published(world)).toEqual(bob);
    expect(world.server.isActive(ada.sessionId)).toBe(false);
  });

  test('of nobody ends nobody there', async () => {
    const world = createWorld({ instanceType, syncsWith: 'with-web-app' });
    expect(await world.run(world.auth.getUser())).toBeNull();
    const ada = world.webApp.signIn(ADA);
    await world.run(world.auth.signOut());
    await world.time.advance(60_000);
    expect(published(world)).toEqual(ada);
    expect(world.steps).not.toContain('ended.write');
  });

  test('is one though the cookie cannot be seen', async () => {
    const { world, ada } = await syncedWorld({ instanceType, syncsWith: 'with-web-app' });
    world.storageFailure = (operation) =>
      operation === 'cookies.read' ? new MessageError('host-permission-missing') : undefined;
    await world.run(world.auth.signOut());
    expect(published(world)).toBeNull();
    world.storageFailure = () => undefined;
    await world.time.advance(HOURS_MS);
    await expectSignedOutHere(world);
    expect(world.server.isActive(ada.sessionId)).toBe(false);
  });

  test('survives the background being stopped after any of its operations', async () => {
    for (const syncsWith of ['with-web-app', 'only-here'] as const) {
      for (let count = 1; ; count += 1) {
        const { world, ada } = await syncedWorld({ instanceType, syncsWith });
        const isStopped = await signOutAndStop(world, count);
        await expectSignedOutHere(world);
        await world.time.advance(HOURS_MS);
        await expectSignedOutHere(world);
        expect(world.server.isActive(ada.sessionId)).toBe(syncsWith === 'only-here');
        if (!isStopped) break;
      }
    }
  });
});

describe.each(INSTANCES)('with a %s key, who signed in here', (instanceType) => {
  const world = () => createWorld({ instanceType, syncsWith: 'with-web-app', storageMs: () => 1 });

  test('is signed out, on the server too, when somebody signs in in the web app', async () => {
    const here = world();
    const bob = await here.signIn(BOB);
    const ada = here.webApp.signIn(ADA);
    await here.time.advance(WITHIN_MS);
    expect(published(here)).toEqual(ada);
    expect(here.server.isActive(bob.sessionId)).toBe(false);
    expect(here.disk.credential).toBeUndefined();
    here.webApp.signOut();
    await here.time.advance(WITHIN_MS);
    await expectSignedOutHere(here);
  });

  test('in the same moment, too', async () => {
    for (let ms = 0; ms < 200; ms += 5) {
      const here = world();
      here.network.latencyMs = 60;
      const ada = here.webApp.signIn(ADA);
      await here.time.advance(ms);
      const bob = here.signInOnPage(BOB);
      await here.run(here.auth.refresh());
      await here.time.advance(60_000);
      expect(published(here)).toEqual(ada);
      expect(here.server.isActive(bob.sessionId)).toBe(false);
    }
  });

  test('stays signed in while nobody is signed in in the web app', async () => {
    const here = world();
    const ada = here.webApp.signIn(ADA);
    await here.time.advance(WITHIN_MS);
    here.webApp.signOut();
    await here.time.advance(WITHIN_MS);
    const bob = await here.signIn(BOB);
    here.network.requests.length = 0;
    here.webApp.rewriteCookie();
    here.restartBrowser();
    await here.time.advance(60_000);
    expect(published(here)).toEqual(bob);
    expect(here.server.clientOf(bob.sessionId)).not.toBe(here.server.clientOf(ada.sessionId));
  });

  test('may, where an administrator ended the web app’s session and its cookie still stands', async () => {
    const here = world();
    const ada = here.webApp.signIn(ADA);
    await here.time.advance(WITHIN_MS);
    here.server.revoke(ada.sessionId);
    expect(await here.run(here.auth.refresh())).toBeNull();
    const bob = await here.signIn(BOB);
    expect(published(here)).toEqual(bob);
    expect(here.server.clientOf(bob.sessionId)).not.toBe(here.server.clientOf(ada.sessionId));
    here.webApp.notice();
    await here.time.advance(WITHIN_MS);
    expect(published(here)).toEqual(bob);
  });

  test('may, where the server has forgotten the web app’s client', async () => {
    const here = world();
    here.webApp.signIn(ADA);
    await here.time.advance(WITHIN_MS);
    here.server.forget(here.disk.cookies?.credential);
    expect(await here.run(here.auth.refresh())).toBeNull();
    const bob = await here.signIn(BOB);
    expect(published(here)).toEqual(bob);
  });

  test('without a web app is as without the switch', async () => {
    const here = world();
    const bob = await here.signIn(BOB);
    await here.run(here.auth.signOut());
    expect(here.server.isActive(bob.sessionId)).toBe(false);
    await expectSignedOutHere(here);
    expect(here.disk.ended).toBeNull();
  });
});
