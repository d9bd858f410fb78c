// @vitest-environment node
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sized } from '../../../../../tools/test-size.ts';
import type { UserSnapshot } from '../../../src/messages/protocol';
import { live } from '../../support/background/lives';
import { ADA, BOB } from '../../support/background/people';
import { createWitness, type Witness } from '../../support/background/witness';
import { createWorld, type World } from '../../support/background/world';

const COMMANDS = [
  'web-app-signs-in-ada',
  'web-app-signs-in-bob',
  'web-app-signs-out',
  'web-app-touches',
  'web-app-notices',
  'cookies-are-cleared',
  'sign-in-here',
  'sign-out-here',
  'get-user',
  'get-user',
  'get-token',
  'get-token',
  'session-changed',
  'revoke',
  'stop',
  'stop',
  'restart',
  'go-offline',
  'go-online',
  'server-fails',
  'server-works',
  'pass',
] as const;

type Command = (typeof COMMANDS)[number];

// Most commands come while the one before is still under way.
const step = fc.record({
  command: fc.constantFrom(...COMMANDS),
  thenMs: fc.constantFrom(0, 1, 3, 10, 40, 100, 1000, 6000),
});

const isWorking = ({ network }: World) => network.isOnline && network.trouble === works;
const works = () => undefined;
const fails = () => ({ status: 500 });

/** One life of an extension beside its web app, and what the person did where. */
interface Life {
  world: World;
  witness: Witness;
  /** Who is signed in in the web app, as far as its tab knows. */
  there: UserSnapshot | null;
  /** The sessions that were to be signed out here. */
  signedOutHere: string[];
}

function signInThere(life: Life, isBob: boolean): void {
  const { world, witness } = life;
  if (!isWorking(world)) return;
  signOutThere(life);
  // It takes over: of all others it may end each.
  for (const { sessionId } of witness.sessions()) witness.revoked(sessionId);
  life.there = world.webApp.signIn(isBob ? BOB : ADA);
  witness.signedIn(life.there);
}

function signOutThere(life: Life): void {
  if (!isWorking(life.world)) return;
  if (life.there) life.witness.revoked(life.there.sessionId);
  life.there = null;
  life.world.webApp.signOut();
}

/** As a page does: it shows the form only when nobody is signed in, and it sends the credential that there is then. */
async function signInHere({ world, witness }: Life): Promise<void> {
  if (!isWorking(world)) return;
  await world.time.advance(2000);
  if ((await world.run(world.auth.getUser().catch(() => 'an error'))) !== null) return;
  await world.time.advance(1000);
  const isSignedInOnPage = witness
    .sessions()
    .some(({ sessionId }) => isOfOwnClient(world, sessionId) && world.server.isActive(sessionId));
  if (!isSignedInOnPage) witness.signedIn(world.signInOnPage(BOB));
  witness.refresh();
}

/** As a page does: the button is there when somebody is. What the web app has done since, the person cannot mean. */
function signOutHere({ world, witness, there, signedOutHere }: Life): void {
  const shown = world.disk.memory.authState?.user?.sessionId;
  if (shown === undefined) return;
  const meant = (sessionId: string) => sessionId !== there?.sessionId || sessionId === shown;
  signedOutHere.push(...witness.sessions().flatMap(({ sessionId }) => (meant(sessionId) ? [sessionId] : [])));
  witness.signOut(meant);
}

function isOfOwnClient({ server, disk }: World, sessionId: string): boolean {
  return server.clientOf(sessionId) === disk.credential?.split('.')[0];
}

async function perform(command: Command, life: Life): Promise<void> {
  const { world, witness } = life;
  switch (command) {
    case 'web-app-signs-in-ada':
    case 'web-app-signs-in-bob':
      return signInThere(life, command === 'web-app-signs-in-bob');
    case 'web-app-signs-out':
      return signOutThere(life);
    case 'web-app-touches':
      return world.webApp.touch();
    case 'web-app-notices':
      return isWorking(world) ? world.webApp.notice() : undefined;
    case 'cookies-are-cleared':
      if (life.there) witness.revoked(life.there.sessionId);
      life.there = null;
      world.webApp.clearCookies();
      // Nobody signs in again within the same second.
      return world.time.advance(1000);
    case 'sign-in-here':
      return signInHere(life);
    case 'sign-out-here':
      return signOutHere(life);
    case 'get-user':
      return witness.getUser();
    case 'get-token':
      return witness.getToken({});
    case 'session-changed':
      return witness.refresh();
    case 'revoke':
      return revokeNewest(life);
    case 'stop':
      world.stopBackground();
      return witness.stopped(false);
    case 'restart':
      world.restartBrowser();
      return witness.stopped(true);
    case 'go-offline':
    case 'go-online':
      return world.setOnline(command === 'go-online');
    case 'server-fails':
    case 'server-works':
      world.network.trouble = command === 'server-works' ? works : fails;
      return;
    case 'pass':
      return world.time.advance(90_000);
  }
}

async function revokeNewest({ world, witness, there }: Life): Promise<void> {
  const session = witness.sessions().at(-1);
  if (!session) return;
  world.server.revoke(session.sessionId);
  witness.revoked(session.sessionId);
  // Who loses their session in the web app does not notice it, type a password and be back within the same second.
  if (session.sessionId === there?.sessionId) await world.time.advance(1000);
}

/** Everything works again: who is signed in here is the web app's person, or who signed in here, or nobody. */
async function expectPeace({ world, witness, there, signedOutHere }: Life): Promise<void> {
  world.network.trouble = works;
  world.setOnline(true);
  await world.run(world.auth.getUser().catch(() => {}));
  await world.time.advance(3 * 3_600_000);
  const user = await world.run(world.auth.refresh());
  expect(witness.unanswered()).toBe(0);
  expect(await world.run(world.auth.getUser())).toEqual(user);
  const isThere = there !== null && world.server.isActive(there.sessionId);
  witness.getUser();
  await world.time.advance(1000);
  // A sign-out here that was not answered may have begun or not.
  if (isThere && !signedOutHere.includes(there.sessionId)) expect(user).toEqual(there);
  const activeHere = witness
    .sessions()
    .filter(({ sessionId }) => isOfOwnClient(world, sessionId) && world.server.isActive(sessionId));
  if (user && user.sessionId !== there?.sessionId) expect(activeHere).toEqual([user]);
  else expect(activeHere).toEqual([]);
  if (user) expect(await world.run(world.auth.getToken({}))).not.toBeNull();
  expect(world.disk.signOuts.size).toBe(0);
  expect(world.disk.ended?.isToTell ?? false).toBe(false);
}

test('600 random lives beside a web app: its person or ours, no token of who is signed out, nobody lost', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 25 }),
      fc.boolean(),
      fc.constantFrom(0, 5, 80),
      fc.constantFrom('production' as const, 'development' as const),
      fc.constantFrom('with-web-app' as const, 'only-here' as const),
      async (steps, isRotating, latencyMs, instanceType, syncsWith) => {
        const world = createWorld({ instanceType, syncsWith, storageMs: () => 1 });
        world.network.trouble = works;
        world.network.latencyMs = latencyMs;
        world.server.isRotating = isRotating && instanceType === 'production';
        const life: Life = { world, witness: createWitness(world), there: null, signedOutHere: [] };
        await live(steps, life, (command) => perform(command, life));
        await expectPeace(life);
        expect(life.witness.faults).toEqual([]);
      },
    ),
    { numRuns: sized({ usual: 600, matrix: 6000 }) },
  );
});
