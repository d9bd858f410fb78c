// @vitest-environment node
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PERMISSIVE_SETTINGS } from 'clerk-emulator';
import { emulator, withEmulator } from 'clerk-emulator/vitest';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { call, refusal } from './support/call.ts';
import { api, person, withApi } from './support/fixture.ts';
import { createMint, partsOf } from './support/forge.ts';
import { type ApiServer, environmentFor, startApi, temporaryFolder } from './support/server.ts';

withEmulator({
  settings: {
    ...PERMISSIVE_SETTINGS,
    organizations: true,
    sessionTokenClaims: { metadata: '{{user.public_metadata}}' },
  },
});
withApi(() => ({ CLERK_SECRET_KEY: emulator.secretKey, CLERK_API_URL: emulator.apiUrl }));

const get = async (path: string) => call(`${api.url}${path}`, { token: await person.token() });

describe('GET /me/live', () => {
  it('asks the server, which knows at once that a session is over; the token alone does not', async () => {
    const token = await person.token();
    const live = () => call(`${api.url}/me/live`, { token });
    expect((await live()).json).toMatchObject({
      userId: person.userId,
      sessionId: person.sessionId,
      status: 'active',
      expireAt: expect.any(Number),
    });
    await emulator.control.revokeSession(person.sessionId);
    expect(refusal(await live())).toEqual([401, 'session-ended']);
    expect((await call(`${api.url}/me`, { token })).status).toBe(200);
  });

  it('refuses a token of a key that the instance no longer has', async () => {
    const folder = await temporaryFolder();
    const { jwtKey, mint } = await createMint();
    const other = await startApi({
      ...environmentFor({ ...emulator, jwtKey }),
      CLERK_SECRET_KEY: emulator.secretKey,
      CLERK_API_URL: emulator.apiUrl,
      DATABASE: `${folder.path}/notes.sqlite`,
    });
    const token = await mint(await person.token());
    expect((await call(`${other.url}/me`, { token })).status).toBe(200);
    expect(refusal(await call(`${other.url}/me/live`, { token }))).toEqual([401, 'token-refused']);
    await other.stop();
    await folder.remove();
  });
});

test('a secret key that Clerk does not know is no fault of who asks', async () => {
  const folder = await temporaryFolder();
  const other = await startApi({
    ...environmentFor(emulator),
    CLERK_API_URL: emulator.apiUrl,
    DATABASE: `${folder.path}/notes.sqlite`,
  });
  for (const path of ['/me/live', '/me/profile']) {
    const answer = await call(`${other.url}${path}`, { token: await person.token() });
    expect(refusal(answer)).toEqual([502, 'clerk-unavailable']);
  }
  await other.stop();
  await folder.remove();
});

describe('a person', () => {
  it('is looked up by id', async () => {
    expect((await get('/me/profile')).json).toEqual({
      userId: person.userId,
      firstName: 'Ada',
      lastName: 'Lovelace',
      emailAddress: 'ada@example.com',
      publicMetadata: {},
    });
  });

  it('has metadata that the server writes, and that the next token says', async () => {
    const before = await person.token();
    const change = { method: 'PATCH', json: { theme: 'dark', role: 'admin' } };
    const { status, json } = await call(`${api.url}/me/metadata`, { token: before, ...change });
    expect([status, json]).toEqual([200, { publicMetadata: { theme: 'dark' } }]);
    expect(partsOf(await person.token()).claims.metadata).toEqual({ theme: 'dark' });
    expect((await get('/me/profile')).json.publicMetadata).toEqual({ theme: 'dark' });
  });

  test.each([[{}], [{ theme: 'pink' }], [{ theme: { $ne: 1 } }], [[]]])('has no theme %j', async (json) => {
    const answer = await call(`${api.url}/me/metadata`, {
      token: await person.token(),
      method: 'PATCH',
      json,
    });
    expect(refusal(answer)).toEqual([400, 'bad-input']);
  });

  it('who is gone is not found', async () => {
    const token = await person.token();
    await emulator.control.deleteUser(person.userId);
    expect(refusal(await call(`${api.url}/me/profile`, { token }))).toEqual([404, 'not-found']);
  });
});

