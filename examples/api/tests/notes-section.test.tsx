import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { ADA, fakeBackground } from '../../../packages/wxt-clerk/tests/support/fake-background';
import { keepTokens, memberOf } from '../../../packages/wxt-clerk/tests/support/sessions';
import type { Note } from '../extension/answers';
import HomeSection from '../extension/HomeSection';
import Notes from '../extension/Notes';

afterEach(cleanup);

const noteOf = (text: string): Note => ({
  id: `note_${text}`,
  text,
  createdAt: 0,
  author: { userId: 'user_1', name: null },
});

interface Asked {
  url: string;
  method: string;
  body?: { text: string };
}

type Answer = ReturnType<typeof answer>;

const answer = (status: number, body: unknown) => ({
  ok: true as const,
  value: { status, headers: {}, body },
});
const ADMIN = (notes: number) => ({ userId: 'user_1', orgId: 'org_1', orgRole: 'org:admin', notes });
const OFFLINE = { ok: false, error: { code: 'offline', message: '', sent: 'no' } };

/** The section over an API that keeps what it is told, unless `refuse` answers in its place. */
async function open(user: typeof ADA, refuse: (asked: Asked) => object | undefined = () => undefined) {
  let notes = [noteOf('Bernoulli')];
  const calls: string[] = [];
  const queries: object[] = [];
  const background = fakeBackground({
    'get-user': { ok: true, value: user },
    'fetch-api': (message) => {
      const asked = message as Asked;
      const [path = '', query] = asked.url.split('?');
      calls.push(`${asked.method} ${path}`);
      queries.push(Object.fromEntries(new URLSearchParams(query)));
      const refused = refuse(asked);
      if (refused) return refused as Answer | Promise<Answer>;
      if (path === '/admin') return answer(200, ADMIN(notes.length));
      if (asked.method === 'POST') notes = [noteOf(asked.body?.text ?? ''), ...notes];
      if (asked.method === 'POST') return answer(201, notes[0]);
      if (asked.method === 'DELETE') notes = notes.filter(({ id }) => !path.endsWith(id));
      if (asked.method === 'DELETE') return answer(200, {});
      return answer(200, { notes, total: notes.length });
    },
  });
  await background.publish({ revision: 1, user });
  render(<Notes />);
  await act(async () => {});
  return { ...background, calls, queries };
}

const write = async (text: string) => {
  fireEvent.change(screen.getByRole('textbox', { name: 'New note' }), { target: { value: text } });
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Add' })));
};
const listed = () => screen.queryAllByRole('listitem').map((item) => item.querySelector('span')?.textContent);
const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'New note' }).value;

describe('the notes in popup and panel', () => {
  test('are not there where the build names no API', () => {
    fakeBackground({});
    render(<HomeSection />);
    expect(document.body.textContent).toBe('');
  });

  test('are the person’s own, as the API has them after each change', async () => {
    const { calls } = await open(ADA);
    await screen.findByText('Bernoulli');
    await write('Looms');
    expect(listed()).toEqual(['Looms', 'Bernoulli']);
    expect(field()).toBe('');
    await act(async () => fireEvent.click(screen.getByRole('button', { name: /Bernoulli/ })));
    expect(listed()).toEqual(['Looms']);
    expect(calls.filter((call) => !call.startsWith('GET'))).toEqual([
      'POST /notes',
      'DELETE /notes/note_Bernoulli',
    ]);
  });

  test('keep what was typed when it may not have been sent, and say so', async () => {
    await open(ADA, ({ method }) =>
      method === 'POST'
        ? { ok: false, error: { code: 'api-unavailable', message: '', sent: 'maybe' } }
        : undefined,
    );
    await write('Looms');
    expect(field()).toBe('Looms');
    expect(screen.getByRole('alert').textContent).toBeTruthy();
    screen.getByText(/may have arrived/);
  });

  test('send nothing twice: what was kept is no more in the field, though the list cannot be had', async () => {
    let isOffline = false;
    const { calls } = await open(ADA, ({ method }) => {
      if (method === 'GET') return isOffline ? OFFLINE : undefined;
      isOffline = true;
    });
    await write('Looms');
    expect(field()).toBe('');
    expect(screen.getByRole('alert').textContent).toBeTruthy();
    isOffline = false;
    await act(async () => fireEvent.click(screen.getByRole('button', { name: /Try again/ })));
    expect(listed()).toEqual(['Looms', 'Bernoulli']);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(calls.filter((call) => call.startsWith('POST'))).toHaveLength(1);
  });

  test('have kept what was sent while another organization was chosen', async () => {
    const { promise, resolve } = Promise.withResolvers<object>();
    const { publish } = await open(ADA, ({ method }) => (method === 'POST' ? promise : undefined));
    await write('Looms');
    await act(() => publish({ revision: 2, user: memberOf(ADA, 'org:member') }));
    await act(async () => resolve(answer(201, noteOf('Looms'))));
    expect(field()).toBe('');
    expect(listed()).toEqual(['Bernoulli']);
  });

  test('say which session they are of, with every request', async () => {
    const { queries } = await open(ADA);
    await write('Looms');
    expect(queries.length).toBeGreaterThan(2);
    for (const query of queries) expect(query).toMatchObject({ _clerk_session_id: ADA.sessionId });
  });

  test('say what the export says when it refuses', async () => {
    await open(ADA);
    await act(() => keepTokens([{ sessionId: ADA.sessionId, claims: { fea: 'u:export' } }]));
    await write('Looms');
    const button = await screen.findByRole('button', { name: 'Export' });
    await act(async () => fireEvent.click(button));
    expect((await screen.findByRole('alert')).textContent).toBeTruthy();
    expect(screen.queryByText(/may have arrived/)).toBeNull();
  });

  test('say what the API says when it refuses', async () => {
    await open(ADA, ({ method }) =>
      method === 'POST'
        ? {
            ok: true,
            value: { status: 400, headers: {}, body: { error: { code: 'x', message: 'Too long.' } } },
          }
        : undefined,
    );
    await write('Looms');
    expect(screen.getByRole('alert').textContent).toBe('Too long.');
  });

  test('of an organization are for its members, and what its admins may is theirs alone', async () => {
    const { calls, publish } = await open(memberOf(ADA, 'org:member'));
    await screen.findByText('Bernoulli');
    expect(calls).toEqual(['GET /org/notes']);
    expect(screen.queryByRole('button', { name: /Bernoulli/ })).toBeNull();
    expect(screen.queryByText(/Notes in this organization/)).toBeNull();
    const admin = { ...memberOf(ADA, 'org:admin'), organizationPermissions: ['org:notes:delete'] };
    await act(() => publish({ revision: 2, user: admin }));
    await screen.findByText(/Notes in this organization: 1/);
    expect(screen.queryByRole('button', { name: /Bernoulli/ })).not.toBeNull();
  });
});
