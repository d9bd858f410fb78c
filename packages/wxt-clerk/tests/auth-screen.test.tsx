import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState, useSyncExternalStore } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { authStore } from '../src/client/auth-store';
import { ERROR_SENTENCES } from '../src/messages/message-error';
import { AccountCard } from '../src/ui/AccountCard';
import { AuthScreen } from '../src/ui/AuthScreen';
import { keepVisit, keptRoute } from '../src/ui/account-page';
import { noteAccountStep } from '../src/ui/clerk/account-steps';
import { startAtRoute } from '../src/ui/clerk/route';
import { holdForm, leaveClerkView, showClerk } from '../src/ui/clerk-host';
import { PageShell } from '../src/ui/PageShell';
import { both, GRACE, instanceIs } from './support/accounts';
import { ADA, fakeBackground } from './support/fake-background';
import { memberOf, sessionOf } from './support/sessions';

const starts = vi.hoisted(() => ({ count: 0 }));

// In the place of Clerk: shows what it is to show, in a root of its own.
vi.mock('../src/ui/clerk/ClerkScreen', async () => {
  const { createRoot } = await import('react-dom/client');
  const { clerkView, watchClerkView } = await import('../src/ui/clerk-host');
  function Clerk() {
    const view = useSyncExternalStore(watchClerkView, clerkView);
    return view === 'nothing' ? null : (
      <button type="button" data-testid="clerk">
        {view}
      </button>
    );
  }
  return {
    mountClerk: async (element: HTMLElement) => {
      starts.count += 1;
      createRoot(element).render(<Clerk />);
    },
  };
});

// On a busy machine the first import alone takes longer than all that `settled` waits for.
beforeAll(() => import('../src/ui/clerk/ClerkScreen'));
afterEach(cleanup);

const never = () => new Promise<never>(() => {});
const settled = () => act(() => new Promise((resolve) => setTimeout(resolve, 20)));

async function open(user: typeof ADA | null, children?: React.ReactNode) {
  const { publish } = fakeBackground({ 'get-user': never });
  await publish({ revision: 1, user });
  render(<AuthScreen>{children}</AuthScreen>);
  await settled();
  return {
    publish: (revision: number, next: typeof ADA | null) => act(() => publish({ revision, user: next })),
  };
}

describe('popup and side panel', () => {
  test('hold the place while the background answers', () => {
    fakeBackground({ 'get-user': never });
    render(<AuthScreen />);
    expect(screen.getByRole('status', { name: 'Loading' })).toBeTruthy();
  });

  test('show the person from what was published, before the background answers and without Clerk', async () => {
    await open(ADA);
    expect(screen.getByText('Ada Lovelace')).toBeTruthy();
    expect(screen.queryByTestId('clerk')).toBeNull();
    expect(starts.count).toBe(0);
  });

  test('are headed by the extension’s own name and icon', async () => {
    await open(ADA);
    expect(screen.getByRole('heading').textContent).toBe('Notes');
    expect(document.querySelector('header img')?.getAttribute('src')).toContain('/icon/128.png');
  });

  test('load Clerk’s form when nobody is signed in', async () => {
    await open(null);
    expect((await screen.findByTestId('clerk')).textContent).toBe('sign-in');
    expect(screen.queryByRole('status')).toBeNull();
  });

  test('follow a sign-in and a sign-out somewhere else', async () => {
    const { publish } = await open(null);
    await publish(2, ADA);
    expect(screen.getByText('Ada Lovelace')).toBeTruthy();
    expect(screen.queryByTestId('clerk')).toBeNull();
    await publish(3, null);
    expect(screen.getByTestId('clerk').textContent).toBe('sign-in');
    expect(screen.queryByText('Ada Lovelace')).toBeNull();
  });

  test('never let an older state replace a newer one', async () => {
    const { publish } = await open(null);
    await publish(5, ADA);
    await publish(4, null);
    expect(screen.getByText('Ada Lovelace')).toBeTruthy();
  });

  test('open Clerk’s account page and come back', async () => {
    await open(ADA);
    fireEvent.click(screen.getByText('Manage account'));
    await settled();
    expect(screen.getByTestId('clerk').textContent).toBe('account');
    fireEvent.click(screen.getByLabelText('Back'));
    await settled();
    expect(screen.queryByTestId('clerk')).toBeNull();
    expect(screen.getByText('Ada Lovelace')).toBeTruthy();
  });

  test('keep what Clerk has to show to who has just signed in', async () => {
    const { publish } = await open(null);
    await act(async () => holdForm(true));
    await publish(2, ADA);
    expect(screen.getByTestId('clerk').textContent).toBe('sign-in');
    await act(async () => holdForm(false));
    expect(screen.getByText('Ada Lovelace')).toBeTruthy();
  });

  test('say what failed in one sentence, with a button that asks again', async () => {
    const { asked } = fakeBackground({ 'get-user': { ok: false, error: { code: 'offline', message: '' } } });
    render(<AuthScreen />);
    expect((await screen.findByRole('alert')).textContent).toContain(ERROR_SENTENCES.offline);
    fireEvent.click(screen.getByText('Try again'));
    expect(asked).toHaveLength(2);
  });
});

