import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Reverifications } from '../src/ui/clerk/Reverifications';
import { openReverification } from '../src/ui/clerk-host';
import { ADA, fakeBackground } from './support/fake-background';

interface Dialog {
  level?: string;
  afterVerification(): void;
  afterVerificationCancelled(): void;
}

const BOB = { ...ADA, userId: 'user_2', sessionId: 'sess_2' };
const page = vi.hoisted(() => ({
  session: null as { id: string; status: string } | null,
  opened: [] as Dialog[],
  closed: 0,
}));
const clerk = vi.hoisted(() => ({
  __internal_openReverification: (dialog: Dialog) => page.opened.push(dialog),
  __internal_closeReverification: () => {
    page.closed += 1;
  },
}));
vi.mock('@clerk/chrome-extension', () => ({
  useClerk: () => clerk,
  useSession: () => ({ session: page.session }),
}));
vi.mock('../src/ui/clerk/route', () => ({ currentRoute: () => '/', startAtRoute: () => {} }));
vi.mock('../src/ui/clerk/ClerkScreen', () => ({ mountClerk: () => {} }));

let background: ReturnType<typeof fakeBackground>;
let root: Root;
const show = () => act(async () => root.render(<Reverifications />));
const ask = (wanted: unknown, sessionId = ADA.sessionId) => {
  const outcome = openReverification(wanted, sessionId);
  return act(async () => ({ outcome }));
};
const finish = (dialog: Dialog | undefined) => act(async () => dialog?.afterVerification());
const levels = () => page.opened.map(({ level }) => level);

beforeEach(async () => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  Object.assign(page, { session: { id: ADA.sessionId, status: 'active' }, opened: [], closed: 0 });
  background = fakeBackground({ 'get-user': () => new Promise<never>(() => {}) });
  root = createRoot(document.body.appendChild(document.createElement('div')));
  await show();
  await act(() => background.publish({ revision: 1, user: ADA }));
});
afterEach(() => act(() => root.unmount()));

describe('the dialog', () => {
  test('opens for who is asked, and says that they did it', async () => {
    const { outcome } = await ask('lax');
    expect(levels()).toEqual(['second_factor']);
    await finish(page.opened[0]);
    expect(await outcome).toBe(true);
  });

  test('ends when another account becomes the active one, and never opens for that', async () => {
    const { outcome } = await ask('lax');
    page.session = { id: BOB.sessionId, status: 'active' };
    await act(() => background.publish({ revision: 2, user: BOB }));
    await show();
    expect(await outcome).toBe(false);
    expect(page.opened).toHaveLength(1);
    expect(page.closed).toBe(1);
  });

  test('ends as soon as the page hears of another account, also before Clerk has it', async () => {
    const { outcome } = await ask('lax');
    await act(() => background.publish({ revision: 2, user: BOB }));
    expect(await outcome).toBe(false);
  });

  test('is not opened for an account that is no longer the active one', async () => {
    const { outcome } = await ask('lax', BOB.sessionId);
    expect(await outcome).toBe(false);
    expect(page.opened).toEqual([]);
  });
});

describe('who asks while it is open', () => {
  test.each([
    ['lax', 'moderate'],
    ['strict_mfa', 'lax'],
    [{ level: 'multi_factor', afterMinutes: 1 }, 'strict_mfa'],
  ])('shares it where %o is enough for %o', async (first, second) => {
    const { outcome } = await ask(first);
    const { outcome: other } = await ask(second);
    await finish(page.opened[0]);
    expect(await Promise.all([outcome, other])).toEqual([true, true]);
    expect(page.opened).toHaveLength(1);
  });

  test('has one of their own after it where they want more', async () => {
    const { outcome } = await ask('lax');
    const { outcome: other } = await ask('strict_mfa');
    expect(levels()).toEqual(['second_factor']);
    await finish(page.opened[0]);
    expect(await outcome).toBe(true);
    expect(levels()).toEqual(['second_factor', 'multi_factor']);
    await finish(page.opened[1]);
    expect(await other).toBe(true);
  });
});
