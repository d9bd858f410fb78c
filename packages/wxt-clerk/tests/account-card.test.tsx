import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { ERROR_SENTENCES } from '../src/messages/message-error';
import { AccountCard } from '../src/ui/AccountCard';
import * as openPanel from '../src/ui/open-panel';
import { ADA, fakeBackground } from './support/fake-background';

beforeEach(() => void fakeBackground({ 'sign-out': { ok: true, value: null } }));
afterEach(cleanup);

const card = (changes = {}, place: 'popup' | 'panel' = 'panel') =>
  render(<AccountCard user={{ ...ADA, ...changes }} place={place} onManageAccount={() => {}} />);

describe('the account card', () => {
  test('says who is signed in', () => {
    card();
    expect(screen.getByText('Ada Lovelace')).toBeTruthy();
    expect(screen.getByText('ada@example.com')).toBeTruthy();
    expect(screen.getByText('AL')).toBeTruthy();
  });

  test('shows the person’s own picture', () => {
    const { container } = card({ imageUrl: 'https://img.clerk.com/ada' });
    expect(container.querySelector('img')?.getAttribute('src')).toBe('https://img.clerk.com/ada');
  });

  test('offers the panel in the popup, and not in the panel itself', () => {
    card({}, 'popup');
    expect(screen.getByText('Open side panel')).toBeTruthy();
    cleanup();
    card({}, 'panel');
    expect(screen.queryByText('Open side panel')).toBeNull();
  });

  test('offers no panel in a browser that has none', () => {
    vi.spyOn(openPanel, 'hasPanel').mockReturnValue(false);
    card({}, 'popup');
    expect(screen.queryByText('Open side panel')).toBeNull();
  });

  test('takes the button away when the browser opens no panel after all', async () => {
    const refuse = async () => {
      throw new Error('No side panel for this window');
    };
    vi.spyOn(openPanel, 'preparePanel').mockResolvedValue(refuse);
    const close = vi.spyOn(window, 'close').mockReturnValue();
    card({}, 'popup');
    await act(async () => {});
    fireEvent.click(screen.getByText('Open side panel'));
    await waitFor(() => expect(screen.queryByText('Open side panel')).toBeNull());
    expect(close).not.toHaveBeenCalled();
  });

  test('opens the token demo in a tab', () => {
    const create = vi.spyOn(fakeBrowser.tabs, 'create');
    card();
    fireEvent.click(screen.getByText('Open token demo'));
    expect(create).toHaveBeenCalledWith({ url: expect.stringContaining('/token-demo.html') });
  });

  test('signs out, once per click', async () => {
    const { asked } = fakeBackground({ 'sign-out': { ok: true, value: null } });
    card();
    fireEvent.click(screen.getByText('Sign out'));
    fireEvent.click(screen.getByText('Signing out…'));
    await waitFor(() => expect(asked).toEqual([{ type: 'sign-out' }]));
  });

  test('says why a sign-out failed, and lets the person try again', async () => {
    fakeBackground({ 'sign-out': { ok: false, error: { code: 'unavailable', message: '' } } });
    card();
    fireEvent.click(screen.getByText('Sign out'));
    expect((await screen.findByRole('alert')).textContent).toContain(ERROR_SENTENCES.unavailable);
    expect(screen.getByText('Sign out').closest('button')?.disabled).toBe(false);
  });
});
