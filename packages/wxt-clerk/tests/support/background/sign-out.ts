import { expect } from 'vitest';
import { ADA } from './people';
import { createWorld, type World, type WorldOptions } from './world';

/** As long as the longest pause between two tries, and as long again. */
export const HOURS_MS = 2 * 3_600_000;

/** A world with a person who is signed in and has a token, and no request counted yet. */
export async function signedInWorld(options?: WorldOptions): Promise<World> {
  const world = createWorld(options);
  await world.signIn(ADA);
  await world.run(world.auth.getToken({}));
  world.network.requests.length = 0;
  return world;
}

/** Nobody gets a person or a token of this extension any more. */
export async function expectSignedOutHere(world: World): Promise<void> {
  expect(await world.run(world.auth.getUser(), 1000)).toBeNull();
  expect(await world.run(world.auth.getToken({}), 1000)).toBeNull();
  expect(await world.run(world.auth.getToken({ minTtlSeconds: 0 }), 1000)).toBeNull();
}

/** Ends every trouble, and lets the retries have their time. */
export async function recover(world: World): Promise<void> {
  world.network.trouble = () => undefined;
  world.setOnline(true);
  await world.time.advance(HOURS_MS);
}

/** The server knows it, too, and nothing is kept. */
export async function expectSignedOutEverywhere(world: World): Promise<void> {
  await expectSignedOutHere(world);
  expect(world.server.isActive('sess_1')).toBe(false);
  expect(world.disk.credential).toBeUndefined();
  expect(world.disk.signOuts.size).toBe(0);
}

/** Signs out, and stops the background after so many operations. @returns Whether there were as many. */
export async function signOutAndStop(world: World, count: number): Promise<boolean> {
  const before = world.steps.length;
  world.stopAfterSteps(count);
  let isAnswered = false;
  const done = () => {
    isAnswered = true;
  };
  const steps = world.steps;
  world.auth.signOut().then(done, done);
  await world.time.advance(5000);
  const isStopped = steps.length - before >= count;
  if (!isStopped) expect(isAnswered).toBe(true);
  world.stopBackground();
  return isStopped;
}
