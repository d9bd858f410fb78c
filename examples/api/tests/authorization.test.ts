// @vitest-environment node
import { PERMISSIVE_SETTINGS } from 'clerk-emulator';
import { emulator, withEmulator } from 'clerk-emulator/vitest';
import { describe, expect, it } from 'vitest';
import { call, refusal } from './support/call.ts';
import { api, person, withApi } from './support/fixture.ts';
import { signIn } from './support/people.ts';

withEmulator({
  settings: {
    ...PERMISSIVE_SETTINGS,
    organizations: true,
    organizationRoles: [{ key: 'org:admin', permissions: ['org:notes:delete'] }],
  },
});
withApi();

/** The seeded user is an admin of the first organization and a member of the second; Charles is a member of the first. */
const organizationId = () => emulator.seededOrganizations[0].organizationId;
const asAdmin = () => person.token({ organizationId: organizationId() });
const asMember = () => person.token({ organizationId: emulator.seededOrganizations[1].organizationId });
const signInCharles = () => signIn(emulator, emulator.seededPeople[1]);

describe('the notes of an organization', () => {
  it('are its members’, and who has the permission deletes them', async () => {
    // A permission counts where the organization’s plan has its feature.
    await emulator.control.updateOrganization(organizationId(), { features: ['notes'] });
    const charles = await signInCharles();
    const member = await charles.token({ organizationId: organizationId() });
    const note = await call(`${api.url}/org/notes`, { token: member, json: { text: 'ours' } });
    expect(note.status).toBe(201);
    const path = `${api.url}/org/notes/${note.json.id}`;

    const admin = await asAdmin();
    expect((await call(`${api.url}/org/notes`, { token: admin })).json).toEqual({
      notes: [note.json],
      total: 1,
    });
    expect(refusal(await call(path, { token: member, method: 'DELETE' }))).toEqual([
      403,
      'permission-needed',
    ]);
    expect((await call(path, { token: admin, method: 'DELETE' })).json).toEqual({
      id: note.json.id,
      deleted: true,
    });
  });

  it('are no other organization’s and nobody’s own', async () => {
    const admin = await asAdmin();
    const note = (await call(`${api.url}/org/notes`, { token: admin, json: { text: 'theirs' } })).json;
    const others = (await call(`${api.url}/org/notes`, { token: await asMember() })).json;
    expect(others).toEqual({ notes: [], total: 0 });
    expect((await call(`${api.url}/notes`, { token: admin })).json.total).toBe(0);
    const attempt = await call(`${api.url}/notes/${note.id}`, { token: admin, method: 'DELETE' });
    expect(refusal(attempt)).toEqual([404, 'note-not-found']);
  });

  it('need an organization', async () => {
    const token = await person.token();
    expect(refusal(await call(`${api.url}/org/notes`, { token }))).toEqual([403, 'organization-needed']);
    expect(refusal(await call(`${api.url}/admin`, { token }))).toEqual([403, 'organization-needed']);
  });
});

describe('for admins', () => {
  it('is what the role org:admin opens, and a change of the role closes', async () => {
    const { json } = await call(`${api.url}/admin`, { token: await asAdmin() });
    expect(json).toMatchObject({
      userId: person.userId,
      orgId: organizationId(),
      orgRole: 'org:admin',
      notes: expect.any(Number),
    });
    await emulator.control.setMembership(organizationId(), { userId: person.userId, role: 'org:member' });
    expect(refusal(await call(`${api.url}/admin`, { token: await asAdmin() }))).toEqual([403, 'role-needed']);
  });

  it('is nothing for members', async () => {
    const token = await asMember();
    expect(refusal(await call(`${api.url}/admin`, { token }))).toEqual([403, 'role-needed']);
    expect(refusal(await call(`${api.url}/admin/people`, { token }))).toEqual([403, 'role-needed']);
  });
});

describe('a feature', () => {
  const exportNotes = async () => call(`${api.url}/notes/export`, { token: await person.token() });

  it('of the person’s plan opens its route', async () => {
    expect(refusal(await exportNotes())).toEqual([403, 'feature-needed']);
    await emulator.control.updateUser(person.userId, { plan: 'pro', features: ['export'] });
    const token = await person.token();
    const note = (await call(`${api.url}/notes`, { token, json: { text: 'one\ntwo' } })).json;
    const answer = await exportNotes();
    expect([answer.status, answer.text]).toEqual([200, `${JSON.stringify(note)}\n`]);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="?notes.jsonl"?$/);
  });
});

describe('a recent verification', () => {
  const deleteAll = (token: string) => call(`${api.url}/notes`, { token, method: 'DELETE' });

  it('of the last ten minutes is asked for, in the words that Clerk’s pages know', async () => {
    await emulator.control.configure({ clockOffsetSeconds: -11 * 60 });
    const early = await signIn(emulator);
    await emulator.control.configure({ clockOffsetSeconds: 0 });
    const token = await early.token();
    await call(`${api.url}/notes`, { token, json: { text: 'stays for now' } });

    const { status, json } = await deleteAll(token);
    expect([status, json]).toEqual([
      403,
      {
        clerk_error: {
          type: 'forbidden',
          reason: 'reverification-error',
          metadata: { reverification: 'strict' },
        },
      },
    ]);
    expect((await call(`${api.url}/notes`, { token })).json.total).toBeGreaterThan(0);
    expect((await deleteAll(await person.token())).json.deleted).toBeGreaterThan(0);
    expect((await call(`${api.url}/notes`, { token })).json.total).toBe(0);
  });
});
