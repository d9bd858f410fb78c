// @vitest-environment node
import { PERMISSIVE_SETTINGS } from 'clerk-emulator';
import { emulator, withEmulator } from 'clerk-emulator/vitest';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { openStore } from '../src/store/store.ts';
import { call, refusal } from './support/call.ts';
import { api, database, person, startAgain, withApi } from './support/fixture.ts';
import { signIn } from './support/people.ts';
import { deliver } from './support/webhook.ts';

withEmulator({ settings: { ...PERMISSIVE_SETTINGS, organizations: true } });
withApi();

let token: string;

beforeEach(async () => {
  token = await person.token();
  for (const { id } of (await list('?limit=100')).json.notes) await remove(id);
});

const add = (text: unknown) => call(`${api.url}/notes`, { token, json: { text } });
const list = (query = '') => call(`${api.url}/notes${query}`, { token });
const remove = (id: string) =>
  call(`${api.url}/notes/${encodeURIComponent(id)}`, { token, method: 'DELETE' });

describe('notes', () => {
  it('are made, listed newest first and deleted', async () => {
    const first = await add('first');
    expect(first.status).toBe(201);
    expect(first.json).toEqual({
      id: expect.stringMatching(/^note_/),
      text: 'first',
      createdAt: expect.any(Number),
      author: { userId: person.userId, name: null },
    });
    const second = await add('second');
    expect((await list()).json).toEqual({ notes: [second.json, first.json], total: 2 });

    expect(await remove(first.json.id)).toMatchObject({
      status: 200,
      json: { id: first.json.id, deleted: true },
    });
    expect((await list()).json).toEqual({ notes: [second.json], total: 1 });
    expect(refusal(await remove(first.json.id))).toEqual([404, 'note-not-found']);
  });

  it('come in pages', async () => {
    for (const text of ['1', '2', '3', '4', '5']) await add(text);
    const page = (await list('?limit=2&offset=1')).json;
    expect([page.notes.map((note: { text: string }) => note.text), page.total]).toEqual([['4', '3'], 5]);
    expect((await list('?offset=9')).json).toEqual({ notes: [], total: 5 });
  });

  test.each([
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=1e3',
    'limit=',
    'offset=-1',
    'limit=1&limit=2',
    'offset=1;DROP',
  ])('?%s is refused', async (query) => {
    expect(refusal(await list(`?${query}`))).toEqual([400, 'bad-input']);
  });

  it('are nobody else’s', async () => {
    const { id } = (await add('mine')).json;
    const charles = await signIn(emulator, emulator.seededPeople[1]);
    const theirs = await charles.token();
    expect((await call(`${api.url}/notes`, { token: theirs })).json).toEqual({ notes: [], total: 0 });
    const attempt = await call(`${api.url}/notes/${id}`, { token: theirs, method: 'DELETE' });
    expect(refusal(attempt)).toEqual([404, 'note-not-found']);
    expect((await list()).json.total).toBe(1);
  });

  test.each([
    [undefined],
    [null],
    [5],
    [''],
    ['  \n'],
    [['a']],
    [{ toString: 'a' }],
    ['x'.repeat(2001)],
    ['half \ud83d'],
  ])('%j is no text', async (text) => {
    expect(refusal(await add(text))).toEqual([400, 'bad-input']);
  });

  test.each([
    'x'.repeat(2000),
    '<script>alert(1)</script>',
    '🗒️ naïve ‮',
    'a\u0000b',
    "'; DROP TABLE notes; --",
  ])('what is written is what is read (%j)', async (text) => {
    await add(text);
    expect((await list()).json.notes[0].text).toBe(text);
  });

  it('are a thousand at most', async () => {
    const store = openStore(database);
    store.inTransaction(() => {
      for (let index = 0; index < 980; index++)
        store.notes.add({ userId: person.userId, orgId: null, text: `${index}` });
    });
    store.close();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => add(`${index}`)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(refusal(await add('one more'))).toEqual([409, 'too-many-notes']);
    await call(`${api.url}/notes`, { token, method: 'DELETE' });
  });
});

describe('SQL', () => {
  const SQL = [
    "' OR '1'='1",
    "'; DROP TABLE notes; --",
    '" OR ""="',
    '%',
    "\\'; --",
    '1) UNION SELECT * FROM notes --',
  ];

  test.each(SQL)('%s changes nothing, in no field', async (sql) => {
    const { id } = (await add('stays')).json;
    const encoded = encodeURIComponent(sql);
    expect((await remove(sql)).status).toBe(404);
    expect((await call(`${api.url}/org/notes/${encoded}`, { token, method: 'DELETE' })).status).toBe(403);
    expect((await list(`?limit=${encoded}`)).status).toBe(400);
    expect((await list(`?offset=${encoded}`)).status).toBe(400);
    expect((await list(`?_clerk_session_id=${encoded}`)).status).toBe(403);
    expect((await call(`${api.url}/me`, { token: sql })).status).toBe(401);
    const added = (await add(sql)).json;
    const event = {
      type: 'user.updated',
      id: `msg_${sql}`,
      data: { id: sql, first_name: sql, updated_at: 1 },
    };
    expect((await deliver(api.url, event)).status).toBe(200);
    const deletion = { type: 'user.deleted', id: `msg_2${sql}`, data: { id: sql, deleted: true } };
    expect((await deliver(api.url, deletion)).status).toBe(200);
    const membership = { organization: { id: sql }, public_user_data: { user_id: sql } };
    await deliver(api.url, { type: 'organizationMembership.deleted', data: membership });
    const { notes } = (await list()).json;
    expect(notes.map((note: { id: string; text: string }) => [note.id, note.text])).toEqual([
      [added.id, sql],
      [id, 'stays'],
    ]);
  });
});

describe('a server that is stopped or killed', () => {
  it('has kept what it said it kept', async () => {
    const { id } = (await add('before')).json;
    await api.stop();
    await startAgain();
    expect((await list()).json.notes).toMatchObject([{ id, text: 'before' }]);
  });

  it('loses nothing of what it had answered for, and lets nobody in afterwards', async () => {
    const other = await signIn(emulator);
    const revoked = await other.token();
    await deliver(api.url, { type: 'session.revoked', data: { id: other.sessionId } });

    const kept: string[] = [];
    const writing = Array.from({ length: 300 }, async (_, index) => {
      const answer = await add(`${index}`).catch(() => null);
      if (answer?.status !== 201) return;
      kept.push(answer.json.id);
      if (kept.length === 100) void api.kill();
    });
    await Promise.all(writing);
    expect(kept.length).toBeGreaterThanOrEqual(100);
    expect(kept.length).toBeLessThan(300);

    await startAgain();
    const ids: string[] = [];
    for (const offset of [0, 100, 200])
      ids.push(
        ...(await list(`?limit=100&offset=${offset}`)).json.notes.map((note: { id: string }) => note.id),
      );
    expect(kept.filter((id) => !ids.includes(id))).toEqual([]);
    expect(refusal(await call(`${api.url}/me`, { token: revoked }))).toEqual([401, 'session-ended']);
    expect(refusal(await call(`${api.url}/notes`))).toEqual([401, 'signed-out']);
  });
});
