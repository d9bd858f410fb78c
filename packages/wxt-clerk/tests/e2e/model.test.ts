import type { EmulatorControl, Fault, SessionSummary } from 'clerk-emulator';
import type { ExtensionBrowser, Surface } from 'extension-driver';
import fc from 'fast-check';
import { expect, vi } from 'vitest';
import { byTurns } from '../../../../tools/e2e/by-turns.ts';
import {
  enterPassword,
  type Login,
  waitForSignInForm,
  waitUntilSignedIn,
} from '../../../../tools/steps/sign-in.ts';
import { sized } from '../../../../tools/test-size.ts';
import type { Reply, SessionToken, TokenOptions, UserSnapshot } from '../../src/messages/protocol.ts';
import { ask, test } from './fixtures.ts';
import { createWitness, type Witness } from './support/witness.ts';

byTurns(1);

type Command =
  | { do: 'sign-in'; isBob: boolean }
  | { do: 'sign-out' | 'revoke' | 'stop' | 'get-user' | 'session-changed' }
  | { do: 'offline'; isOffline: boolean }
  | { do: 'trouble'; trouble: Omit<Fault, 'endpoint'> | null }
  | { do: 'clock'; offsetSeconds: number }
  | { do: 'get-token'; contexts: number; options: TokenOptions };

const troubles: (Omit<Fault, 'endpoint'> | null)[] = [
  null,
  null,
  { kind: 'status', status: 500 },
  { kind: 'status', status: 429, retryAfterSeconds: 1 },
  { kind: 'status', status: 200, body: '<html>Log in to this network first</html>' },
  { kind: 'delay', delayMs: 400 },
  { kind: 'drop' },
];

const options: fc.Arbitrary<TokenOptions> = fc.record(
  { skipCache: fc.boolean(), organizationId: fc.constant(null), minTtlSeconds: fc.constantFrom(0, 15, 40) },
  { requiredKeys: [], noNullPrototype: true },
);

const command = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('sign-in'), isBob: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('sign-out') }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('revoke', 'stop', 'stop', 'stop', 'get-user', 'session-changed'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('offline'), isOffline: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('trouble'), trouble: fc.constantFrom(...troubles) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('clock'), offsetSeconds: fc.integer({ min: -3600, max: 3600 }) }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('get-token'),
      contexts: fc.integer({ min: 1, max: 3 }),
      options,
    }),
  },
) as fc.Arbitrary<Command>;

// Most commands come while the one before is still under way.
const step = fc.record({ command, thenMs: fc.constantFrom(0, 0, 5, 30, 150) });

/** One browser with three pages that ask, and the server that knows the truth. */
interface World {
  browser: ExtensionBrowser;
  control: EmulatorControl;
  pages: Surface[];
  witness: Witness;
  ada: Login;
  bob: Login;
  isCalm: boolean;
}

async function perform(command: Command, world: World): Promise<void> {
  const { browser, control, pages, witness } = world;
  const [page] = pages as [Surface, ...Surface[]];
  switch (command.do) {
    case 'sign-in':
      return signIn(world, command.isBob);
    case 'sign-out':
    case 'get-user':
    case 'session-changed':
      return witness.follow(command.do, () => ask(page, { type: command.do }));
    case 'get-token':
      for (const each of pages.slice(0, command.contexts)) {
        witness.follow('get-token', () => ask(each, { ...command.options, type: 'get-token' }));
      }
      return;
    case 'stop':
      return browser.stopBackground();
    case 'revoke': {
      const session = (await activeSessions(control)).at(-1);
      if (!session) return;
      witness.mayBeOver(session.sessionId);
      return control.revokeSession(session.sessionId);
    }
    case 'offline':
      world.isCalm &&= !command.isOffline;
      return browser.setOffline(command.isOffline);
    case 'trouble':
      world.isCalm &&= command.trouble === null;
      await control.clearFaults();
      if (command.trouble) await control.addFault({ endpoint: '*', ...command.trouble });
      return;
    case 'clock':
      witness.clockMoved(command.offsetSeconds);
      return control.configure({ clockOffsetSeconds: command.offsetSeconds });
  }
}