describe('who left the account page in the middle of something', () => {
  const NEW_ADDRESS = 'https://clerk.example.com/v1/me/email_addresses/idn_1';
  const answered = (path: string) =>
    noteAccountStep({ url: new URL(`${NEW_ADDRESS}/${path}`) }, { status: 200 });
  afterEach(() => localStorage.clear());

  async function leave() {
    await open(ADA);
    startAtRoute('/security');
    answered('prepare_verification');
    cleanup();
  }

  test('finds it open where they were', async () => {
    await leave();
    await open(ADA);
    expect(screen.getByTestId('clerk').textContent).toBe('account');
    expect(keptRoute(ADA.userId)).toBe('/security');
  });

  test.each(['organization', 'account'] as const)('finds the domain that is being verified: %s', (view) => {
    const ofDomain = (step: string) =>
      noteAccountStep(
        { url: new URL(`https://clerk.example.com/v1/organizations/org_1/domains/dmn_1/${step}`) },
        { status: 200 },
      );
    fakeBackground({});
    vi.spyOn(authStore, 'get').mockReturnValue({ ...authStore.get(), user: ADA });
    const close = showClerk(document.body, view);
    startAtRoute('/organization-general/domain/dmn_1');
    ofDomain('prepare_affiliation_verification');
    expect(keptRoute(ADA.userId, view)).toBe('/organization-general/domain/dmn_1');
    ofDomain('attempt_affiliation_verification');
    expect(keptRoute(ADA.userId, view)).toBeNull();
    close();
    vi.mocked(authStore.get).mockRestore();
  });

  test('finds it there in the panel, too, which they opened before Clerk was there', async () => {
    await leave();
    vi.stubGlobal('wxtClerkRoute', undefined);
    keepVisit();
    expect(keptRoute(ADA.userId)).toBe('/security');
  });

  test('finds the product when they have gone back, or finished', async () => {
    await leave();
    await open(ADA);
    fireEvent.click(screen.getByLabelText('Back'));
    cleanup();
    await open(ADA);
    expect(screen.queryByTestId('clerk')).toBeNull();
    answered('prepare_verification');
    answered('attempt_verification');
    expect(keptRoute(ADA.userId)).toBeNull();
  });

  test('finds the product when it is long ago, and so does somebody else', async () => {
    await leave();
    vi.setSystemTime(Date.now() + 11 * 60_000);
    expect(keptRoute(ADA.userId)).toBeNull();
    vi.useRealTimers();
    await open({ ...ADA, userId: 'user_2' });
    expect(screen.queryByTestId('clerk')).toBeNull();
  });
});

