import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { ERROR_SENTENCES } from '../../packages/wxt-clerk/src/messages/message-error';
import { ADA, fakeBackground } from '../../packages/wxt-clerk/tests/support/fake-background';
import { fakeJwt } from '../../packages/wxt-clerk/tests/support/fake-jwt';
import { formatRemaining } from './remaining';
import { TokenDemo } from './TokenDemo';

afterEach(cleanup);

const seconds = Math.floor(Date.now() / 1000);
const token = fakeJwt({ sub: 'user_1', sid: ADA.sessionId, iat: seconds, exp: seconds + 60 });
const answer = { ok: true as const, value: { token, expiresAt: (seconds + 60) * 1000 } };

async function open(background: ReturnType<typeof fakeBackground>, user: typeof ADA | null) {
  await background.publish({ revision: 1, user });
  render(<TokenDemo />);
}

describe('the token demo', () => {
  test('shows the token, its claims and how long it is valid', async () => {
    await open(fakeBackground({ 'get-user': { ok: true, value: ADA }, 'get-token': answer }), ADA);
    await screen.findByText('Signed in as Ada Lovelace.');
    fireEvent.click(screen.getByText('Get a token'));
    expect((await screen.findByTestId('token')).textContent).toBe(token);
    expect(screen.getByText('user_1')).toBeTruthy();
    expect(document.querySelector('.countdown')?.textContent).toMatch(/^(1:00|0:5\d)$/);
  });

  test('says so when nobody is signed in', async () => {
    await open(
      fakeBackground({ 'get-user': { ok: true, value: null }, 'get-token': { ok: true, value: null } }),
      null,
    );
    fireEvent.click(screen.getByText('Get a token'));
    expect(await screen.findByText(/Nobody is signed in\./)).toBeTruthy();
    expect(screen.queryByTestId('token')).toBeNull();
  });

  test('takes the token away when the person signs out', async () => {
    const background = fakeBackground({ 'get-user': { ok: true, value: ADA }, 'get-token': answer });
    await open(background, ADA);
    await screen.findByText('Signed in as Ada Lovelace.');
    fireEvent.click(screen.getByText('Get a token'));
    await screen.findByTestId('token');
    await act(() => background.publish({ revision: 2, user: null }));
    expect(screen.queryByTestId('token')).toBeNull();
  });

  test('never shows one person’s token under another’s name', async () => {
    const background = fakeBackground({ 'get-user': { ok: true, value: ADA }, 'get-token': answer });
    await open(background, ADA);
    await screen.findByText('Signed in as Ada Lovelace.');
    fireEvent.click(screen.getByText('Get a token'));
    await screen.findByTestId('token');
    await act(() =>
      background.publish({ revision: 2, user: { ...ADA, sessionId: 'sess_2', firstName: 'Grace' } }),
    );
    expect(screen.queryByTestId('token')).toBeNull();
  });

  test('forgets that nobody was signed in when somebody is', async () => {
    const value = { ok: true as const, value: null };
    const background = fakeBackground({ 'get-user': value, 'get-token': value });
    await open(background, null);
    fireEvent.click(screen.getByText('Get a token'));
    await screen.findByText(/Nobody is signed in/);
    await act(() => background.publish({ revision: 2, user: ADA }));
    expect(screen.getByRole('status').textContent).toBe('Signed in as Ada Lovelace.');
  });

  test('says why there is no token', async () => {
    const error = { code: 'rate-limited' as const, message: '' };
    await open(
      fakeBackground({ 'get-user': { ok: true, value: ADA }, 'get-token': { ok: false, error } }),
      ADA,
    );
    fireEvent.click(screen.getByText('Get a token'));
    expect((await screen.findByRole('alert')).textContent).toContain(ERROR_SENTENCES['rate-limited']);
  });
});

test.each([
  [59, '0:59'],
  [5, '0:05'],
  [0, '0:00'],
  [725, '12:05'],
])('%i seconds read %s', (given, expected) => {
  expect(formatRemaining(given)).toBe(expected);
});
