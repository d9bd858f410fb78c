import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ERROR_SENTENCES } from '../src/messages/message-error';
import { AuthScreen } from '../src/ui/AuthScreen';
import { ADA, fakeBackground } from './support/fake-background';

vi.mock('../src/ui/clerk/ClerkScreen', () => ({
  default: ({ show, sessionId }: { show: string; sessionId: string | null }) => (
    <p data-testid="clerk">{`${show} ${sessionId}`}</p>
  ),
}));

afterEach(cleanup);

const never = () => new Promise<never>(() => {});

describe('popup and side panel', () => {
  test('hold the place while the background answers', () => {
    fakeBackground({ 'get-user': never });
    render(<AuthScreen place="popup" />);
    expect(screen.getByRole('status', { name: 'Loading' })).toBeTruthy();
  });

  test('show the person from what was published, before the background answers and without Clerk', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    await publish({ revision: 3, user: ADA });
    render(<AuthScreen place="popup" />);
    expect(await screen.findByText('Ada Lovelace')).toBeTruthy();
    expect(screen.queryByTestId('clerk')).toBeNull();
  });

  test('load Clerk’s form when nobody is signed in', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    await publish({ revision: 1, user: null });
    render(<AuthScreen place="popup" />);
    expect((await screen.findByTestId('clerk')).textContent).toBe('sign-in null');
  });

  test('follow a sign-in and a sign-out somewhere else', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    await publish({ revision: 1, user: null });
    render(<AuthScreen place="panel" />);
    await screen.findByTestId('clerk');
    await act(() => publish({ revision: 2, user: ADA }));
    expect(await screen.findByText('Ada Lovelace')).toBeTruthy();
    expect(screen.getByTestId('clerk').textContent).toBe('nothing sess_1');
    await act(() => publish({ revision: 3, user: null }));
    expect(screen.getByTestId('clerk').textContent).toBe('sign-in null');
    expect(screen.queryByText('Ada Lovelace')).toBeNull();
  });

  test('never let an older state replace a newer one', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    await publish({ revision: 5, user: ADA });
    render(<AuthScreen place="panel" />);
    await screen.findByText('Ada Lovelace');
    await act(() => publish({ revision: 4, user: null }));
    expect(screen.getByText('Ada Lovelace')).toBeTruthy();
  });

  test('open Clerk’s account page and come back', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    await publish({ revision: 1, user: ADA });
    render(<AuthScreen place="panel" />);
    fireEvent.click(await screen.findByText('Manage account'));
    expect((await screen.findByTestId('clerk')).textContent).toBe('account sess_1');
    fireEvent.click(screen.getByLabelText('Back'));
    expect(screen.getByText('Ada Lovelace')).toBeTruthy();
  });

  test('say what failed in one sentence, with a button that asks again', async () => {
    const { asked } = fakeBackground({ 'get-user': { ok: false, error: { code: 'offline', message: '' } } });
    render(<AuthScreen place="popup" />);
    expect((await screen.findByRole('alert')).textContent).toContain(ERROR_SENTENCES.offline);
    fireEvent.click(screen.getByText('Try again'));
    expect(asked).toHaveLength(2);
  });
});
