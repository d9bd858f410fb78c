// @vitest-environment node
import { PERMISSIVE_SETTINGS } from 'clerk-emulator';
import { emulator, withEmulator } from 'clerk-emulator/vitest';
import { describe, expect, it, test } from 'vitest';
import { call, refusal } from './support/call.ts';
import { api, person, startAgain, withApi } from './support/fixture.ts';
import { signIn } from './support/people.ts';
import { environmentFor, startApi, temporaryFolder } from './support/server.ts';
import { type Delivery, deliver } from './support/webhook.ts';

withEmulator({ settings: { ...PERMISSIVE_SETTINGS, organizations: true } });
withApi();

const MINUTE = 60_000;
const OTHER_SECRET = `whsec_${btoa('another secret of 24 byt')}`;
const gone = (id: string): Delivery => ({ type: 'user.deleted', data: { id, deleted: true } });
const named = (id: string, name: string, updatedAt: number, type = 'user.updated'): Delivery => ({
  type,
  data: { id, first_name: name, last_name: 'Lovelace', updated_at: updatedAt },
});

/** Somebody new, who has written one note. */
async function newPerson() {
  const account = { emailAddress: `${crypto.randomUUID()}@example.com`, password: 'nanosecond-1906' };
  await emulator.control.createUser({ ...account, firstName: 'Nora' });
  const someone = await signIn(emulator, account);
  const token = await someone.token();
  const { status } = await call(`${api.url}/notes`, { token, json: { text: 'a note' } });
  expect(status).toBe(201);
  return { ...someone, token };
}

const notesOf = async (token: string) => (await call(`${api.url}/notes`, { token })).json;

describe('a webhook', () => {
  test.each<[what: string, change: Partial<Delivery>, answer: [number, string]]>([
    ['without its id', { without: 'svix-id' }, [400, 'webhook-headers-missing']],
    ['without its time', { without: 'svix-timestamp' }, [400, 'webhook-headers-missing']],
    ['without its signature', { without: 'svix-signature' }, [400, 'webhook-headers-missing']],
    ['with an empty signature', { headers: { 'svix-signature': ' ' } }, [400, 'webhook-headers-missing']],
    ['signed with another secret', { secret: OTHER_SECRET }, [401, 'webhook-signature-wrong']],
    [
      'with another signature',
      { headers: { 'svix-signature': 'v1,AAAA' } },
      [401, 'webhook-signature-wrong'],
    ],
    ['with half a signature', { headers: { 'svix-signature': 'v1' } }, [401, 'webhook-signature-wrong']],
    [
      'with another id than was signed',
      { headers: { 'svix-id': 'msg_x' } },
      [401, 'webhook-signature-wrong'],
    ],
    [
      'with another time than was signed',
      { headers: { 'svix-timestamp': String(Math.floor(Date.now() / 1000) - 60) } },
      [401, 'webhook-signature-wrong'],
    ],
    [
      'with another body than was signed',
      { body: '{"type":"user.deleted"}' },
      [401, 'webhook-signature-wrong'],
    ],
    ['with the same body written otherwise', { body: '{ }' }, [401, 'webhook-signature-wrong']],
    ['with no body', { body: '' }, [401, 'webhook-signature-wrong']],
    ['of six minutes ago', { sentAt: Date.now() - 6 * MINUTE }, [400, 'webhook-timestamp-stale']],
    ['of six minutes from now', { sentAt: Date.now() + 6 * MINUTE }, [400, 'webhook-timestamp-stale']],
    ['of no time', { headers: { 'svix-timestamp': 'soon' } }, [401, 'webhook-signature-wrong']],
  ])('%s is refused and changes nothing', async (_what, change, answer) => {
    const someone = await newPerson();
    expect(refusal(await deliver(api.url, { ...gone(someone.userId), ...change }))).toEqual(answer);
    expect((await notesOf(someone.token)).total).toBe(1);
    expect((await deliver(api.url, gone(someone.userId))).status).toBe(200);
  });

  test('where no secret is set is refused', async () => {
    const folder = await temporaryFolder();
    const other = await startApi({
      ...environmentFor(emulator),
      CLERK_WEBHOOK_SIGNING_SECRET: undefined,
      DATABASE: `${folder.path}/notes.sqlite`,
    });
    expect(refusal(await deliver(other.url, gone('user_1')))).toEqual([500, 'webhook-secret-missing']);
    await other.stop();
    await folder.remove();
  });

  test('of another kind is taken note of', async () => {
    const answer = await deliver(api.url, { type: 'email.created', data: { id: 'ema_1' } });
    expect([answer.status, answer.json]).toEqual([200, { received: true, repeated: false }]);
  });

  test('whose data is of another shape is refused, and may come again', async () => {
    const id = 'msg_shape';
    const answer = await deliver(api.url, { type: 'user.deleted', data: { deleted: true }, id });
    expect(refusal(answer)).toEqual([400, 'webhook-not-understood']);
    expect((await deliver(api.url, { ...gone('user_1'), id })).json.repeated).toBe(false);
  });
});

