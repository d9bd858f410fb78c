import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ERROR_SENTENCES, MessageError } from '../src/messages/message-error';
import { ErrorNotice } from '../src/ui/ErrorNotice';
import { accountCard } from './support/account-card';
import { anotherInstanceIs, both, GRACE, instanceIs } from './support/accounts';
import { ADA, type fakeBackground } from './support/fake-background';
import { sessionOf } from './support/sessions';

let answers: Parameters<typeof fakeBackground>[0];
const done = { ok: true as const, value: null };

beforeEach(() => {
  localStorage.clear();
  answers = { 'get-user': () => new Promise<never>(() => {}), 'set-active': done, 'sign-out': done };
});
afterEach(cleanup);

const card = (published: Parameters<typeof accountCard>[1]) => accountCard(answers, published);

const head = () => screen.getByRole('button', { name: /Ada Lovelace|Grace Hopper/ });
const items = () =>
  [...screen.getByRole('menu').querySelectorAll('[role^="menuitem"]')].map(
    (item) => item.getAttribute('aria-label') ?? item.querySelector('.wxt-clerk-menu-text')?.textContent,
  );
const press = (key: string) => fireEvent.keyDown(document.activeElement as Element, { key });
const focused = () =>
  document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;

async function openMenu(published: Parameters<typeof card>[0]) {
  const opened = await card(published);
  fireEvent.click(head());
  await screen.findByRole('menu');
  return opened;
}

