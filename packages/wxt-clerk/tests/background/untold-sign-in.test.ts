// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import type { Trouble } from '../support/background/network';
import { ADA, BOB, type Person } from '../support/background/people';
import { createWorld, type World } from '../support/background/world';

/** As long as Chrome's alarms wait, and a look at the server. */
const ALARM_MS = 31_000;

let world: World;

beforeEach(async () => {
  world = createWorld();
  await world.run(world.auth.getUser());
});

const getUser = () => world.run(world.auth.getUser());
const lastPublished = () => world.published.at(-1)?.user;

/** Somebody came as far as to their password, some time ago: there is a credential, and nobody is signed in. */
async function beginSignIn(): Promise<void> {
  world.server.revoke(world.signInOnPage(ADA).sessionId);
  await world.time.advance(60_000);
  world.network.requests.length = 0;
}

describe('C3: a sign-in in a page that closes before it tells', () => {
  test.each<[string, Person]>([
    ['a person', ADA],
    ['a person with a task', { ...ADA, status: 'pending', currentTask: { key: 'setup-mfa' } }],
  ])('of %s is known half a minute later, though nobody asks', async (_, person) => {
    const ada = world.signInOnPage(person);
    await world.time.advance(ALARM_MS);
    expect(lastPublished()).toEqual(ada);
  });

  test('is known to who asks a second time, whenever the server was asked before', async () => {
    await beginSignIn();
    await getUser();
    await world.time.advance(5000);
    const ada = world.signInOnPage(ADA);
    expect(await world.run(world.auth.getToken({}))).toBeNull();
    await world.time.advance(100);
    expect(await getUser()).toEqual(ada);
    expect(await world.run(world.auth.getToken({}))).not.toBeNull();
  });

  test('is known though the background was stopped', async () => {
    const ada = world.signInOnPage(ADA);
    world.stopBackground();
    await world.time.advance(ALARM_MS);
    expect(lastPublished()).toEqual(ada);
  });

  test('is known though the answer went down with the page, when the server takes the credential from before', async () => {
    await beginSignIn();
    const { credential } = world.disk;
    const ada = world.signInOnPage(ADA);
    world.disk.credential = credential;
    await world.time.advance(ALARM_MS);
    expect(lastPublished()).toEqual(ada);
  });

  test('is known after a start of the browser', async () => {
    const ada = world.signInOnPage(ADA);
    world.restartBrowser();
    await world.time.advance(ALARM_MS);
    expect(lastPublished()).toEqual(ada);
  });

  test('is ended by a sign-out that comes before it is known', async () => {
    const { sessionId } = world.signInOnPage(ADA);
    await world.run(world.auth.signOut());
    expect(world.server.isActive(sessionId)).toBe(false);
    await world.time.advance(ALARM_MS);
    expect(await getUser()).toBeNull();
  });
});

describe('C3: while the server cannot be asked', () => {
  const answerAll = (trouble: Trouble | undefined) => () => {
    world.network.trouble = () => trouble;
  };
  const isWell = answerAll(undefined);

  test.each<[string, () => void, () => void]>([
    ['it is in maintenance', answerAll({ status: 200, payload: { response: null, client: null } }), isWell],
    ['it is down', answerAll({ status: 500 }), isWell],
    ['the computer is offline', () => world.setOnline(false), () => world.setOnline(true)],
  ])('because %s, it is known a minute after it can be', async (_, begin, end) => {
    const ada = world.signInOnPage(ADA);
    begin();
    await world.time.advance(10 * 60_000);
    expect(lastPublished()).toBeNull();
    world.stopBackground();
    end();
    await world.time.advance(61_000);
    expect(lastPublished()).toEqual(ada);
  });
});

describe('a link in a mail, opened after the popup was closed', () => {
  const LINK_MS = 10 * 60_000;

  test.each([0, 45_000, 9 * 60_000])('signs in, %i ms after the mail was sent', async (afterMs) => {
    await beginSignIn();
    world.mailLink(LINK_MS);
    await world.time.advance(afterMs);
    const ada = world.signInElsewhere(ADA);
    await world.time.advance(ALARM_MS);
    expect(lastPublished()).toEqual(ada);
  });

  test('signs in though the background was stopped, and is not looked for any more', async () => {
    await beginSignIn();
    world.mailLink(LINK_MS);
    world.stopBackground();
    const ada = world.signInElsewhere(ADA);
    await world.time.advance(ALARM_MS);
    expect(lastPublished()).toEqual(ada);
    const asked = world.network.count();
    world.stopBackground();
    await world.time.advance(LINK_MS);
    expect(world.network.count()).toBe(asked);
  });

  test('that nobody opens costs two requests a minute, and none when it is over', async () => {
    await beginSignIn();
    world.mailLink(LINK_MS);
    await world.time.advance(LINK_MS);
    expect(world.network.count()).toBeLessThanOrEqual(20);
    const asked = world.network.count();
    await world.time.advance(3_600_000);
    expect(world.network.count()).toBeLessThanOrEqual(asked + 1);
  });
});

describe('what that costs', () => {
  test('no request where there is no credential', async () => {
    for (let second = 0; second < 120; second += 1) {
      await getUser();
      await world.time.advance(1000);
    }
    world.stopBackground();
    await getUser();
    await world.time.advance(ALARM_MS);
    expect(world.network.count()).toBe(0);
  });

  test('one request for a sign-in that was left in the middle', async () => {
    // What it looks for after its start is over.
    await world.time.advance(2000);
    world.server.revoke(world.signInOnPage(BOB).sessionId);
    await world.time.advance(3_600_000);
    expect(world.network.count()).toBe(1);
  });

  test('no delay of what is still to be told of the last sign-out', async () => {
    const { sessionId } = await world.signIn(ADA);
    world.setOnline(false);
    await world.run(world.auth.signOut());
    world.stopBackground();
    world.network.isOnline = true;
    for (let seconds = 0; seconds < 45; seconds += 15) {
      world.server.revoke(world.signInOnPage(BOB).sessionId);
      await world.time.advance(15_000);
    }
    expect(world.server.isActive(sessionId)).toBe(false);
  });

  test('at most twelve requests a minute for who looks all the time in the middle of a sign-in', async () => {
    await beginSignIn();
    for (let second = 0; second < 60; second += 1) {
      for (let caller = 0; caller < 10; caller += 1) await getUser();
      await world.time.advance(1000);
    }
    expect(world.network.count()).toBeLessThanOrEqual(12);
  });
});
