import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MessageError } from '../src/messages/message-error';
import { PinnedSession } from '../src/react/index';
import { AuthScreen } from '../src/ui/AuthScreen';
import { keepVisit } from '../src/ui/account-page';
import { startAtRoute } from '../src/ui/clerk/route';
import { ErrorNotice } from '../src/ui/ErrorNotice';
import { UserButton } from '../src/ui/UserButton';
import { both, GRACE, instanceIs } from './support/accounts';
import { ADA, fakeBackground } from './support/fake-background';
import { memberOf, sessionOf } from './support/sessions';

// In the place of Clerk.
vi.mock('../src/ui/clerk/ClerkScreen', () => ({
  mountClerk: async (element: HTMLElement) => {
    element.innerHTML = '<button data-testid="clerk"></button>';
  },
}));

const done = { ok: true as const, value: null };
beforeEach(() => {
  localStorage.clear();
  instanceIs({ isMultiSession: true, hasOrganizations: true });
});
afterEach(cleanup);

/** A window of Grace's, whoever is active. */
async function pinned(
  published: Parameters<ReturnType<typeof fakeBackground>['publish']>[0],
  page: React.ReactNode = <AuthScreen />,
) {
  const background = fakeBackground({
    'get-user': () => new Promise<never>(() => {}),
    'set-active': done,
    'sign-out': done,
    'list-organizations': { ok: true, value: [{ organization: { id: 'org_1' } }] },
  });
  await background.publish(published);
  render(<PinnedSession sessionId={GRACE.sessionId}>{page}</PinnedSession>);
  await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
  return background;
}

describe('a window of one account, while another one is active', () => {
  test('offers nothing of Clerk’s, which has the active one', async () => {
    await pinned(both());
    expect(screen.getByText('Grace Hopper')).toBeTruthy();
    for (const text of ['Manage account', 'Personal account', 'Add account'])
      expect(screen.queryByText(text), text).toBeNull();
  });

  test('asks for the organizations of its own account', async () => {
    const { asked } = await pinned(both());
    expect(asked).toContainEqual({ type: 'list-organizations', sessionId: 'sess_2' });
  });

  test('signs out its own account, and no other', async () => {
    const { asked } = await pinned(both());
    fireEvent.click(screen.getByText('Sign out'));
    await waitFor(() => expect(asked).toContainEqual({ type: 'sign-out', sessionId: 'sess_2' }));
  });

  test('lists its own account alone, with its way out', async () => {
    const { asked } = await pinned(both(), <UserButton />);
    fireEvent.click(screen.getByRole('button', { name: 'Account of Grace Hopper' }));
    const menu = await screen.findByRole('menu');
    expect([...menu.querySelectorAll('button')].map((item) => item.textContent)).toEqual([
      expect.stringContaining('Grace Hopper'),
      'Sign out',
    ]);
    fireEvent.click(screen.getByRole('menuitem', { name: 'Sign out' }));
    await waitFor(() => expect(asked).toContainEqual({ type: 'sign-out', sessionId: 'sess_2' }));
  });

  test('signs out its own account when that is blocked', async () => {
    const { asked } = await pinned(both(), <ErrorNotice error={new MessageError('account-blocked')} />);
    fireEvent.click(screen.getByText('Use another account'));
    await waitFor(() => expect(asked).toContainEqual({ type: 'sign-out', sessionId: 'sess_2' }));
  });

  test('says that its account is signed out, in the place of Clerk’s form', async () => {
    await pinned({ revision: 1, user: ADA });
    expect(screen.getByText('This account is signed out.')).toBeTruthy();
    expect(screen.queryByTestId('clerk')).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('has no form for a task of its account, which only the active one can do', async () => {
    const task = { ...GRACE, status: 'pending' as const, currentTask: { key: 'setup-mfa' } };
    await pinned({ revision: 1, user: ADA, sessions: [sessionOf(ADA), sessionOf(task)] });
    expect(screen.getByText('This account is signed out.')).toBeTruthy();
    expect(screen.queryByTestId('clerk')).toBeNull();
  });

  test('leaves alone what the active one has begun', async () => {
    startAtRoute('/security');
    keepVisit(ADA.userId);
    const kept = localStorage.getItem('wxt-clerk-account');
    await pinned(both());
    expect(localStorage.getItem('wxt-clerk-account')).toBe(kept);
    cleanup();
    keepVisit(GRACE.userId);
    await pinned(both());
    expect(screen.queryByTestId('clerk'), 'nor begins anything').toBeNull();
  });

  test('closes Clerk’s view as soon as it is another account’s', async () => {
    const { publish } = await pinned(both(GRACE));
    fireEvent.click(screen.getByText('Manage account'));
    expect(await screen.findByTestId('clerk')).toBeTruthy();
    await act(() => publish(both(ADA, 2)));
    expect(screen.queryByTestId('clerk')).toBeNull();
    await act(() => publish(both(GRACE, 3)));
    expect(screen.queryByTestId('clerk')).toBeNull();
  });
});

test('a window of the active account has all of Clerk’s', async () => {
  await pinned(both(memberOf(GRACE, 'org:lead')), <AuthScreen />);
  for (const text of ['Manage account', 'Engines']) expect(screen.getByText(text), text).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: /Grace Hopper/ }));
  await screen.findByRole('menu');
  expect(screen.getByRole('menuitem', { name: 'Add account' })).toBeTruthy();
  expect(screen.queryByText('Ada Lovelace')).toBeNull();
});

test('a window of one account has Clerk’s form while nobody is active', async () => {
  await pinned({ revision: 1, user: null });
  expect(await screen.findByTestId('clerk')).toBeTruthy();
});
