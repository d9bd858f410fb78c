import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AccountPageContext, type OpenView } from '../src/ui/account-page';
import { UserButton } from '../src/ui/UserButton';
import { both, instanceIs } from './support/accounts';
import { ADA, fakeBackground } from './support/fake-background';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

async function header(
  published: Parameters<ReturnType<typeof fakeBackground>['publish']>[0],
  onOpen: OpenView | null = null,
) {
  const background = fakeBackground({
    'get-user': () => new Promise<never>(() => {}),
    'sign-out': { ok: true, value: null },
  });
  await background.publish(published);
  const { container } = render(
    <AccountPageContext value={onOpen}>
      <UserButton />
    </AccountPageContext>,
  );
  await act(async () => {});
  return { container, ...background };
}

const button = () => screen.getByRole('button', { name: 'Account of Ada Lovelace' });
const open = async () => {
  fireEvent.click(button());
  await screen.findByRole('menu');
};
const labels = () =>
  screen.getAllByRole('menuitem').map((item) => item.getAttribute('aria-label') ?? item.textContent);

describe('the picture in a page’s own header', () => {
  test('is a button that says whose it is and whether it is open', async () => {
    await header({ revision: 1, user: ADA });
    expect(button().textContent).toBe('AL');
    expect(button().getAttribute('aria-haspopup')).toBe('menu');
    expect(button().getAttribute('aria-expanded')).toBe('false');
    await open();
    expect(button().getAttribute('aria-expanded')).toBe('true');
    fireEvent.click(button());
    expect(screen.queryByRole('menu')).toBeNull();
  });

  test('signs out the only account', async () => {
    const { asked } = await header({ revision: 1, user: ADA });
    await open();
    expect(labels()).toEqual(['Sign out']);
    fireEvent.click(screen.getByText('Sign out'));
    await waitFor(() => expect(asked).toContainEqual({ type: 'sign-out' }));
  });

  test('leads to Clerk’s account page inside of an AuthScreen', async () => {
    const onOpen = vi.fn();
    await header({ revision: 1, user: ADA }, onOpen);
    await open();
    fireEvent.click(screen.getByRole('menuitem', { name: 'Manage account' }));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith('account');
    expect(screen.queryByRole('menu')).toBeNull();
  });

  test('has all accounts, and the way to one more', async () => {
    instanceIs({ isMultiSession: true });
    await header(both(), () => {});
    await open();
    expect(labels()).toEqual([
      'Sign out Ada Lovelace',
      'Sign out Grace Hopper',
      'Manage account',
      'Add account',
      'Sign out of all accounts',
    ]);
    expect(screen.getAllByRole('menuitemradio')).toHaveLength(2);
  });

  test('is gone while nobody is signed in', async () => {
    const { container, publish } = await header({ revision: 1, user: ADA });
    await act(() => publish({ revision: 2, user: null }));
    expect(container.textContent).toBe('');
  });
});
