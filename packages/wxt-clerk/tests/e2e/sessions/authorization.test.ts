import type { EmulatorControl, SettingsPatch } from 'clerk-emulator';
import type { Surface } from 'extension-driver';
import fc from 'fast-check';
import { expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { sized } from '../../../../../tools/test-size.ts';
import type { AuthorizationQuestion } from '../../../src/messages/protocol.ts';
import { ask } from '../fixtures.ts';
import { signInTwo, type Two, test, userOf } from './fixtures.ts';

byTurns(1);

const ROUNDS = sized({ usual: 5, matrix: 25 });
const QUESTIONS_A_ROUND = 100;

const ROLES: SettingsPatch = {
  organizationRoles: [
    { key: 'org:billing', permissions: ['org:invoices:manage', 'org:invoices:read', 'org:reports:read'] },
    { key: 'org:admin', permissions: ['org:reports:read', 'org:engines:start'] },
  ],
};
const FEATURES = ['invoices', 'reports', 'engines', 'teleport'];
const PLANS = ['pro', 'free_org', 'free_user'];

// How many minutes ago everybody verified who they are. It only grows: Clerk keeps the newest of two tokens, by their times.
const AGES = [0, 12, 70];

const scoped = (names: string[]) => names.flatMap((name) => [name, `org:${name}`, `user:${name}`]);

const QUESTIONS = {
  role: ['org:admin', 'org:member', 'org:billing', 'org:nobody', 'admin'],
  permission: [
    'org:sys_memberships:read',
    'org:sys_memberships:manage',
    'org:invoices:manage',
    'org:reports:read',
    'org:engines:start',
    'invoices:read',
  ],
  feature: scoped(FEATURES),
  plan: scoped(PLANS),
};

const reverification: fc.Arbitrary<AuthorizationQuestion['reverification']> = fc.oneof(
  fc.constantFrom('strict_mfa' as const, 'strict' as const, 'moderate' as const, 'lax' as const),
  fc.record(
    {
      level: fc.constantFrom('first_factor' as const, 'second_factor' as const, 'multi_factor' as const),
      // None is close to an age that a round has: a minute may pass between the two answers.
      afterMinutes: fc.constantFrom(5, 30, 200, 5000),
    },
    { noNullPrototype: true },
  ),
);

const ofOneKind = fc
  .constantFrom(...(Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[]))
  .chain((kind) =>
    fc.constantFrom(...QUESTIONS[kind]).map((name): AuthorizationQuestion => ({ [kind]: name })),
  );

const question: fc.Arbitrary<AuthorizationQuestion> = fc.oneof(
  { weight: 6, arbitrary: ofOneKind },
  {
    weight: 2,
    arbitrary: fc.tuple(ofOneKind, reverification).map(([one, more]) => ({ ...one, reverification: more })),
  },
  { weight: 1, arbitrary: reverification.map((more) => ({ reverification: more })) },
);

const of = <Value>(...values: Value[]) => fc.constantFrom(...values);
const features = fc.subarray(FEATURES);

/** What a round begins with: who is what where. */
const standing = fc.record({
  isGlobex: fc.boolean(),
  isPersonal: fc.boolean(),
  role: of('org:admin', 'org:member', 'org:billing'),
  organization: fc.record({ plan: of('pro', 'free_org', null), features }, { noNullPrototype: true }),
  user: fc.record({ plan: of('pro', 'free_user', null), features }, { noNullPrototype: true }),
});
type Standing = typeof standing extends fc.Arbitrary<infer Value> ? Value : never;

/** What the panel's own Clerk has of a session, and says of it. */
interface PageClerk {
  client: { sessions: PageSession[] };
}
interface PageSession {
  id: string;
  lastActiveOrganizationId: string | null;
  reload(): Promise<unknown>;
  getToken(options: object): Promise<unknown>;
  checkAuthorization(question: object): boolean;
}

/** Has the panel's Clerk know of a session what the server has, and its newest token. */
async function refreshClerk(panel: Surface, sessionId: string): Promise<void> {
  await panel.evaluate(async (id: string) => {
    const { Clerk } = globalThis as unknown as { Clerk: PageClerk };
    const find = () => Clerk.client.sessions.find((each) => each.id === id);
    await find()?.reload();
    // With its answer Clerk has made every session anew.
    await find()?.getToken({ skipCache: true });
  }, sessionId);
}

/** Has the background know the same. */
async function refreshBackground(page: Surface, sessionId: string): Promise<void> {
  await ask(page, { type: 'get-token', sessionId, skipCache: true });
  await ask(page, { type: 'session-changed' });
}

function askClerk(panel: Surface, sessionId: string, questions: AuthorizationQuestion[]): Promise<boolean[]> {
  return panel.evaluate(
    (id: string, questions: object[]) => {
      const { Clerk } = globalThis as unknown as { Clerk: PageClerk };
      const session = Clerk.client.sessions.find((each) => each.id === id);
      return questions.map((each) => session?.checkAuthorization(each) ?? false);
    },
    sessionId,
    questions,
  );
}

async function askBackground(
  page: Surface,
  sessionId: string | undefined,
  questions: AuthorizationQuestion[],
) {
  const replies = questions.map((each) =>
    ask(page, { type: 'check-authorization', ...each, ...(sessionId && { sessionId }) }),
  );
  return (await Promise.all(replies)).map((reply) => (reply.ok ? reply.value : reply.error.code));
}

async function begin(
  control: EmulatorControl,
  { page, panel }: Two,
  who: { sessionId: string; userId: string; organizationId: string },
  { isPersonal, role, organization, user }: Standing,
): Promise<void> {
  const { sessionId, userId } = who;
  await control.setMembership(who.organizationId, { userId, role });
  await control.updateOrganization(who.organizationId, organization);
  await control.updateUser(userId, user);
  const organizationId = isPersonal ? null : who.organizationId;
  await ask(page, { type: 'set-active', sessionId, organizationId });
  // The panel's Clerk follows.
  await panel.waitFor(
    (id: string, organizationId: string | null) => {
      const { Clerk } = globalThis as unknown as { Clerk: PageClerk };
      const session = Clerk.client.sessions.find((each) => each.id === id);
      return session && (session.lastActiveOrganizationId ?? null) === organizationId;
    },
    sessionId,
    organizationId,
  );
}

async function compare(
  { page, panel }: Two,
  sessionId: string,
  isActive: boolean,
  questions: AuthorizationQuestion[],
) {
  const clerks = await askClerk(panel, sessionId, questions);
  const ours = await askBackground(page, isActive ? undefined : sessionId, questions);
  const differing = questions.map((each, index) => ({ ...each, clerk: clerks[index], ours: ours[index] }));
  expect(differing.filter(({ clerk, ours: ownAnswer }) => clerk !== ownAnswer)).toEqual([]);
  return clerks;
}

test(`${ROUNDS * QUESTIONS_A_ROUND * 2} questions of authorization are answered as Clerk answers them`, {
  timeout: 600_000,
}, async ({ browser, control, instance }) => {
  await control.configure(ROLES);
  const two = await signInTwo({ browser, control, instance });
  const { page, panel, ada, charles } = two;
  const people = [ada, charles].map((sessionId, index) => ({
    sessionId,
    userId: instance.seededPeople[index === 0 ? 0 : 1].userId,
  }));
  const seed = Date.now() % 2 ** 31;
  const standings = fc.sample(standing, { numRuns: ROUNDS * 2, seed });
  const answers: boolean[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const minutesLater = AGES[Math.floor((round * AGES.length) / ROUNDS)] ?? 0;
    await control.configure({ clockOffsetSeconds: minutesLater * 60 });
    // The other one is asked about by its name, and the active one without.
    for (const [index, person] of people.entries()) {
      const its = standings[round * 2 + index] as Standing;
      const { organizationId } = instance.seededOrganizations[its.isGlobex ? 0 : 1];
      await begin(control, two, { ...person, organizationId }, its);
    }
    expect(await userOf(page)).toMatchObject({ sessionId: charles });
    const questions = fc.sample(question, { numRuns: QUESTIONS_A_ROUND, seed: seed + round });
    for (const { sessionId } of people) {
      await refreshBackground(page, sessionId);
      await refreshClerk(panel, sessionId);
    }
    for (const { sessionId } of people)
      answers.push(...(await compare(two, sessionId, sessionId === charles, questions)));
  }
  const yes = answers.filter(Boolean).length;
  expect(yes, `seed ${seed}`).toBeGreaterThan(answers.length / 10);
  expect(yes, `seed ${seed}`).toBeLessThan((answers.length * 9) / 10);
});
