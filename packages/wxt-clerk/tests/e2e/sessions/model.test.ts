import type { Fault, SeededUser } from 'clerk-emulator';
import type { Surface } from 'extension-driver';
import fc from 'fast-check';
import { expect, vi } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { addAccount } from '../../../../../tools/steps/page-clerk.ts';
import { sized } from '../../../../../tools/test-size.ts';
import { ask, test } from '../fixtures.ts';
import {
  activeOnServer,
  type World as Base,
  claimsOf,
  listedIn,
  signInAda,
  untilAligned,
  userOf,
} from './fixtures.ts';
import { SessionsWitness } from './witness.ts';

byTurns(1);

const troubles: (Omit<Fault, 'endpoint'> | null)[] = [
  ...[null, null, null],
  { kind: 'status', status: 500 },
  { kind: 'delay', delayMs: 400 },
  { kind: 'drop' },
];

/** One of the sessions that there were, counted from the last; `null` for the active one. */
const which = fc.constantFrom(null, null, 0, 1, 2);
/** One of two organizations, `null` for the personal account, -1 for no word of it. */
const organization = fc.constantFrom(-1, -1, null, 0, 1);
const record = <Fields extends object>(fields: { [Name in keyof Fields]: fc.Arbitrary<Fields[Name]> }) =>
  fc.record(fields, { noNullPrototype: true });
const just = <const Name extends string>(...names: Name[]) => record({ do: fc.constantFrom(...names) });

