// @vitest-environment node
import { PERMISSIVE_SETTINGS } from 'clerk-emulator';
import { emulator, withEmulator } from 'clerk-emulator/vitest';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { FetchApi } from 'wxt-clerk/client';
import { createApi, RefusedError } from '../extension/api.ts';
import { call } from './support/call.ts';
import { api as server, withApi } from './support/fixture.ts';
import { type Person, signIn } from './support/people.ts';

withEmulator({ settings: { ...PERMISSIVE_SETTINGS, organizations: true } });
withApi(() => ({ CLERK_SECRET_KEY: emulator.secretKey, CLERK_API_URL: emulator.apiUrl }));

/** `fetchApi` without a browser: the same answers, held against the same schemas. */
function fetchAs(person: Person, organizationId?: string): FetchApi {
  const ask = async (path: string, options: Parameters<FetchApi>[1] & { schema?: v.GenericSchema } = {}) => {
    const token = await person.token(organizationId === undefined ? {} : { organizationId });
    const { method = 'GET', body, schema } = options;
    const json = body === undefined ? {} : { json: body };
    const { status, json: answer, text } = await call(`${server.url}${path}`, { method, token, ...json });
    const ok = status < 300;
    return { status, ok, headers: {}, body: ok && schema ? v.parse(schema, answer) : (answer ?? text) };
  };
  return ask as unknown as FetchApi;
}

async function callerIn(organizationId?: string) {
  const person = await signIn(emulator);
  const { sessionId, userId } = person;
  return {
    person,
    sessionId,
    userId,
    api: createApi(fetchAs(person, organizationId), { sessionId, orgId: organizationId }),
  };
}

test('each route answers in the type that the extension has for it', async () => {
  const { api, userId, sessionId } = await callerIn();
  expect(await api.home()).toEqual({ name: 'api', signedIn: true });
  expect(await api.me()).toEqual({ userId, sessionId, orgId: null });
  expect(await api.lastActive()).toEqual({ userId, sessionId });
  expect(await api.live()).toMatchObject({ userId, sessionId, status: 'active' });
  expect(await api.setTheme('dark')).toEqual({ publicMetadata: { theme: 'dark' } });
  expect(await api.profile()).toMatchObject({ userId, firstName: 'Ada', publicMetadata: { theme: 'dark' } });

  const note = await api.addNote('Looms');
  await api.addNote('Bernoulli');
  expect(await api.listNotes({ limit: 1, offset: 1 })).toEqual({ notes: [note], total: 2 });
  await api.removeNote(note.id);
  await emulator.control.updateUser(userId, { plan: 'pro', features: ['export'] });
  expect(await api.exportNotes()).toContain('Bernoulli');
  expect(await api.removeAllNotes()).toMatchObject({ ok: true, body: { deleted: 1 } });
});

test('an organization has its own notes, and answers its admins', async () => {
  const { organizationId } = emulator.seededOrganizations[0];
  const { api, userId } = await callerIn(organizationId);
  await api.addNote('ours');
  expect(await api.listNotes()).toMatchObject({ notes: [{ text: 'ours' }], total: 1 });
  expect(await api.admin()).toEqual({ userId, orgId: organizationId, orgRole: 'org:admin', notes: 1 });
  const { people, total } = await api.listPeople({ limit: 1 });
  expect([people.length, total]).toEqual([1, 2]);
});

test('a request names the session that the page shows: a token of another is refused', async () => {
  const { person } = await callerIn();
  const other = await signIn(emulator, emulator.seededPeople[1]);
  const api = createApi(fetchAs(person), { sessionId: other.sessionId, orgId: null });
  const refused = await Promise.allSettled([
    api.me(),
    api.addNote('a'),
    api.setTheme('dark'),
    api.removeNote('a'),
  ]);
  for (const result of refused)
    expect(result).toMatchObject({ status: 'rejected', reason: expect.any(RefusedError) });
  expect(await api.lastActive()).toEqual({ userId: person.userId, sessionId: person.sessionId });
});
