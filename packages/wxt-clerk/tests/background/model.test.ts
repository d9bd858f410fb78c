// @vitest-environment node
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sized } from '../../../../tools/test-size.ts';
import type { Asked } from '../support/background/fake-server';
import { live, signIn, worldOfChance } from '../support/background/lives';
import type { Trouble } from '../support/background/network';
import { ADA, BOB } from '../support/background/people';
import { createWitness, type Witness } from '../support/background/witness';
import type { World } from '../support/background/world';

type Command =
  | { do: 'sign-in'; isBob: boolean }
  | { do: 'sign-out' | 'revoke' | 'stop' | 'restart' | 'get-user' | 'session-changed' }
  | { do: 'online'; isOnline: boolean }
  | { do: 'trouble'; trouble: Trouble | undefined }
  | { do: 'jump'; ms: number }
  | { do: 'pass'; ms: number }
  | { do: 'get-token'; contexts: number; options: object };

const troubles: (Trouble | undefined)[] = [
  undefined,
  undefined,
  undefined,
  { status: 500 },
  { status: 429, retryAfterSeconds: 7 },
  { status: 401 },
  { status: 200, payload: null },
  { delayMs: 3000 },
  'drop',
  'drop-answer',
  'hang',
];

const options = fc.record(
  {
    template: fc.constantFrom('api', 'other'),
    organizationId: fc.constantFrom(null, 'org_1'),
    skipCache: fc.boolean(),
    minTtlSeconds: fc.constantFrom(0, 15, 40),
  },
  { requiredKeys: [] },
);

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('sign-in' as const), isBob: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('sign-out' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('revoke', 'stop', 'stop', 'restart', 'get-user', 'get-user', 'session-changed'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('online' as const), isOnline: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('trouble' as const), trouble: fc.constantFrom(...troubles) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('jump' as const),
      ms: fc.integer({ min: -3_600_000, max: 3_600_000 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(1000, 20_000, 46_000, 90_000, 900_000),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('get-token' as const),
      contexts: fc.integer({ min: 1, max: 4 }),
      options,
    }),
  },
) as fc.Arbitrary<Command>;

// Most commands come while the one before is still under way.
const step = fc.record({ command, thenMs: fc.constantFrom(0, 0, 1, 3, 10, 30, 100, 6000) });

/** A person who sees the form, and whom the server answers. */
async function signInIfReachable(world: World, witness: Witness, isBob: boolean): Promise<void> {
  const isReachable = world.network.isOnline && world.network.trouble === noTrouble;
  if (isReachable) await signIn(world, witness, isBob ? BOB : ADA);
}

const noTrouble = () => undefined;

// To a sign-out a 401 means that the server does not know the client: there is nothing left to end.
function applies(trouble: Trouble, { kind }: Asked): boolean {
  return kind === 'token' || typeof trouble === 'string' || trouble.status !== 401;
}

async function perform(command: Command, world: World, witness: Witness): Promise<void> {
  switch (command.do) {
    case 'sign-in':
      return signInIfReachable(world, witness, command.isBob);
    case 'sign-out':
      return witness.signOut();
    case 'get-user':
      return witness.getUser();
    case 'session-changed':
      return witness.refresh();
    case 'get-token':
      for (let i = 0; i < command.contexts; i += 1) witness.getToken(command.options);
      return;
    case 'revoke': {
      const session = witness.sessions().at(-1);
      if (!session) return;
      world.server.revoke(session.sessionId);
      return witness.revoked(session.sessionId);
    }
    case 'stop':
      world.stopBackground();
      return witness.stopped(false);
    case 'restart':
      world.restartBrowser();
      return witness.stopped(true);
    case 'online':
      return world.setOnline(command.isOnline);
    case 'trouble': {
      const { trouble } = command;
      world.network.trouble =
        trouble === undefined ? noTrouble : (asked) => (applies(trouble, asked) ? trouble : undefined);
      return;
    }
    case 'jump':
      world.time.jumpWall(command.ms);
      return witness.jumped(command.ms);
    case 'pass':
      return world.time.advance(command.ms);
  }
}

/** Everything works again, and a page looks: whoever is signed in nowhere here is signed in nowhere there. */
async function expectPeace(world: World, witness: Witness): Promise<void> {
  world.network.trouble = noTrouble;
  world.setOnline(true);
  await world.run(world.auth.getUser().catch(() => {}));
  await world.time.advance(3 * 3_600_000);
  const user = await world.run(world.auth.refresh());
  expect(witness.unanswered()).toBe(0);
  expect(await world.run(world.auth.getUser())).toEqual(user);
  const active = witness.sessions().filter(({ sessionId }) => world.server.isActive(sessionId));
  expect(active).toEqual(user ? [user] : []);
  if (user) expect(await world.run(world.auth.getToken({}))).not.toBeNull();
  expect(world.disk.signOuts.size).toBe(0);
}

test('1,000 random lives of an extension: no token of who is signed out, no expired one, nobody lost', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 30 }),
      fc.nat(),
      fc.constantFrom(0, 5, 80),
      fc.constantFrom('production' as const, 'development' as const),
      async (steps, seed, latencyMs, instanceType) => {
        const world = worldOfChance({ seed, latencyMs, instanceType });
        world.network.trouble = noTrouble;
        const witness = createWitness(world);
        await live(steps, { world, witness }, (command) => perform(command, world, witness));
        await expectPeace(world, witness);
        expect(witness.faults).toEqual([]);
      },
    ),
    { numRuns: sized({ usual: 1000, matrix: 10_000 }) },
  );
});