describe('on an instance of one account', () => {
  test('nothing of the list is shown, nor where it is not known that there may be several', async () => {
    await card({ revision: 1, user: ADA });
    expect(screen.queryByRole('button', { name: /Ada Lovelace/ })).toBeNull();
    cleanup();
    anotherInstanceIs({ isMultiSession: true });
    await card({ revision: 1, user: ADA });
    expect(screen.queryByRole('button', { name: /Ada Lovelace/ })).toBeNull();
  });

  test('it appears as soon as a page learns that there may be several', async () => {
    await card({ revision: 1, user: ADA });
    act(() => instanceIs({ isMultiSession: true }));
    expect(head().getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(head());
    await screen.findByRole('menu');
    expect(items()).toEqual(['Ada Lovelaceada@example.com', 'Add account']);
  });
});

describe('the list of accounts', () => {
  test('has each account with its way out, and the active one checked', async () => {
    instanceIs({ isMultiSession: true });
    await openMenu(both());
    expect(items()).toEqual([
      'Ada Lovelaceada@example.com',
      'Sign out Ada Lovelace',
      'Grace Hoppergrace@example.com',
      'Sign out Grace Hopper',
      'Add account',
      'Sign out of all accounts',
    ]);
    expect(screen.getByRole('menuitemradio', { checked: true }).textContent).toContain('Ada');
  });

  test('shows what little is known of an account whose person is not', async () => {
    const publicUserData = {
      userId: 'user_2',
      firstName: null,
      lastName: null,
      imageUrl: 'https://img.clerk.com/drawn',
      hasImage: false,
      identifier: 'grace',
    };
    const unknown = sessionOf(GRACE, { user: null, publicUserData });
    await openMenu({ revision: 1, user: ADA, sessions: [sessionOf(ADA), unknown] });
    expect(items()).toContain('grace');
    expect(screen.getByRole('menu').querySelector('img')).toBeNull();
  });

  test('makes another account the active one, and closes', async () => {
    const { asked, publish } = await openMenu(both());
    fireEvent.click(screen.getByText('Grace Hopper'));
    await waitFor(() => expect(asked).toContainEqual({ type: 'set-active', sessionId: 'sess_2' }));
    await act(() => publish(both(GRACE, 2)));
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(head());
    expect(head().textContent).toContain('Grace Hopper');
  });

  test('closes when the active account is chosen again', async () => {
    const { asked } = await openMenu(both());
    fireEvent.click(screen.getByRole('menuitemradio', { checked: true }));
    expect(screen.queryByRole('menu')).toBeNull();
    expect(asked).toEqual([{ type: 'get-user' }]);
  });

  test('signs one account out by its name, and goes on with those that are left', async () => {
    const { asked, publish } = await openMenu(both());
    fireEvent.click(screen.getByRole('menuitem', { name: 'Sign out Grace Hopper' }));
    await waitFor(() => expect(asked).toContainEqual({ type: 'sign-out', sessionId: 'sess_2' }));
    await act(() => publish({ revision: 2, user: ADA }));
    expect(screen.queryByText('Grace Hopper')).toBeNull();
    expect(screen.queryByRole('button', { name: /Ada Lovelace/ })).toBeNull();
  });

  test('signs all of them out at once', async () => {
    const { asked } = await openMenu(both());
    fireEvent.click(screen.getByText('Sign out of all accounts'));
    await waitFor(() => expect(asked).toContainEqual({ type: 'sign-out' }));
  });

  test('opens the form for a further account', async () => {
    instanceIs({ isMultiSession: true });
    const { onOpen } = await openMenu(both());
    fireEvent.click(screen.getByRole('menuitem', { name: 'Add account' }));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith('add-account');
    expect(screen.queryByRole('menu')).toBeNull();
  });

  test('says why a change failed, and tries the same again', async () => {
    answers['set-active'] = { ok: false, error: { code: 'unavailable', message: '' } };
    const { asked } = await openMenu(both());
    fireEvent.click(screen.getByText('Grace Hopper'));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain(ERROR_SENTENCES.unavailable);
    answers['set-active'] = done;
    fireEvent.click(screen.getByText('Try again'));
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    expect(screen.queryByRole('alert')).toBeNull();
    expect(asked.slice(1)).toEqual(Array(2).fill({ type: 'set-active', sessionId: 'sess_2' }));
  });

  test('asks for one thing at a time', async () => {
    answers['set-active'] = () => new Promise<never>(() => {});
    const { asked } = await openMenu(both());
    fireEvent.click(screen.getByText('Grace Hopper'));
    fireEvent.click(screen.getByText('Sign out of all accounts'));
    await act(async () => {});
    expect(asked).toHaveLength(2);
    expect(screen.getByRole('menu').getAttribute('aria-busy')).toBe('true');
  });
});

test('the card’s own button signs out the account that it shows, and no other', async () => {
  const { asked, publish } = await card(both());
  fireEvent.click(screen.getByRole('button', { name: 'Sign out' }));
  await waitFor(() => expect(asked).toContainEqual({ type: 'sign-out', sessionId: 'sess_1' }));
  await act(() => publish({ revision: 2, user: GRACE }));
  expect((screen.getByText('Sign out').closest('button') as HTMLButtonElement).disabled).toBe(false);
});

test.each([
  ['of several accounts only the blocked one', both(), { sessionId: 'sess_1' }],
  ['the only one with all that belongs to it', { revision: 1, user: ADA }, {}],
])('“Use another account” signs out %s', async (_, published, options) => {
  const { asked } = await card(published);
  render(<ErrorNotice error={new MessageError('account-blocked')} />);
  fireEvent.click(screen.getByText('Use another account'));
  await waitFor(() => expect(asked).toContainEqual({ type: 'sign-out', ...options }));
});

describe('by keyboard alone', () => {
  test('the list opens at the active account and is left with the focus where it was', async () => {
    await card(both(GRACE));
    head().focus();
    press('ArrowDown');
    await screen.findByRole('menu');
    expect(focused()).toContain('Grace Hopper');
    const key = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
    act(() => void document.activeElement?.dispatchEvent(key));
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(head());
    expect(key.defaultPrevented, 'it would close the popup').toBe(true);
  });

  test('arrows lead from account to account, and to the way out of each', async () => {
    instanceIs({ isMultiSession: true });
    await openMenu(both());
    const path = [
      'ArrowDown',
      'ArrowRight',
      'ArrowLeft',
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
      'ArrowUp',
      'Home',
      'End',
    ];
    const stops = path.map((key) => {
      press(key);
      return focused();
    });
    const [ada, grace] = ['Ada Lovelace', 'Grace Hopper'].map((name) => expect.stringContaining(name));
    const all = 'Sign out of all accounts';
    expect(stops).toEqual([grace, 'Sign out Grace Hopper', grace, 'Add account', all, ada, all, ada, all]);
  });

  test('Tab goes on behind the button, and any other key stays', async () => {
    await openMenu(both());
    press('x');
    expect(screen.getByRole('menu')).toBeTruthy();
    press('Tab');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(head());
  });
});

test('the focus elsewhere closes the list, and stays there', async () => {
  answers['set-active'] = { ok: false, error: { code: 'unavailable', message: '' } };
  await openMenu(both());
  fireEvent.click(screen.getByText('Grace Hopper'));
  const again = await screen.findByText('Try again');
  act(() => again.focus());
  expect(screen.getByRole('menu')).toBeTruthy();
  const after = screen.getByRole('button', { name: 'Sign out' });
  act(() => after.focus());
  expect(screen.queryByRole('menu')).toBeNull();
  expect(document.activeElement).toBe(after);
});

test.each([false, true])(
  'the focus stays in the card when one of two is signed out',
  async (isMultiSession) => {
    instanceIs({ isMultiSession });
    const { publish } = await openMenu(both());
    const signOut = screen.getByRole('menuitem', { name: 'Sign out Grace Hopper' });
    signOut.focus();
    fireEvent.click(signOut);
    await act(() => publish({ revision: 2, user: ADA }));
    const next = isMultiSession
      ? screen.getByRole('menuitemradio')
      : screen.getByText('Manage account').closest('button');
    expect(document.activeElement).toBe(next);
  },
);

test('a click elsewhere closes the list, and leaves the focus alone', async () => {
  await openMenu(both());
  fireEvent.pointerDown(screen.getByRole('menu'));
  expect(screen.getByRole('menu')).toBeTruthy();
  fireEvent.pointerDown(document.body);
  expect(screen.queryByRole('menu')).toBeNull();
});
