import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type SsoAttempt, writeSsoAttempt } from '../src/shared/sso-attempt';
import { ProviderAttempts } from '../src/ui/clerk/ProviderAttempts';
import { useProviderTrouble } from '../src/ui/clerk/provider-notice';
import { fakeBackground } from './support/fake-background';

const page = vi.hoisted(() => ({ sessionId: null as string | null }));
vi.mock('@clerk/chrome-extension', () => ({
  useClerk: () => page,
  useSession: () => ({ session: page.sessionId && { id: page.sessionId } }),
}));
vi.mock('../src/shared/config', () => ({ ssoCallbackUrl: 'https://id.chromiumapp.org/' }));
vi.mock('../src/ui/clerk/align-session', () => ({ reloadResources: async () => {} }));

const CLOSED: SsoAttempt = {
  id: 'attempt_1',
  kind: 'sign-in',
  resourceId: 'sia_1',
  tabId: 7,
  state: 'closed',
};
const nothing = () => {};
let root: Root;

function Page() {
  return (
    <>
      <ProviderAttempts onAnswer={nothing} onGone={nothing} />
      <p>{useProviderTrouble()}</p>
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
});

afterEach(() => act(() => root.unmount()));

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
