import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { ADA, fakeBackground } from '../../../packages/wxt-clerk/tests/support/fake-background';
import { memberOf } from '../../../packages/wxt-clerk/tests/support/sessions';
import { HomeSection } from '../extension/HomeSection';
import Notes from '../extension/Notes';
import type { Note } from '../extension/notes-api';

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

/** The section over an API that keeps what it is told, unless `refuse` answers in its place. */
async function open(user: typeof ADA, refuse: (asked: Asked) => object | undefined = () => undefined) {
  let notes = [noteOf('Bernoulli')];
  const calls: string[] = [];
  const answer = (status: number, body: unknown) => ({
    ok: true as const,
    value: { status, headers: {}, body },
  });
  const background = fakeBackground({
    'get-user': { ok: true, value: user },
    'fetch-api': (message) => {
      const asked = message as Asked;
      calls.push(`${asked.method} ${asked.url}`);
      const refused = refuse(asked);
      if (refused) return refused as ReturnType<typeof answer>;
      if (asked.url === '/admin') return answer(200, { notes: notes.length });
      if (asked.method === 'POST') notes = [noteOf(asked.body?.text ?? ''), ...notes];
      if (asked.method === 'POST') return answer(201, notes[0]);
      if (asked.method === 'DELETE') notes = notes.filter(({ id }) => !asked.url.endsWith(id));
      if (asked.method === 'DELETE') return answer(200, {});
      return answer(200, { notes, total: notes.length });
    },
  });
  await background.publish({ revision: 1, user });
  render(<Notes />);
  await act(async () => {});
  return { ...background, calls };
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
    expect(calls).toEqual(['GET /org/notes?limit=20']);
    expect(screen.queryByRole('button', { name: /Bernoulli/ })).toBeNull();
    expect(screen.queryByText(/Notes in this organization/)).toBeNull();
    const admin = { ...memberOf(ADA, 'org:admin'), organizationPermissions: ['org:notes:delete'] };
    await act(() => publish({ revision: 2, user: admin }));
    await screen.findByText(/Notes in this organization: 1/);
    expect(screen.queryByRole('button', { name: /Bernoulli/ })).not.toBeNull();
  });
});
