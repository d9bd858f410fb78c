import type { Surface } from 'extension-driver';
import { askEach, createPeople, organizationIdsOf, tokenMessages } from '../../steps/many-accounts.ts';
import { addAccount, loadClerk } from '../../steps/page-clerk.ts';
import { createFigure, type Figure } from '../figure.ts';
import { readShownAt, watchForText } from '../page-functions.ts';
import type { Plan } from '../plan.ts';
import { ask, type Contestant, type Stand } from '../stand.ts';
import { rotated } from '../statistics.ts';

const FAST = { samples: 4, inRow: 50 };
const TEMPLATES = [undefined, 'one', 'two'];
const ORGANIZATIONS = 10;
const FURTHER_PEOPLE = 4;
const SHOWN_WITHIN_MS = 10_000;

/** What a panel says of an account and of an organization. */
const SHOWN = { account: '.wxt-clerk-profile-name', organization: '.wxt-clerk-action span' };

/**
 * Several accounts and organizations. Begins and ends with the one person who is signed in.
 */
export async function measureSessions(stand: Stand, plan: Plan): Promise<Figure[]> {
  const { emulator, contestants } = stand;
  await emulator.control.configure({ latencyMs: 0, singleSessionMode: false, organizations: true });
  const { ours } = contestants;
  const { sessionIds, userIds } = await signInFurther(stand);
  try {
    return [
      await measureOther(ours, sessionIds, plan),
      ...(await measureSwitches(stand, sessionIds, plan)),
      await countRequests(stand, sessionIds, userIds),
    ];
  } finally {
    await send(ours, { type: 'set-active', sessionId: sessionIds[0], organizationId: null });
    for (const sessionId of sessionIds.slice(1)) await send(ours, { type: 'sign-out', sessionId });
    await emulator.control.configure({ singleSessionMode: true, organizations: false });
  }
}

/** Signs more people in beside the one who is. Theirs comes first in what is given. */
async function signInFurther({ emulator, contestants }: Stand) {
  const { control, seededPeople, seededUser } = emulator;
  const { ours } = contestants;
  const further = [seededPeople[1], ...(await createPeople(control, FURTHER_PEOPLE - 1))];
  const panel = await ours.browser.openPage('sidepanel.html');
  await loadClerk(panel);
  const known = await control.listSessions({ userId: seededUser.userId });
  const sessionIds: string[] = [];
  for (const person of further) sessionIds.push(await addAccount(panel, person));
  await panel.close();
  await send(ours, { type: 'session-changed' });
  const listed = (await send(ours, { type: 'list-sessions' })) as { id: string }[];
  const first = known.find(({ sessionId }) => listed.some(({ id }) => id === sessionId));
  if (!first || listed.length !== FURTHER_PEOPLE + 1) throw new Error('Not everybody is signed in.');
  const userIds = [seededUser, ...further].map(({ userId }) => userId);
  return { sessionIds: [first.sessionId, ...sessionIds], userIds };
}

/** A token of a session that is not the active one. */
async function measureOther(
  ours: Contestant,
  [other, active]: string[],
  { warmRounds }: Plan,
): Promise<Figure> {
  await send(ours, { type: 'set-active', sessionId: active });
  const messages = { other: { type: 'get-token', sessionId: other }, active: { type: 'get-token' } };
  const times = { other: [] as number[], active: [] as number[] };
  for (const message of Object.values(messages)) await ask(ours, { message, samples: 50 });
  for (let round = 0; round < warmRounds; round += 1) {
    for (const which of rotated(['other', 'active'] as const, round))
      times[which].push(...(await ask(ours, { message: messages[which], ...FAST })));
  }
  return createFigure({
    id: 'sessions-other',
    name: 'warm get-token of another session, beside the active one',
    unit: 'ms',
    ours: times.other,
    against: ['active session', times.active],
    goal: { kind: 'at-most-times', factor: 1.1 },
  });
}

/**
 * From the request that chooses, as it arrives at the Frontend API (which answers it at once), until an open panel says the
 * name. Another page has chosen.
 */