describe('a further account', () => {
  beforeEach(() => instanceIs({ isMultiSession: true }));
  afterEach(() => localStorage.clear());

  async function add() {
    const opened = await open(ADA);
    fireEvent.click(screen.getByRole('button', { name: /Ada Lovelace/ }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Add account' }));
    await settled();
    return opened;
  }
  const answered = (method: string) =>
    noteAccountStep(
      { method, url: new URL('https://clerk.example.com/v1/client/sign_ins') },
      { status: 200 },
    );

  test('has Clerk’s form, with the way back', async () => {
    await add();
    expect(screen.getByTestId('clerk').textContent).toBe('add-account');
    fireEvent.click(screen.getByLabelText('Back'));
    await settled();
    expect(screen.queryByTestId('clerk')).toBeNull();
    expect(screen.getByText('Ada Lovelace')).toBeTruthy();
  });

  test('is shown as soon as it is the active one', async () => {
    const { publish } = await add();
    await publish(2, GRACE);
    expect(screen.queryByTestId('clerk')).toBeNull();
    expect(screen.getByText('Grace Hopper')).toBeTruthy();
  });

  test('is left when it is one that was there already', async () => {
    await add();
    act(leaveClerkView);
    expect(screen.queryByTestId('clerk')).toBeNull();
    expect(screen.getByText('Ada Lovelace')).toBeTruthy();
  });

  test('is gone on with in the next popup, from its first step on', async () => {
    await add();
    answered('GET');
    cleanup();
    await open(ADA);
    expect(screen.queryByTestId('clerk')).toBeNull();
    cleanup();
    await add();
    answered('POST');
    cleanup();
    await open(ADA);
    expect(screen.getByTestId('clerk').textContent).toBe('add-account');
  });

  test('leaves no step behind for Clerk’s other pages', async () => {
    await add();
    startAtRoute('/factor-one');
    answered('POST');
    expect(keptRoute(ADA.userId, 'add-account')).toBe('/factor-one');
    expect(keptRoute(ADA.userId)).toBeNull();
  });

  test('is over once it is there, also for who goes back to the other one', async () => {
    await add();
    answered('POST');
    cleanup();
    const { publish } = await open(GRACE);
    expect(screen.queryByTestId('clerk')).toBeNull();
    await publish(2, ADA);
    expect(screen.queryByTestId('clerk')).toBeNull();
    expect(screen.getByText('Ada Lovelace')).toBeTruthy();
  });

  test('that has a task left to do is not in the way of the other one', async () => {
    const task = { ...GRACE, status: 'pending' as const, currentTask: { key: 'setup-mfa' } };
    const { asked, publish } = fakeBackground({ 'get-user': never, 'set-active': { ok: true, value: ADA } });
    await publish({ revision: 1, user: task, sessions: [sessionOf(task), sessionOf(ADA)] });
    render(<AuthScreen />);
    await settled();
    expect(screen.getByTestId('clerk').textContent).toBe('sign-in');
    fireEvent.click(screen.getByLabelText('Back'));
    await settled();
    expect(asked).toContainEqual({ type: 'set-active', sessionId: ADA.sessionId });
    await act(() => publish(both(ADA, 2)));
    expect(screen.getByText('Ada Lovelace')).toBeTruthy();
  });

  test('is not offered back from a task by the only account', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    await publish({ revision: 1, user: { ...ADA, status: 'pending', currentTask: { key: 'setup-mfa' } } });
    render(<AuthScreen />);
    await settled();
    expect(screen.getByTestId('clerk').textContent).toBe('sign-in');
    expect(screen.queryByLabelText('Back')).toBeNull();
  });
});

describe('organizations', () => {
  const click = async (element: Element) => {
    fireEvent.click(element);
    await settled();
  };

  test('are chosen in Clerk’s list, from which the active one is managed', async () => {
    await open(memberOf(ADA, 'org:admin'));
    await click(screen.getByText('Engines'));
    expect(screen.getByTestId('clerk').textContent).toBe('organizations');
    await click(screen.getByText('Manage organization'));
    expect(screen.getByTestId('clerk').textContent).toBe('organization');
    await click(screen.getByLabelText('Back'));
    expect(screen.getByTestId('clerk').textContent).toBe('organizations');
    await click(screen.getByLabelText('Back'));
    expect(screen.queryByTestId('clerk')).toBeNull();
  });

  test('stay open over a change of the active one, until the person is done', async () => {
    const { publish } = await open(memberOf(ADA, 'org:admin'));
    await click(screen.getByText('Engines'));
    await publish(2, { ...memberOf(ADA, 'org:admin'), organizationId: 'org_2' });
    expect(screen.getByTestId('clerk').textContent).toBe('organizations');
    act(leaveClerkView);
    expect(screen.queryByTestId('clerk')).toBeNull();
  });

  test('are those that are left when the person has left one', async () => {
    const { publish } = await open(memberOf(ADA, 'org:admin'));
    await click(screen.getByText('Engines'));
    await click(screen.getByText('Manage organization'));
    await publish(2, ADA);
    await settled();
    expect(screen.getByTestId('clerk').textContent).toBe('organizations');
    expect(screen.queryByText('Manage organization')).toBeNull();
  });
});

describe('a product in the screen', () => {
  function Product() {
    const [notes, setNotes] = useState(0);
    return (
      <PageShell>
        <button type="button" onClick={() => setNotes(notes + 1)}>{`${notes} notes`}</button>
        <AccountCard />
      </PageShell>
    );
  }

  test('is for who is signed in, and for nobody else', async () => {
    const { publish } = await open(null, <Product />);
    expect(screen.queryByText('0 notes')).toBeNull();
    await publish(2, ADA);
    expect(screen.getByText('0 notes')).toBeTruthy();
    await publish(3, null);
    expect(screen.queryByText('0 notes')).toBeNull();
  });

  test('keeps its state while the account page is open', async () => {
    await open(ADA, <Product />);
    fireEvent.click(screen.getByText('0 notes'));
    fireEvent.click(screen.getByText('Manage account'));
    await settled();
    expect(screen.getByText('1 notes').checkVisibility()).toBe(false);
    fireEvent.click(screen.getByLabelText('Back'));
    await settled();
    expect(screen.getByText('1 notes').checkVisibility()).toBe(true);
  });
});

test('the screen may come and go: Clerk is there again each time, and was started once', async () => {
  starts.count = 0;
  const { publish } = fakeBackground({ 'get-user': never });
  await publish({ revision: 1, user: null });
  function Page() {
    const [isShown, setShown] = useState(true);
    return (
      <>
        <button type="button" onClick={() => setShown(!isShown)}>
          toggle
        </button>
        {isShown && <AuthScreen />}
      </>
    );
  }
  render(<Page />);
  for (const view of ['sign-in', null, 'sign-in', null]) {
    await settled();
    expect(screen.queryByTestId('clerk')?.textContent ?? null).toBe(view);
    fireEvent.click(screen.getByText('toggle'));
  }
  await act(() => publish({ revision: 2, user: ADA }));
  fireEvent.click(screen.getByText('Manage account'));
  await settled();
  expect(screen.getByTestId('clerk').textContent).toBe('account');
  await act(() => publish({ revision: 3, user: null }));
  await settled();
  expect(screen.getByTestId('clerk').textContent).toBe('sign-in');
  expect(starts.count).toBeLessThanOrEqual(1);
});
