// @vitest-environment node
import { describe, expect, test, vi } from 'vitest';
import { keptPersonOf } from '../../src/background/clerk-script/kept-person';
import { tellSignOuts } from '../../src/background/clerk-script/tell-sign-outs';
import { createSignOut } from '../../src/background/sign-out';
import type { PendingSignOut } from '../../src/background/sign-out-store';
import type { Trouble } from '../support/background/network';
import { ADA, BOB, clientResource } from '../support/background/people';
import {
  expectSignedOutEverywhere,
  expectSignedOutHere,
  recover,
  signedInWorld,
} from '../support/background/sign-out';
import { createWorld } from '../support/background/world';

const clerkError = (status: number, code: string): Trouble => ({ status, payload: { errors: [{ code }] } });

describe('F14: a sign-out', () => {
  test('F14: that is asked for many times at once is one', async () => {
    const world = await signedInWorld();
    await world.run(Promise.all([world.auth.signOut(), world.auth.signOut(), world.auth.signOut()]));
    expect(world.network.count('end')).toBe(1);
  });

  test('F14: of who signed in while the last one was still being told to the server is another one', async () => {
    const world = await signedInWorld();
    world.network.trouble = ({ kind }) => (kind === 'end' ? { delayMs: 3000 } : undefined);
    const first = world.auth.signOut();
    await world.time.advance(500);
    await world.signIn(BOB);
    const second = world.auth.signOut();
    await world.run(Promise.all([first, second]));
    await expectSignedOutHere(world);
    await world.time.advance(10_000);
    expect([world.server.isActive('sess_1'), world.server.isActive('sess_2')]).toEqual([false, false]);
  });

  test('F14: of nobody is null, and asks nobody', async () => {
    const world = createWorld();
    expect(await world.run(world.auth.signOut())).toBeNull();
    expect(world.network.count()).toBe(0);
    expect(world.disk.signOuts.size).toBe(0);
  });

  test('F14: leaves no token and no credential anywhere', async () => {
    const world = await signedInWorld();
    world.setOnline(false);
    await world.run(world.auth.signOut());
    expect(JSON.stringify(world.disk.memory)).not.toMatch(/signature|sess_/);
    expect(world.disk.person).toBeNull();
    expect(world.disk.credential).toBeUndefined();
  });

  test('F14: whose server stays away is tried every 30 s for an hour, and then ever less often', async () => {
    const world = await signedInWorld();
    world.network.trouble = () => ({ status: 500 });
    await world.run(world.auth.signOut());
    world.network.requests.length = 0;
    await world.time.advance(3_000_000);
    const gapsOf = () => {
      const times = world.network.requests.map(({ at }) => at);
      return times.slice(1).map((at, i) => at - (times[i] ?? 0));
    };
    expect(Math.max(...gapsOf())).toBeLessThan(40_000);
    world.network.requests.length = 0;
    await world.time.advance(12 * 3_600_000);
    expect(world.network.count('end')).toBeLessThanOrEqual(100);
    expect(Math.max(...gapsOf())).toBeGreaterThan(3_000_000);
  });

  test('F14: of two whose server stays away, the one whose turn comes first sets the alarm', async () => {
    const pending = (id: string, attempts: number) => ({ id, attempts, sealed: {}, sessionIds: [] });
    const list = [pending('new', 121), pending('old', 126)] as unknown as PendingSignOut[];
    const fails = () => Promise.reject(new Error('away'));
    const scheduleRetry = vi.fn(async () => {});
    const nothing = async () => {};
    const store = { list: async () => list, unseal: async () => 'credential', countAttempt: nothing };
    const signOut = createSignOut({
      memory: { noteChange() {} } as never,
      store: store as never,
      api: { endSession: fails, endSessions: fails, endNamedSessions: fails, tellSignOuts },
      credentials: { read: async () => undefined },
      scheduleRetry,
    });
    await signOut.tell();
    expect(scheduleRetry).toHaveBeenLastCalledWith(1);
  });

  test('F14: of a client with several sessions ends them all, after a restart of the browser too', async () => {
    const world = createWorld();
    await world.signIn(ADA);
    await world.signIn(BOB);
    world.restartBrowser();
    await world.run(world.auth.getUser());
    await world.time.advance(1000);
    world.setOnline(false);
    await world.run(world.auth.signOut());
    await recover(world);
    expect([world.server.isActive('sess_1'), world.server.isActive('sess_2')]).toEqual([false, false]);
  });

  test.each([
    [401, 'signed_out'],
    [401, 'authentication_invalid'],
    [400, 'client_not_found'],
    [404, 'resource_not_found'],
  ])('F14: that the server answers with %i %s is done: there was nothing left', async (status, code) => {
    const world = await signedInWorld();
    world.network.trouble = () => clerkError(status, code);
    await world.run(world.auth.signOut());
    await world.time.advance(1000);
    expect(world.disk.signOuts.size).toBe(0);
    expect(world.network.count('end')).toBe(1);
  });

  const NOT_DONE: [string, Trouble][] = [
    ['a gateway’s 401', { status: 401 }],
    ['a gateway’s 404', { status: 404, payload: { message: 'Not Found' } }],
    ['the page of a proxy', { status: 404, payload: '<html>' }],
    ['a 401 that wants a proof', clerkError(401, 'requires_captcha')],
    ['a 404 of another kind', clerkError(404, 'external_account_not_found')],
    ['a redirect', { status: 302, payload: clientResource([]) }],
    ['no news', { status: 200, payload: { response: null, client: null } }],
    ['a session that is there', { status: 200, payload: clientResource([{ id: 'sess_1', person: ADA }]) }],
    [
      'the same session for one of its own',
      { status: 200, payload: { response: { id: 'sess_1', status: 'ended' } } },
    ],
  ];
  test.each(NOT_DONE)(
    'F14: that comes to %s is told again, until it is over there, too',
    async (_, trouble) => {
      const world = await signedInWorld();
      world.network.trouble = ({ kind }) => (kind === 'end' ? trouble : undefined);
      await world.run(world.auth.signOut());
      await expectSignedOutHere(world);
      await recover(world);
      await expectSignedOutEverywhere(world);
    },
  );

  test('F14: that comes to no news, because there is no client any more, is done', async () => {
    const world = await signedInWorld();
    world.server.forget(world.disk.credential);
    world.network.trouble = ({ kind }) =>
      kind === 'end' ? { status: 200, payload: { response: null, client: null } } : undefined;
    await world.run(world.auth.signOut());
    expect(world.disk.signOuts.size).toBe(0);
  });

  test('F14: offline, of somebody whom the last life did not know, ends their session in the end', async () => {
    const world = await signedInWorld();
    await world.run(world.auth.signOut());
    // The page's word of it never came, and an older person is what was kept.
    const bob = world.signInOnPage(BOB);
    world.disk.person = keptPersonOf({ ...ADA, sessionId: 'sess_1' });
    world.setOnline(false);
    world.restartBrowser();
    await world.run(world.auth.signOut());
    await recover(world);
    expect(world.server.isActive(bob.sessionId)).toBe(false);
  });

  test('F14: that is tried again leaves alone who signed in on the same client meanwhile', async () => {
    const world = await signedInWorld({ instanceType: 'development' });
    const credential = world.disk.credential;
    world.setOnline(false);
    await world.run(world.auth.signOut());
    const bob = world.server.signIn(credential, BOB);
    world.disk.credential = bob.credential;
    await recover(world);
    expect([world.server.isActive('sess_1'), world.server.isActive(bob.user.sessionId)]).toEqual([
      false,
      true,
    ]);
  });

  test.each(['production', 'development'] as const)(
    'F14: in %s, that is tried again ends a session that nobody had told of, too',
    async (instanceType) => {
      const world = await signedInWorld({ instanceType });
      const { user } = world.server.signIn(world.disk.credential, BOB);
      world.setOnline(false);
      await world.run(world.auth.signOut());
      await recover(world);
      expect([world.server.isActive('sess_1'), world.server.isActive(user.sessionId)]).toEqual([
        false,
        false,
      ]);
    },
  );

  test('F14: that is tried again ends every session that the client has got since the sign-in', async () => {
    const world = await signedInWorld();
    const { user } = world.server.signIn(world.disk.credential, BOB);
    const both = clientResource([
      { id: user.sessionId, person: BOB },
      { id: 'sess_1', person: ADA },
    ]);
    world.network.trouble = ({ kind }) => (kind === 'client' ? { status: 200, payload: both } : undefined);
    await world.run(world.auth.refresh());
    world.setOnline(false);
    await world.run(world.auth.signOut());
    await recover(world);
    expect([world.server.isActive('sess_1'), world.server.isActive(user.sessionId)]).toEqual([false, false]);
  });

  test('F14: whose credential can no longer be unsealed is given up', async () => {
    const world = await signedInWorld();
    world.setOnline(false);
    await world.run(world.auth.signOut());
    world.disk.hasSealingKey = false;
    await recover(world);
    expect(world.disk.signOuts.size).toBe(0);
  });

  test('F14: in a development instance it is the same', async () => {
    const world = await signedInWorld({ instanceType: 'development' });
    world.setOnline(false);
    await world.run(world.auth.signOut());
    await expectSignedOutHere(world);
    await recover(world);
    await expectSignedOutEverywhere(world);
  });
});
