import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type SsoAttempt, writeSsoAttempt } from '../src/shared/sso-attempt';
import { ProviderAttempts } from '../src/ui/clerk/ProviderAttempts';
import { noteOwnAttempt, type ProviderTrouble, useProviderTrouble } from '../src/ui/clerk/provider-notice';
import { clerkElement } from '../src/ui/clerk-host';
import { fakeBackground } from './support/fake-background';

const page = vi.hoisted(() => ({ sessionId: null as string | null }));
vi.mock('@clerk/chrome-extension', () => ({
  useClerk: () => page,
  useSession: () => ({ session: page.sessionId && { id: page.sessionId } }),
}));
vi.mock('../src/shared/config', () => ({ ssoCallbackUrl: 'https://id.chromiumapp.org/' }));
const server = vi.hoisted(() => ({ reload: async () => {}, isThere: false }));
vi.mock('../src/ui/clerk/resume', () => ({ isAtPointLeft: () => server.isThere }));
vi.mock('../src/ui/clerk/align-session', () => ({ reloadResources: () => server.reload() }));

const CLOSED: SsoAttempt = {
  id: 'attempt_1',
  kind: 'sign-in',
  resourceId: 'sia_1',
  tabId: 7,
  state: 'closed',
};
const onAnswer = vi.fn();
const onGone = vi.fn();
let root: Root;
let trouble: ProviderTrouble | null;

function Page() {
  trouble = useProviderTrouble();
  return (
    <>
      <ProviderAttempts onAnswer={onAnswer} onGone={onGone} />
      <p>{trouble?.code}</p>
    </>
  );
}

const show = () => act(async () => root.render(<Page />));
const shown = () => document.body.textContent;

beforeEach(() => {
  fakeBrowser.reset();
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  page.sessionId = null;
  root = createRoot(document.body.appendChild(document.createElement('div')));
  fakeBackground({});
  onAnswer.mockReset();
  onGone.mockReset();
  noteOwnAttempt('none');
  server.reload = async () => {};
  server.isThere = false;
  clerkElement.replaceChildren();
});

afterEach(() => act(() => root.unmount()));

function typeSomething() {
  const input = document.createElement('input');
  input.value = 'ada@example.com';
  clerkElement.append(input);
}

const happens = (attempt: SsoAttempt) => act(() => writeSsoAttempt(attempt));

describe('the form of a page', () => {
  test.each(['closed', 'failed'] as const)('begins anew when its own attempt is %s', async (state) => {
    await show();
    noteOwnAttempt('attempt_1');
    await happens({ ...CLOSED, state: 'open' });
    await happens({ ...CLOSED, state });
    expect(onGone).toHaveBeenCalledTimes(1);
  });

  test('begins anew when a newer attempt takes the place of its own', async () => {
    await show();
    noteOwnAttempt('attempt_1');
    await happens({ ...CLOSED, state: 'open' });
    await happens({ ...CLOSED, id: 'attempt_2', state: 'opening' });
    expect(onGone).toHaveBeenCalledTimes(1);
  });

  test.each(['closed', 'failed'] as const)('stays when another page’s attempt is %s', async (state) => {
    await show();
    await happens({ ...CLOSED, state: 'open' });
    await happens({ ...CLOSED, state });
    await happens({ ...CLOSED, id: 'attempt_2', state: 'opening' });
    expect(onGone).not.toHaveBeenCalled();
  });

  test.each([
    ['refused', 'provider-refused'],
    ['more-to-do', 'sign-in-unfinished'],
  ] as const)('with something typed in it stays when another page’s attempt is %s', async (state, code) => {
    typeSomething();
    await show();
    await happens({ ...CLOSED, state });
    expect(shown()).toBe(code);
    expect(onAnswer).not.toHaveBeenCalled();
  });

  test.each([
    ['stays when it is already at what another page’s attempt has left to do', 'none', 0],
    ['is made anew at what its own attempt has left to do: it still waits', 'attempt_1', 1],
  ])('%s', async (_, own, times) => {
    server.isThere = true;
    await show();
    noteOwnAttempt(own);
    await happens({ ...CLOSED, state: 'more-to-do' });
    expect(onAnswer).toHaveBeenCalledTimes(times);
    expect(shown()).toBe('');
  });

  test('in which somebody begins to type while the server is asked stays, too', async () => {
    await show();
    server.reload = async () => typeSomething();
    await happens({ ...CLOSED, state: 'more-to-do' });
    expect(shown()).toBe('sign-in-unfinished');
    expect(onAnswer).not.toHaveBeenCalled();
  });

  test('goes on with what is left to do of another page’s attempt when the person wants it', async () => {
    typeSomething();
    await show();
    await happens({ ...CLOSED, state: 'more-to-do' });
    await act(async () => trouble?.goOn?.());
    expect(onAnswer).toHaveBeenCalledWith(page, { ...CLOSED, state: 'more-to-do' });
    expect(shown()).toBe('');
  });

  test.each(['refused', 'more-to-do'] as const)(
    'with nothing typed in it goes on when an attempt is %s',
    async (state) => {
      await show();
      await happens({ ...CLOSED, state });
      expect(onAnswer).toHaveBeenCalledTimes(1);
    },
  );
});

describe('what came of the last attempt with a provider', () => {
  test('is shown, also where it ended while no page was there', async () => {
    await writeSsoAttempt(CLOSED);
    await show();
    expect(shown()).toBe('provider-closed');
  });

  test('is over when the person signs in another way', async () => {
    await writeSsoAttempt(CLOSED);
    await show();
    page.sessionId = 'sess_1';
    await show();
    expect(shown()).toBe('');
  });
});
