import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ERROR_SENTENCES } from '../src/messages/message-error';
import { AccountCard, Action } from '../src/ui/AccountCard';
import { AccountPageContext } from '../src/ui/account-page';
import * as openPanel from '../src/ui/open-panel';
import type { Place } from '../src/ui/place';
import * as places from '../src/ui/place';
import { ADA, fakeBackground } from './support/fake-background';

let answers: Parameters<typeof fakeBackground>[0];
beforeEach(() => {
  answers = { 'get-user': () => new Promise<never>(() => {}), 'sign-out': { ok: true, value: null } };
});
afterEach(cleanup);

async function card(changes = {}, place: Place = 'panel', children?: React.ReactNode) {
  vi.spyOn(places, 'currentPlace').mockReturnValue(place);
  const background = fakeBackground(answers);
  await background.publish({ revision: 1, user: { ...ADA, ...changes } });
  const { container } = render(
    <AccountPageContext value={() => {}}>
      <AccountCard>{children}</AccountCard>
    </AccountPageContext>,
  );
  await act(async () => {});
  return { container, ...background };
}

describe('the account card', () => {
  test('says who is signed in', async () => {
    await card();
    expect(screen.getByText('Ada Lovelace')).toBeTruthy();
    expect(screen.getByText('ada@example.com')).toBeTruthy();
    expect(screen.getByText('AL')).toBeTruthy();
  });

  test('shows the person’s own picture', async () => {
    const { container } = await card({ imageUrl: 'https://img.clerk.com/ada' });
    expect(container.querySelector('img')?.getAttribute('src')).toBe('https://img.clerk.com/ada');
  });

  test('offers the panel in the popup, and not in the panel itself', async () => {
    await card({}, 'popup');
    expect(screen.getByText('Open side panel')).toBeTruthy();
    cleanup();
    await card({}, 'panel');
    expect(screen.queryByText('Open side panel')).toBeNull();
  });

  test('offers no panel in a browser that has none', async () => {
    vi.spyOn(openPanel, 'hasPanel').mockReturnValue(false);
    await card({}, 'popup');
    expect(screen.queryByText('Open side panel')).toBeNull();
  });

  test('takes the button away when the browser opens no panel after all', async () => {
    const refuse = async () => {
      throw new Error('No side panel for this window');
    };
    vi.spyOn(openPanel, 'preparePanel').mockResolvedValue(refuse);
    const close = vi.spyOn(window, 'close').mockReturnValue();
    await card({}, 'popup');
    await act(async () => {});
    fireEvent.click(screen.getByText('Open side panel'));
    await waitFor(() => expect(screen.queryByText('Open side panel')).toBeNull());
    expect(close).not.toHaveBeenCalled();
  });

  test('has room for the product’s own actions', async () => {
    const onClick = vi.fn();
    await card({}, 'panel', <Action label="All notes" onClick={onClick} />);
    fireEvent.click(screen.getByRole('button', { name: 'All notes' }));
    expect(onClick).toHaveBeenCalledOnce();
  });

  test('shows nothing while nobody is signed in', async () => {
    const { container, publish } = await card();
    await act(() => publish({ revision: 2, user: null }));
    expect(container.textContent).toBe('');
  });

  test('signs out, once per click', async () => {
    const { asked } = await card();
    fireEvent.click(screen.getByText('Sign out'));
    fireEvent.click(screen.getByText('Signing out…'));
    await waitFor(() => expect(asked).toEqual([{ type: 'get-user' }, { type: 'sign-out' }]));
  });

  test('says why a sign-out failed, and lets the person try again', async () => {
    answers['sign-out'] = { ok: false, error: { code: 'unavailable', message: '' } };
    await card();
    fireEvent.click(screen.getByText('Sign out'));
    expect((await screen.findByRole('alert')).textContent).toContain(ERROR_SENTENCES.unavailable);
    expect(screen.getByText('Sign out').closest('button')?.disabled).toBe(false);
  });
});
