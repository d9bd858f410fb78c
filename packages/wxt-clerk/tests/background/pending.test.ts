// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import type { TokenOptions, UserSnapshot } from '../../src/messages/protocol';
import { claimsOf } from '../support/background/claims';
import { ADA, BOB, type Person } from '../support/background/people';
import { createWorld, type World } from '../support/background/world';

const PENDING_ADA: Person = { ...ADA, status: 'pending', currentTask: { key: 'setup-mfa' } };

let world: World;
let ada: UserSnapshot;

beforeEach(async () => {
  world = createWorld();
  ada = await world.signIn(PENDING_ADA);
  world.network.requests.length = 0;
});

const getToken = (options: TokenOptions = {}) => world.run(world.auth.getToken(options));

/** The person does what is left to do, in a page. */
function finishTask(): void {
  world.server.change(ada.sessionId, { status: 'active', currentTask: null });
}

describe('a person with a task left to do', () => {
  test('is a person with their task, and not nobody', async () => {
    expect(await world.run(world.auth.getUser())).toEqual({ ...PENDING_ADA, sessionId: ada.sessionId });
    expect(world.published.at(-1)).toMatchObject({
      user: { status: 'pending', currentTask: { key: 'setup-mfa' } },
    });
  });

  test('stays so over a start of the browser', async () => {
    world.restartBrowser();
    expect(await world.run(world.auth.getUser())).toMatchObject({ status: 'pending' });
  });

  test('has no token, and costs no request for one', async () => {
    expect(await getToken()).toBeNull();
    expect(await getToken({ template: 'api', skipCache: true })).toBeNull();
    expect(world.network.count('token')).toBe(0);
  });

  test('has one by the name of the session', async () => {
    const token = await getToken({ sessionId: ada.sessionId });
    expect(token && claimsOf(token).sid).toBe(ada.sessionId);
  });

  test('has a token when the task is done, and none from before it', async () => {
    const before = await getToken({ sessionId: ada.sessionId });
    finishTask();
    expect(await world.run(world.auth.refresh())).toMatchObject({ status: 'active', currentTask: null });
    const after = await getToken();
    expect(after).not.toBeNull();
    expect(after).not.toEqual(before);
  });

  test('has a token soon when the task is done where nobody tells the background', async () => {
    finishTask();
    await world.time.advance(60_000);
    expect(await getToken()).toBeNull();
    await world.time.advance(0);
    expect(await getToken()).not.toBeNull();
  });

  test('who was active before has no token any more', async () => {
    world = createWorld();
    ada = await world.signIn(ADA);
    expect(await getToken()).not.toBeNull();
    world.server.change(ada.sessionId, PENDING_ADA);
    await world.run(world.auth.refresh());
    expect(await getToken()).toBeNull();
  });

  test('is signed out as anybody is', async () => {
    await world.run(world.auth.signOut());
    expect(await world.run(world.auth.getUser())).toBeNull();
    expect(world.server.isActive(ada.sessionId)).toBe(false);
  });
});

describe('a token of a session by its name', () => {
  let bob: UserSnapshot;
  beforeEach(async () => {
    bob = await world.signIn(BOB);
    world.network.requests.length = 0;
  });

  test('is that session’s, with the organization that it has', async () => {
    const token = await getToken({ sessionId: ada.sessionId });
    expect(token && claimsOf(token).sid).toBe(ada.sessionId);
    expect(world.network.requests.at(-1)?.body).toEqual({ organization_id: '' });
  });

  test('is kept by itself', async () => {
    const [own, other] = [await getToken(), await getToken({ sessionId: ada.sessionId })];
    expect(await getToken({ sessionId: bob.sessionId })).toEqual(own);
    expect(await getToken({ sessionId: ada.sessionId })).toEqual(other);
    expect(world.network.count()).toBe(2);
  });

  test('is found after a start of the browser', async () => {
    world.restartBrowser();
    const token = await getToken({ sessionId: ada.sessionId });
    expect(token && claimsOf(token).sid).toBe(ada.sessionId);
  });

  test('is not to be had for a session of nobody here, and costs no request', async () => {
    expect(await world.codeOf(world.auth.getToken({ sessionId: 'sess_other' }))).toBe('not-found');
    expect(world.network.count()).toBe(0);
  });

  test('is null when nobody is signed in', async () => {
    await world.run(world.auth.signOut());
    expect(await getToken({ sessionId: bob.sessionId })).toBeNull();
  });
});
