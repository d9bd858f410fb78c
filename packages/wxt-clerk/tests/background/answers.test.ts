// @vitest-environment node
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sized } from '../../../../tools/test-size.ts';
import { give, type OddAnswer, oddAnswerTo } from '../support/background/answers';
import type { Answer, Asked, Kind } from '../support/background/fake-server';
import { live, signIn, worldOfChance } from '../support/background/lives';
import { ADA } from '../support/background/people';
import { createWitness, type Witness } from '../support/background/witness';
import type { World } from '../support/background/world';

type OddAnswers = { [K in Kind]?: OddAnswer | undefined };

type Command =
  | { do: 'answer'; answers: OddAnswers }
  | {
      do: 'be-well' | 'sign-in' | 'sign-out' | 'revoke' | 'stop' | 'restart' | 'get-user' | 'session-changed';
    }
  | { do: 'pass'; ms: number }
  | { do: 'get-token'; options: object };

const answers = fc.record(
  {
    client: oddAnswerTo('client'),
    me: oddAnswerTo('me'),
    token: oddAnswerTo('token'),
    end: oddAnswerTo('end'),
  },
  { requiredKeys: [] },
);

const tokenOptions = fc.constantFrom({}, {}, { skipCache: true }, { template: 'api' }, { minTtlSeconds: 0 });

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('answer' as const), answers }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(
        ...(['get-user', 'session-changed', 'session-changed', 'be-well'] as const),
        ...(['sign-in', 'sign-out', 'revoke', 'stop', 'restart'] as const),
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('get-token' as const), options: tokenOptions }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(1000, 6000, 46_000, 90_000),
    }),
  },
);

const step = fc.record({ command, thenMs: fc.constantFrom(0, 3, 100, 1500, 6000) });

/** Of a request: the life of the background that asked, and which sessions its answer says are over. */
const asks = new WeakMap<Asked, { life: number; over: string[]; isForgotten: boolean }>();

/** Whatever the background asks is answered so, once each answer that changes something at the server. */
function answerBy(odd: OddAnswers, world: World, witness: Witness): void {
  world.network.trouble = (asked) => {
    const given = odd[asked.kind] && give(odd[asked.kind] as OddAnswer, asked, world.server);
    const { answer, over = [], isForgotten = false, tasks = [], begun = [] } = given ?? {};
    asks.set(asked, { life: witness.life(), over, isForgotten });
    for (const id of over) witness.revoked(id);
    for (const id of tasks) witness.hasTask(id);
    for (const user of begun) witness.signedIn(user);
    if (over.length + tasks.length + begun.length > 0) delete odd[asked.kind];
    return answer;
  };
}

/** An answer has come: which sessions are over by it, the background knows from here on. */
function hear(asked: Asked, answer: Answer, world: World, witness: Witness): void {
  const { life, over = [], isForgotten } = asks.get(asked) ?? {};
  const client = asked.credential?.split('.')[0];
  const gone = asked.kind === 'client' ? goneBy(answer, witness) : [];
  const isGone = (id: string) => world.server.clientOf(id) === client && !world.server.isActive(id);
  // Another answer may have brought a new credential at the same moment: who is behind that one is still to be asked.
  const isHeard = () => !isForgotten || world.disk.credential?.split('.')[0] !== client;
  for (const id of [...over, ...gone].filter(isGone)) witness.told(id, life, isHeard);
}

/** The sessions that a client resource does not have. */
function goneBy({ status, payload }: Answer, witness: Witness): string[] {
  const { response } = Object(payload) as { response?: { sessions?: { id: string; status: string }[] } };
  if (status !== 200 || !response?.sessions) return [];
  const isLive = (id: string) =>
    response.sessions?.some((each) => each.id === id && ['active', 'pending'].includes(each.status));
  return witness.sessions().flatMap(({ sessionId }) => (isLive(sessionId) ? [] : [sessionId]));
}

async function perform(command: Command, world: World, witness: Witness): Promise<void> {
  switch (command.do) {
    case 'answer':
      return answerBy({ ...command.answers }, world, witness);
    case 'be-well':
      return answerBy({}, world, witness);
    case 'sign-in':
      answerBy({}, world, witness);
      return signIn(world, witness, ADA);
    case 'sign-out':
      return witness.signOut();
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
    case 'get-user':
      return witness.getUser();
    case 'session-changed':
      return witness.refresh();
    case 'get-token':
      return witness.getToken(command.options);
    case 'pass':
      return world.time.advance(command.ms);
  }
}

// The longest that a server is left alone, and a look at it.
const WELL_AGAIN_MS = 61_000;

/** The server is well: nobody does anything but ask, and everything is as the server has it. */
async function expectPeace(world: World, witness: Witness): Promise<void> {
  answerBy({}, world, witness);
  await world.time.advance(WELL_AGAIN_MS);
  await world.run(world.auth.getUser().catch(() => {}));
  await world.time.advance(1000);
  const [session] = world.server.sessionsOf(world.disk.credential);
  const user = await world.run(world.auth.getUser());
  expect(user?.sessionId).toBe(session?.id);
  const token = await world.run(world.auth.getToken({}));
  expect(token !== null).toBe(session?.person.status === 'active');
  await world.time.advance(3 * 3_600_000);
  expect(witness.unanswered()).toBe(0);
  const active = witness.sessions().filter(({ sessionId }) => world.server.isActive(sessionId));
  expect(active.map(({ sessionId }) => sessionId)).toEqual(session ? [session.id] : []);
  expect(world.disk.signOuts.size).toBe(0);
}

test('hundreds of random lives with a Frontend API that answers anything: nobody lost, no token of an ended session, and all is well when it is', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 3, maxLength: 20 }),
      fc.nat(),
      fc.constantFrom(0, 5, 80),
      fc.constantFrom('production' as const, 'development' as const),
      async (steps, seed, latencyMs, instanceType) => {
        const world = worldOfChance({ seed, latencyMs, instanceType });
        const witness = createWitness(world);
        world.network.onAnswer = (asked, answer) => hear(asked, answer, world, witness);
        await signIn(world, witness, ADA);
        await live(steps, { world, witness }, (command) => perform(command, world, witness));
        await expectPeace(world, witness);
        expect(witness.faults).toEqual([]);
      },
    ),
    { numRuns: sized({ usual: 600, matrix: 10_000 }) },
  );
});