const command = fc.oneof(
  { weight: 3, arbitrary: record({ do: fc.constant('sign-in' as const), person: fc.nat(2) }) },
  {
    weight: 4,
    arbitrary: record({
      do: fc.constantFrom('sign-out' as const, 'end-session' as const, 'remove-session' as const),
      which: fc.constantFrom(0, 1, 2),
    }),
  },
  {
    weight: 8,
    arbitrary: just('stop', 'stop', 'stop', 'list-sessions', 'get-user', 'session-changed', 'revoke'),
  },
  { weight: 6, arbitrary: record({ do: fc.constant('set-active' as const), which, organization }) },
  {
    weight: 9,
    arbitrary: record({
      do: fc.constant('get-token' as const),
      which,
      organization,
      contexts: fc.integer({ min: 1, max: 3 }),
      template: fc.constantFrom(undefined, undefined, 'notes'),
      skipCache: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: just('sign-out-of-all') },
  { weight: 1, arbitrary: record({ do: fc.constant('offline' as const), isOffline: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: record({ do: fc.constant('trouble' as const), trouble: fc.constantFrom(...troubles) }),
  },
);
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

// Most commands come while the one before is still under way.
const step = record({ command, thenMs: fc.constantFrom(0, 0, 5, 30, 150) });

interface World extends Base {
  witness: SessionsWitness;
  /** They ask; the second has a Clerk of its own. */
  pages: [Surface, Surface, Surface];
  isCalm: boolean;
}

async function perform(asked: Command, world: World): Promise<void> {
  const { browser, control, pages, witness, instance } = world;
  const idOf = (index: number | null) =>
    index === null ? undefined : (witness.ids()[index] ?? witness.ids()[0]);
  const organizationOf = (index: number | null) =>
    index === null ? null : instance.seededOrganizations[index === 0 ? 0 : 1].organizationId;
  const follow = (message: { type: string; sessionId?: string | undefined }, page: Surface = pages[0]) =>
    witness.follow(JSON.parse(JSON.stringify(message)), () => ask(page, message));
  switch (asked.do) {
    case 'sign-in':
      return signIn(world, instance.seededPeople[asked.person] ?? instance.seededUser);
    case 'sign-out':
    case 'end-session':
    case 'remove-session':
      return witness.ids().length > 0 ? follow({ type: asked.do, sessionId: idOf(asked.which) }) : undefined;
    case 'sign-out-of-all':
      return follow({ type: 'sign-out' });
    case 'set-active': {
      const sessionId = idOf(asked.which);
      if (sessionId === undefined && asked.organization === -1) return;
      const chosen = asked.organization === -1 ? {} : { organizationId: organizationOf(asked.organization) };
      return follow({ type: 'set-active', ...(sessionId && { sessionId }), ...chosen });
    }
    case 'get-token': {
      const { template, skipCache } = asked;
      const chosen = asked.organization === -1 ? {} : { organizationId: organizationOf(asked.organization) };
      const message = { type: 'get-token', sessionId: idOf(asked.which), template, skipCache, ...chosen };
      for (const page of pages.slice(0, asked.contexts)) follow(JSON.parse(JSON.stringify(message)), page);
      return;
    }
    case 'stop':
      return browser.stopBackground();
    case 'revoke': {
      const sessionId = (await activeOnServer(control)).at(-1);
      if (sessionId === undefined) return;
      witness.mayBeOver(sessionId);
      return control.revokeSession(sessionId);
    }
    case 'offline':
      world.isCalm &&= !asked.isOffline;
      return browser.setOffline(asked.isOffline);
    case 'trouble':
      world.isCalm &&= asked.trouble === null;
      await control.clearFaults();
      if (asked.trouble) await control.addFault({ endpoint: '*', ...asked.trouble });
      return;
    default:
      return follow({ type: asked.do });
  }
}

/** Signs somebody in by the Clerk of the second page, unless they are there. */
async function signIn(world: World, person: SeededUser): Promise<void> {
  const { control, pages, witness } = world;
  const [page, panel] = pages;
  await makePeace(world);
  const sessions = await control.listSessions();
  if (sessions.some(({ status, userId }) => status === 'active' && userId === person.userId)) return;
  await untilAligned(panel, (await userOf(page))?.sessionId ?? null);
  const sessionId = await addAccount(panel, person);
  witness.signedIn(sessionId, person.userId);
  await expect.poll(async () => (await userOf(page))?.sessionId, { timeout: 10_000 }).toBe(sessionId);
}

/** Ends all trouble, and waits until the background has an answer of the server. */
async function makePeace(world: World): Promise<void> {
  const { browser, control, pages, witness } = world;
  await control.clearFaults();
  await browser.setOffline(false);
  await witness.settled();
  // A background that starts anew has forgotten the pause that it made after a failure.
  if (!world.isCalm) await browser.stopBackground();
  world.isCalm = true;
  const isKnown = async () => (await ask(pages[0], { type: 'session-changed' })).ok;
  await vi.waitUntil(isKnown, { timeout: 10_000, interval: 200 });
}

/** Everything works again: background and server have the same sessions, and each gives its own token. */
async function expectPeace(world: World): Promise<void> {
  const { control, pages, witness } = world;
  const [page] = pages;
  await makePeace(world);
  // What was signed out is told to the server, by the background's next start at the latest.
  const differing = async () => {
    const listed = (await listedIn(page)).map(({ id }) => id);
    return [...new Set(listed).symmetricDifference(new Set(await activeOnServer(control)))];
  };
  await expect.poll(differing, { timeout: 15_000 }).toEqual([]);
  await makePeace(world);
  const active = await activeOnServer(control);
  expect(active.filter((id) => witness.over().includes(id))).toEqual([]);
  expect(witness.untouched().filter((id) => !active.includes(id))).toEqual([]);
  for (const sessionId of active)
    expect(await claimsOf(page, { sessionId })).toMatchObject({ sid: sessionId });
  const user = await userOf(page);
  if (user) expect(await claimsOf(page)).toMatchObject({ sid: user.sessionId, sub: user.userId });
  else expect(active).toEqual([]);
}

const LIVES = sized({ usual: 6, matrix: 30 });

test(`${LIVES} random lives with several sessions and organizations: none ever gets what is another’s`, {
  timeout: 900_000,
}, async ({ browser, control, instance }) => {
  await control.createTemplate({ name: 'notes', claims: { template: 'notes' } });
  const { page, panel } = await signInAda({ browser, control, instance });
  const pages: World['pages'] = [page, panel, await browser.openPage('own-page.html')];
  await ask(page, { type: 'sign-out' });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async (steps) => {
      const witness = new SessionsWitness();
      const world: World = { browser, control, instance, witness, pages, isCalm: false };
      for (const person of instance.seededPeople.slice(0, 2)) await signIn(world, person);
      for (const { command: asked, thenMs } of steps) {
        await perform(asked, world);
        await new Promise((resolve) => setTimeout(resolve, thenMs));
        expect(witness.faults).toEqual([]);
        const active = await activeOnServer(control);
        expect(witness.untouched().filter((id) => !active.includes(id))).toEqual([]);
      }
      await expectPeace(world);
      await ask(page, { type: 'sign-out' });
      expect(witness.faults).toEqual([]);
    }),
    // A failure is printed with its seed and steps; making it smaller would take many more lives of a real browser.
    { numRuns: LIVES, endOnFailure: true, includeErrorInReport: true },
  );
});