describe('the same webhook again', () => {
  it('answers 200 and changes nothing, also at the same time and after a restart', async () => {
    const someone = await newPerson();
    const id = `msg_${crypto.randomUUID()}`;
    const now = Date.now();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        deliver(api.url, { ...named(someone.userId, `Name ${index}`, now + index), id }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers.filter(({ json }) => !json.repeated)).toHaveLength(1);
    const name = (await notesOf(someone.token)).notes[0].author.name;

    await api.kill();
    await startAgain();
    const again = await deliver(api.url, { ...named(someone.userId, 'Later', now + 99), id });
    expect([again.status, again.json.repeated]).toEqual([200, true]);
    expect((await notesOf(someone.token)).notes[0].author.name).toBe(name);
  });
});

describe('whichever comes first', () => {
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];

  test.each(orders)('the newest name stays (%d, %d, %d)', async (...order) => {
    const someone = await newPerson();
    const events = [
      named(someone.userId, 'Ada', 1000, 'user.created'),
      named(someone.userId, 'Augusta', 2000),
      named(someone.userId, 'Augusta Ada', 3000),
    ];
    for (const index of order) await deliver(api.url, events[index] as Delivery);
    expect((await notesOf(someone.token)).notes[0].author.name).toBe('Augusta Ada Lovelace');
  });

  test.each(orders)('a person who is gone stays gone, with the notes (%d, %d, %d)', async (...order) => {
    const someone = await newPerson();
    const events = [
      named(someone.userId, 'Ada', 1000, 'user.created'),
      named(someone.userId, 'Augusta', 2000),
      gone(someone.userId),
    ];
    for (const index of order) await deliver(api.url, events[index] as Delivery);
    expect(refusal(await call(`${api.url}/notes`, { token: someone.token }))).toEqual([401, 'session-ended']);
    const json = { text: 'from beyond' };
    expect((await call(`${api.url}/notes`, { token: someone.token, json })).status).toBe(401);
  });
});

describe('a person who is deleted', () => {
  it('takes along their notes, those in organizations too, and no others', async () => {
    const [{ organizationId }] = emulator.seededOrganizations;
    const charles = await signIn(emulator, emulator.seededPeople[1]);
    const admin = await person.token({ organizationId });
    const member = await charles.token({ organizationId });
    const before = (await call(`${api.url}/org/notes`, { token: admin })).json.total;
    await call(`${api.url}/org/notes`, { token: member, json: { text: 'by Charles' } });
    await call(`${api.url}/org/notes`, { token: admin, json: { text: 'by Ada' } });
    await call(`${api.url}/notes`, { token: member, json: { text: 'my own' } });

    await deliver(api.url, gone(charles.userId));
    const { notes, total } = (await call(`${api.url}/org/notes`, { token: admin })).json;
    expect([notes[0].text, total]).toEqual(['by Ada', before + 1]);
  });
});

describe('what the store needs of organizations and sessions', () => {
  const newOrganization = (memberUserIds: string[]) =>
    emulator.control.createOrganization({ name: 'Acme', memberUserIds });
  const membership = (organizationId: string) => ({
    id: 'orgmem_1',
    organization: { id: organizationId },
    public_user_data: { user_id: person.userId },
  });
  const admin = (token: string) => call(`${api.url}/admin`, { token });

  it('an organization that is deleted takes along its notes, and its tokens', async () => {
    const { organizationId } = await newOrganization([person.userId]);
    const token = await person.token({ organizationId });
    await call(`${api.url}/org/notes`, { token, json: { text: 'ours' } });
    await deliver(api.url, { type: 'organization.deleted', data: { id: organizationId, deleted: true } });
    expect(refusal(await call(`${api.url}/org/notes`, { token }))).toEqual([401, 'session-ended']);
    expect((await call(`${api.url}/me`, { token: await person.token() })).status).toBe(200);
  });

  test.each(['organizationMembership.deleted', 'organizationMembership.updated'])(
    '%s outdates older tokens of the membership alone',
    async (type) => {
      const { organizationId } = await newOrganization([person.userId]);
      const token = await person.token({ organizationId });
      expect((await admin(token)).status).toBe(200);
      const happenedAt = Date.now() + 1000;
      await deliver(api.url, { type, data: membership(organizationId), happenedAt });
      expect(refusal(await admin(token))).toEqual([401, 'token-outdated']);
      expect((await call(`${api.url}/me`, { token: await person.token() })).status).toBe(200);

      await emulator.control.configure({ clockOffsetSeconds: 3 });
      expect((await admin(await person.token({ organizationId }))).status).toBe(200);
      // An older event that comes late takes nothing back.
      await deliver(api.url, { type, data: membership(organizationId), happenedAt: happenedAt - MINUTE });
      expect(refusal(await admin(token))).toEqual([401, 'token-outdated']);
    },
  );

  test.each(['session.ended', 'session.removed', 'session.revoked'])('%s ends its tokens', async (type) => {
    const other = await signIn(emulator);
    const token = await other.token();
    await deliver(api.url, { type, data: { id: other.sessionId, user_id: other.userId } });
    expect(refusal(await call(`${api.url}/me`, { token }))).toEqual([401, 'session-ended']);
    expect((await call(`${api.url}/me`, { token: await person.token() })).status).toBe(200);
  });
});