/** Signs in by the popup, as a person does: only when it shows them the form. */
async function signIn(world: World, isBob: boolean): Promise<void> {
  const { browser, control, witness } = world;
  if ((await makePeace(world)) !== null) return;
  const popup = await browser.openPopup();
  await enterPassword(popup, isBob ? world.bob : world.ada);
  await waitUntilSignedIn(popup, isBob ? 'Bob Byte' : 'Ada Lovelace');
  await popup.close();
  const [session] = await activeSessions(control);
  witness.signedIn(session as SessionSummary);
}

/** Ends all trouble, and gives who the extension then says is signed in. */
async function makePeace(world: World): Promise<UserSnapshot | null> {
  const { browser, control, pages, witness } = world;
  await control.clearFaults();
  await browser.setOffline(false);
  await witness.settled();
  // A background that starts anew has forgotten the pause that it made after a failure.
  if (!world.isCalm) await browser.stopBackground();
  world.isCalm = true;
  const reply = await vi.waitUntil(
    async () => {
      const answer: Reply = await ask(pages[0] as Surface, { type: 'session-changed' });
      return answer.ok && answer;
    },
    { timeout: 10_000, interval: 200 },
  );
  return reply.value as UserSnapshot | null;
}

/** Everything works again: pages, background and server agree, and what was signed out is signed out there, too. */
async function expectPeace(world: World): Promise<void> {
  const { control, pages, witness } = world;
  const user = await makePeace(world);
  witness.check('the end', user);
  const expected = user ? [user.sessionId] : [];
  const known = async () => (await activeSessions(control)).map(({ sessionId }) => sessionId);
  await vi
    .waitUntil(async () => (await known()).join() === expected.join(), { timeout: 15_000 })
    .catch(() => {});
  expect(await known()).toEqual(expected);
  const panel = pages[1] as Surface;
  if (!user) return waitForSignInForm(panel);
  await waitUntilSignedIn(panel, `${user.firstName} ${user.lastName}`);
  const reply = await ask(panel, { type: 'get-token' });
  expect((reply.ok && (reply.value as SessionToken | null)?.token) || reply).toEqual(expect.any(String));
}

async function activeSessions(control: EmulatorControl): Promise<SessionSummary[]> {
  return (await control.listSessions()).filter(({ status }) => status === 'active');
}

const LIVES = sized({ usual: 2, matrix: 30 });

test(`${LIVES} random lives of the extension: no token of who is signed out, nobody lost, and peace at the end`, {
  timeout: 600_000,
}, async ({ browser, control, instance }) => {
  const bob = { emailAddress: 'bob@example.com', password: 'byte-by-byte-1815' };
  await control.createUser({ ...bob, firstName: 'Bob', lastName: 'Byte' });
  const pages: Surface[] = [];
  for (const path of ['own-page.html', 'sidepanel.html', 'own-page.html'])
    pages.push(await browser.openPage(path));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      await control.configure({ clockOffsetSeconds: 0 });
      const witness = createWitness();
      const world: World = { browser, control, pages, witness, ada: instance.seededUser, bob, isCalm: false };
      await signIn(world, false);
      for (const { command, thenMs } of steps) {
        await perform(command, world);
        await new Promise((resolve) => setTimeout(resolve, thenMs));
        expect(witness.faults).toEqual([]);
      }
      await expectPeace(world);
      await ask(pages[0] as Surface, { type: 'sign-out' });
      expect(witness.faults).toEqual([]);
    }),
    // A failure is printed with its seed and steps; making it smaller would take many more lives of a real browser.
    { numRuns: LIVES, endOnFailure: true, includeErrorInReport: true },
  );
});
