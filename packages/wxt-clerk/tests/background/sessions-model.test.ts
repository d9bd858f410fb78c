// @vitest-environment node
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sized } from '../../../../tools/test-size.ts';
import { live, worldOfChance } from '../support/background/lives';
import type { Trouble } from '../support/background/network';
import { ADA, BOB, type Person } from '../support/background/people';
import { createSessionsWitness, type SessionsWitness } from '../support/background/sessions-witness';
import type { World } from '../support/background/world';

const CY: Person = { ...ADA, userId: 'user_3', firstName: 'Cy' };
const PEOPLE = [ADA, BOB, CY];
const ORGANIZATIONS = [undefined, undefined, null, 'org_1', 'org_2', 'org_3'];

const troubles: (Trouble | undefined)[] = [
  ...[undefined, undefined, undefined, undefined],
  { status: 500 },
  { delayMs: 3000 },
  'drop',
  'drop-answer',
];

/** One of the sessions that there were, counted from the last; `undefined` for the active one. */
const which = fc.constantFrom(undefined, 0, 1, 2);
const organizationId = fc.constantFrom(...ORGANIZATIONS);
const just = <const Name extends string>(...names: Name[]) => fc.record({ do: fc.constantFrom(...names) });

const command = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('sign-in' as const), person: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('sign-out' as const), which }) },
  { weight: 4, arbitrary: just('revoke', 'stop', 'stop', 'restart', 'list', 'session-changed') },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('set-active' as const), which, organizationId }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('get-token' as const),
      which,
      organizationId,
      template: fc.constantFrom(undefined, undefined, 'api'),
      skipCache: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('trouble' as const), trouble: fc.constantFrom(...troubles) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('online' as const), isOnline: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1000, 20_000, 90_000) }),
  },
);
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

const step = fc.record({ command, thenMs: fc.constantFrom(0, 0, 1, 3, 10, 30, 100, 6000) });

const noTrouble = () => undefined;

/** A page adds an account, which it can when its Clerk reaches the server, and tells the background. */
async function signIn(world: World, witness: SessionsWitness, person: Person): Promise<void> {
  if (!world.network.isOnline || world.network.trouble !== noTrouble) return;
  // A page's Clerk sends what is stored: while a sign-out of all is under way it waits for its end.
  await world.run(world.auth.getUser().catch(() => {}));
  await world.time.advance(1000);
  const { server, disk } = world;
  if (server.sessionsOf(disk.credential).some((session) => session.person.userId === person.userId)) return;
  witness.signedIn(world.signInOnPage(person));
  witness.refresh();
}

function sessionIdOf(witness: SessionsWitness, index: number | undefined): string | undefined {
  return index === undefined ? undefined : (witness.sessions().at(-1 - index)?.sessionId ?? 'sess_0');
}

async function perform(asked: Command, world: World, witness: SessionsWitness): Promise<void> {
  switch (asked.do) {
    case 'sign-in':
      return signIn(world, witness, PEOPLE[asked.person] ?? ADA);
    case 'sign-out':
      return witness.signOut(sessionIdOf(witness, asked.which));
    case 'revoke': {
      const session = witness.sessions().at(-1);
      if (!session) return;
      world.server.revoke(session.sessionId);
      return witness.revoked(session.sessionId);
    }
    case 'stop':
      world.stopBackground();
      return witness.stopped();
    case 'restart':
      world.restartBrowser();
      return witness.stopped();
    case 'list':
      return witness.list();
    case 'session-changed':
      return witness.refresh();
    case 'set-active': {
      const sessionId = sessionIdOf(witness, asked.which);
      if (sessionId === undefined && asked.organizationId === undefined) return;
      return witness.setActive({ sessionId, organizationId: asked.organizationId });
    }
    case 'get-token': {
      const { which: index, organizationId, template, skipCache } = asked;
      // A template's token says nothing of the organization.
      const organization = template ? {} : { organizationId };
      return witness.getToken({
        sessionId: sessionIdOf(witness, index),
        template,
        skipCache,
        ...organization,
      });
    }
    case 'trouble': {
      const { trouble } = asked;
      world.network.trouble = trouble === undefined ? noTrouble : () => trouble;
      return;
    }
    case 'online':
      return world.setOnline(asked.isOnline);
    case 'pass':
      return world.time.advance(asked.ms);
  }
}

/** Everything works again: what is listed is what the server has, and nobody was signed out whom nobody meant. */
async function expectPeace(world: World, witness: SessionsWitness): Promise<void> {
  world.network.trouble = noTrouble;
  world.setOnline(true);
  await world.run(world.auth.getUser().catch(() => {}));
  await world.time.advance(3 * 3_600_000);
  await world.run(world.auth.refresh());
  const listed = (await world.run(world.auth.listSessions())).map(({ id }) => id);
  const active = world.server.sessionsOf(world.disk.credential).map(({ id }) => id);
  expect(listed.toSorted()).toEqual(active.toSorted());
  expect(witness.untouched().filter((id) => !world.server.isActive(id))).toEqual([]);
  expect(world.disk.signOuts.size).toBe(0);
}

test('1,000 random lives with several sessions and organizations: no token of one is ever handed out for another', {
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
        const witness = createSessionsWitness(world);
        await live(steps, { world, witness }, (asked) => perform(asked, world, witness));
        await expectPeace(world, witness);
        expect(witness.faults).toEqual([]);
      },
    ),
    { numRuns: sized({ usual: 1000, matrix: 10_000 }) },
  );
});