async function measureSwitches(stand: Stand, sessionIds: string[], plan: Plan): Promise<Figure[]> {
  const { emulator, contestants } = stand;
  const { ours } = contestants;
  const [ada, charles] = emulator.seededPeople.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
  const [globex, initech] = emulator.seededOrganizations;
  const [first, second] = sessionIds;
  await send(ours, { type: 'set-active', sessionId: first, organizationId: globex.organizationId });
  const panel = await ours.browser.openPage('sidepanel.html');
  const measure = (choices: Choice[], selector: string) =>
    measureChoices({ stand, panel, selector, samples: plan.popupSamples }, choices);
  await panel.waitForText(globex.name);
  const organization = await measure(
    [initech, globex].map(({ name, organizationId }) => ({ name, options: { organizationId } })),
    SHOWN.organization,
  );
  const account = await measure(
    [
      { name: charles ?? '', options: { sessionId: second } },
      { name: ada ?? '', options: { sessionId: first } },
    ],
    SHOWN.account,
  );
  await panel.close();
  const figure = (what: string, name: string, times: number[]) =>
    createFigure({
      id: `switch-${what}`,
      name: `another ${what} is chosen: from the server’s answer until an open panel says ${name}`,
      unit: 'ms',
      ours: times,
      goal: { kind: 'at-most', value: 100 },
    });
  return [figure('account', 'who it is', account), figure('organization', 'its name', organization)];
}

interface Choice {
  /** What the panel then says. */
  name: string;
  /** Of `set-active`. */
  options: object;
}

interface Watching {
  stand: Stand;
  panel: Surface;
  selector: string;
  samples: number;
}

async function measureChoices(
  { stand, panel, selector, samples }: Watching,
  choices: Choice[],
): Promise<number[]> {
  const { emulator, contestants } = stand;
  const times: number[] = [];
  const warmUps = 2;
  for (let round = 0; round < samples + warmUps; round += 1) {
    const { name, options } = choices[round % choices.length] as Choice;
    await panel.evaluate(watchForText, selector, name, SHOWN_WITHIN_MS);
    await emulator.control.clearRequests();
    await send(contestants.ours, { type: 'set-active', ...options });
    const shownAt = await panel.evaluate(readShownAt);
    const touch = (await emulator.control.requests()).find(({ path }) => path.endsWith('/touch'));
    if (!touch) throw new Error('The server was not told of the choice.');
    if (round >= warmUps) times.push(shownAt - touch.at);
  }
  return times;
}

/** Every token of some sessions, organizations and templates, asked of a stopped background at once. */
async function countRequests({ emulator, contestants }: Stand, sessionIds: string[], userIds: string[]) {
  const { control } = emulator;
  const { ours } = contestants;
  const organizationIds = await organizationIdsOf(control, ORGANIZATIONS, userIds);
  for (const name of TEMPLATES) if (name) await control.createTemplate({ name, claims: { template: name } });
  const messages = tokenMessages(sessionIds, organizationIds, TEMPLATES);
  await ours.browser.stopBackground();
  await control.clearRequests();
  const tokens = await askEach(ours.page, messages);
  if (tokens.some((token) => token === null)) throw new Error('Not every token came.');
  const requests = (await control.requests()).filter(({ path }) => path.includes('/tokens'));
  return createFigure({
    id: 'sessions-requests',
    name: `requests for ${sessionIds.length} sessions × ${ORGANIZATIONS} organizations × ${TEMPLATES.length} templates at once on a stopped background`,
    unit: 'requests',
    ours: [requests.length],
    goal: { kind: 'at-most', value: messages.length },
  });
}

/** Sends a message from the page that asks. @throws {Error} With the code, when it fails. */
function send({ page }: Contestant, message: object): Promise<unknown> {
  return page.evaluate(async (message: object) => {
    interface Api {
      runtime: { sendMessage(message: object): Promise<Answer> };
    }
    interface Answer {
      ok: boolean;
      value?: unknown;
      error?: { code: string };
    }
    const scope = globalThis as unknown as { browser?: Api; chrome: Api };
    const answer = await (scope.browser ?? scope.chrome).runtime.sendMessage(message);
    if (!answer.ok) throw new Error(`${JSON.stringify(message)} failed: ${answer.error?.code}`);
    return answer.value ?? null;
  }, message);
}
