// @vitest-environment node
import { PERMISSIVE_SETTINGS, type WebhookDefect } from 'clerk-emulator';
import { emulator, withEmulator } from 'clerk-emulator/vitest';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { call, refusal } from './support/call.ts';
import { api, person, startAgain, withApi } from './support/fixture.ts';
import { type Person, signIn } from './support/people.ts';
import { SIGNING_SECRET } from './support/server.ts';

// What the local Clerk sends by itself when something happens there.
withEmulator({ settings: { ...PERMISSIVE_SETTINGS, organizations: true, webhookRetryScale: 0.001 } });
withApi();

let nora: Person;
let token: string;

beforeEach(async () => {
  const url = `${api.url}/webhooks/clerk`;
  for (const { endpointId } of await emulator.control.listWebhooks())
    await emulator.control.removeWebhook(endpointId);
  await emulator.control.addWebhook({ url, signingSecret: SIGNING_SECRET });
  nora = await newPerson();
  token = await nora.token();
  await call(`${api.url}/notes`, { token, json: { text: 'mine' } });
});

async function newPerson(): Promise<Person> {
  const account = { emailAddress: `${crypto.randomUUID()}@example.com`, password: 'nanosecond-1906' };
  await emulator.control.createUser({ ...account, firstName: 'Nora', lastName: 'Barnacle' });
  return signIn(emulator, account);
}

const notes = () => call(`${api.url}/notes`, { token });
const nameOf = async () => (await notes()).json.notes?.[0]?.author.name;

describe('what happens at Clerk', () => {
  it('names the author of a note, and names them anew', async () => {
    await expect.poll(nameOf).toBe('Nora Barnacle');
    await emulator.control.updateUser(nora.userId, { lastName: 'Joyce' });
    await expect.poll(nameOf).toBe('Nora Joyce');
  });

  it('takes a deleted person’s notes away', async () => {
    await emulator.control.deleteUser(nora.userId);
    await expect.poll(async () => refusal(await notes())).toEqual([401, 'session-ended']);
  });

  it('ends the tokens of a revoked session before their minute is over', async () => {
    await emulator.control.revokeSession(nora.sessionId);
    await expect.poll(async () => refusal(await notes())).toEqual([401, 'session-ended']);
  });

  it('takes the role of an admin away', async () => {
    const { organizationId } = await emulator.control.createOrganization({
      name: 'Acme',
      memberUserIds: [nora.userId],
    });
    const asAdmin = await nora.token({ organizationId });
    const admin = (bearer: string) => call(`${api.url}/admin`, { token: bearer });
    expect((await admin(asAdmin)).status).toBe(200);
    // A second later: tokens know no less.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await emulator.control.setMembership(organizationId, { userId: nora.userId, role: 'org:member' });
    await expect.poll(async () => refusal(await admin(asAdmin))).toEqual([401, 'token-outdated']);
    expect(refusal(await admin(await nora.token({ organizationId })))).toEqual([403, 'role-needed']);
  });

  it('is not lost while the server is down', async () => {
    const { port } = new URL(api.url);
    await api.kill();
    await emulator.control.deleteUser(nora.userId);
    await startAgain({ PORT: port });
    await expect
      .poll(async () => refusal(await notes()), { timeout: 25_000 })
      .toEqual([401, 'session-ended']);
  });
});

describe('a webhook of Clerk’s', () => {
  const send = async (more: object) => {
    const message = { type: 'user.updated', id: nora.userId, ...more } as const;
    const deliveries = await emulator.control.sendWebhook(message);
    return deliveries.flatMap(({ attempts }) => attempts.map(({ status }) => status));
  };

  test.each<[WebhookDefect, number]>([
    ['wrong-signature', 401],
    ['other-secret', 401],
    ['changed-body', 401],
    ['stale-timestamp', 400],
    ['future-timestamp', 400],
    ['missing-id', 400],
    ['missing-timestamp', 400],
    ['missing-signature', 400],
  ])('with the defect %s is answered %d', async (defect, status) => {
    expect(await send({ defect })).toEqual([status]);
  });

  it('is taken, and taken again without a change', async () => {
    expect(await send({})).toEqual([200]);
    expect(await send({ copies: 3 })).toEqual([200, 200, 200]);
  });

  it('may come in any order', async () => {
    await emulator.control.holdWebhooks();
    await emulator.control.updateUser(nora.userId, { lastName: 'Second' });
    await emulator.control.updateUser(nora.userId, { lastName: 'Third' });
    await emulator.control.deleteUser(nora.userId);
    await emulator.control.releaseWebhooks({ isReversed: true });
    await expect.poll(async () => refusal(await notes())).toEqual([401, 'session-ended']);
  });

  it('that is another’s business changes nothing', async () => {
    await emulator.control.deleteUser((await newPerson()).userId);
    expect((await call(`${api.url}/me`, { token: await person.token() })).status).toBe(200);
    expect((await notes()).json.total).toBe(1);
  });
});