describe('GET /admin/people', () => {
  it('lists the people of the admin’s organization in pages', async () => {
    const created = Array.from({ length: 3 }, (_, index) =>
      emulator.control.createUser({ emailAddress: `${index}@example.com`, firstName: `P${index}` }),
    );
    const ids = (await Promise.all(created)).map(({ userId }) => userId);
    const memberUserIds = [person.userId, ...ids];
    const { organizationId } = await emulator.control.createOrganization({ name: 'Acme', memberUserIds });
    const token = await person.token({ organizationId });
    const page = async (query: string) => (await call(`${api.url}/admin/people${query}`, { token })).json;

    const all = await page('');
    expect([all.total, all.people.length]).toEqual([4, 4]);
    expect(all.people.map(({ userId }: { userId: string }) => userId).sort()).toEqual(memberUserIds.sort());
    expect(all.people).toContainEqual({
      userId: person.userId,
      firstName: 'Ada',
      lastName: 'Lovelace',
      identifier: 'ada@example.com',
      role: 'org:admin',
    });
    const parts = [await page('?limit=3'), await page('?limit=3&offset=3')];
    expect(parts.map(({ people, total }) => [people.length, total])).toEqual([
      [3, 4],
      [1, 4],
    ]);
    expect(parts.flatMap(({ people }) => people)).toEqual(all.people);
    expect((await page('?limit=1000')).error.code).toBe('bad-input');
  });
});

describe('requests to Clerk', () => {
  let clerk: Awaited<ReturnType<typeof startCountingClerk>>;
  let own: ApiServer;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeAll(async () => {
    clerk = await startCountingClerk();
    folder = await temporaryFolder();
    own = await startApi({
      ...environmentFor(emulator),
      CLERK_API_URL: clerk.url,
      DATABASE: `${folder.path}/notes.sqlite`,
    });
  });
  afterAll(async () => {
    await own?.stop();
    clerk?.close();
    await folder?.remove();
  });

  it('are none for what verifies locally, good token or bad', async () => {
    const token = await person.token({ organizationId: emulator.seededOrganizations[0].organizationId });
    const paths = ['/', '/me', '/me/last-active', '/notes', '/org/notes', '/admin'];
    const statuses = [];
    for (const path of paths) statuses.push((await call(`${own.url}${path}`, { token })).status);
    expect(statuses).toEqual(paths.map(() => 200));
    for (const bad of ['a.b.c', `mt_${'a'.repeat(32)}`, `ak_${'a'.repeat(32)}`, `oat_${'a'.repeat(32)}`]) {
      for (const path of paths) await call(`${own.url}${path}`, { token: bad });
    }
    await emulator.control.configure({ clockOffsetSeconds: -90 });
    const headers = { cookie: '__refresh=abc; __refresh_abc=abc; __client_uat=1' };
    const over = await person.token();
    expect((await call(`${own.url}/me`, { token: over, headers })).status).toBe(401);
    expect(clerk.requests).toEqual([]);
  });

  test.each(['/me/live', '/me/profile', '/admin/people'])('that fail are said so by %s', async (path) => {
    const token = await person.token({ organizationId: emulator.seededOrganizations[0].organizationId });
    const answer = await call(`${own.url}${path}`, { token });
    expect(refusal(answer)).toEqual([502, 'clerk-unavailable']);
    expect(clerk.requests.length).toBeGreaterThan(0);
    expect(answer.text).not.toContain('secret of Clerk');
  });
});

/** A Backend API that answers nothing and counts who asks. */
async function startCountingClerk() {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ errors: [{ code: 'bad', message: 'a secret of Clerk' }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, requests, close: () => server.close() };
}
