import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { waitForEnd } from '../src/client/provider-attempt';
import { signInWith } from '../src/client/sign-in-with';
import type { CoreMessages } from '../src/messages/core-messages';
import type { SsoMessages } from '../src/messages/sso-messages';
import { readSsoAttempt, type SsoAttempt, type SsoState, writeSsoAttempt } from '../src/shared/sso-attempt';
import { ADA, fakeBackground } from './support/fake-background';

const config = vi.hoisted(() => ({ ssoCallbackUrl: 'https://id.chromiumapp.org/' }));
vi.mock('../src/shared/sso-callback', () => config);

const attempt = (state: SsoState, id = 'attempt_1'): SsoAttempt => ({
  id,
  kind: 'sign-in',
  resourceId: 'sia_1',
  tabId: 7,
  state,
});

/** A background that notes `noted` before it answers, as the real one does. */
function backgroundWith(noted: SsoAttempt | null, user: typeof ADA | null = null) {
  const answers: Partial<Record<keyof (CoreMessages & SsoMessages), unknown>> = {
    'sign-in-with': async () => {
      await writeSsoAttempt(noted);
      return { ok: true, value: { attemptId: 'attempt_1' } };
    },
    'get-user': { ok: true, value: user },
    'forget-provider': { ok: true, value: null },
    'check-provider': { ok: true, value: null },
  };
  return fakeBackground(answers as Parameters<typeof fakeBackground>[0]);
}

const signIn = () => signInWith({ strategy: 'oauth_google' }).catch(({ code, message }) => code ?? message);
const listens = () => vi.waitUntil(() => fakeBrowser.storage.onChanged.hasListeners());

beforeEach(() => {
  fakeBrowser.reset();
  config.ssoCallbackUrl = 'https://id.chromiumapp.org/';
});
afterEach(() => vi.useRealTimers());

describe('a sign-in without Clerk’s form', () => {
  test('gives who is signed in', async () => {
    backgroundWith(attempt('open'), ADA);
    const user = signIn();
    await listens();
    await writeSsoAttempt(attempt('finishing'));
    await writeSsoAttempt(attempt('signed-in'));
    expect(await user).toEqual(ADA);
  });

  test('ends where a newer attempt had taken its place before this page could look', async () => {
    backgroundWith(attempt('open', 'attempt_2'));
    expect(await signIn()).toBe('provider-closed');
  });

  test('gives who is signed in where another page had seen its end before this one could look', async () => {
    backgroundWith(null, ADA);
    expect(await signIn()).toEqual(ADA);
  });

  test.each<[SsoState, string]>([
    ['closed', 'provider-closed'],
    ['refused', 'provider-refused'],
    ['failed', 'internal'],
  ])('that ends %s is told once: a form that is opened later does not say it again', async (state, code) => {
    const { asked } = backgroundWith(attempt(state));
    expect(await signIn()).toBe(code);
    expect(asked).toContainEqual({ type: 'forget-provider', id: 'attempt_1' });
  });

  test('with more to do leaves that to the form', async () => {
    const { asked } = backgroundWith(attempt('more-to-do'));
    expect(await signIn()).toBe('sign-in-unfinished');
    expect(asked).not.toContainEqual(expect.objectContaining({ type: 'forget-provider' }));
  });

  test('in a build without single sign-on says what to switch on', async () => {
    const { asked } = backgroundWith(null);
    config.ssoCallbackUrl = '';
    expect(await signIn()).toContain('clerk: { sso: true }');
    expect(asked).toEqual([]);
  });
});

test('a wait is not ended by what an older attempt left', async () => {
  backgroundWith(null);
  await writeSsoAttempt(attempt('open'));
  const end = waitForEnd('attempt_1');
  await fakeBrowser.storage.onChanged.trigger(
    { ssoAttempt: { newValue: attempt('closed', 'attempt_0') } },
    'session',
  );
  await writeSsoAttempt(attempt('refused'));
  expect(await end).toEqual(await readSsoAttempt());
});

test('a window that went is reported until the background has noted it', async () => {
  vi.useFakeTimers();
  const { asked } = backgroundWith(null);
  await writeSsoAttempt(attempt('open'));
  const end = waitForEnd('attempt_1');
  await vi.advanceTimersByTimeAsync(0);
  asked.length = 0;
  await fakeBrowser.tabs.onRemoved.trigger(7, { windowId: 1, isWindowClosing: true });
  await vi.advanceTimersByTimeAsync(3000);
  expect(asked).toEqual(Array(2).fill({ type: 'check-provider', id: 'attempt_1' }));
  await writeSsoAttempt(attempt('closed'));
  expect(await end).toMatchObject({ state: 'closed' });
  await vi.advanceTimersByTimeAsync(9000);
  expect(asked).toHaveLength(2);
});

test.each(['opening', 'finishing'] as const)(
  'a background that was stopped while %s is woken',
  async (state) => {
    vi.useFakeTimers();
    const { asked } = backgroundWith(null);
    await writeSsoAttempt(attempt(state));
    const end = waitForEnd('attempt_1');
    await vi.advanceTimersByTimeAsync(3000);
    expect(asked).toEqual([{ type: 'get-user' }]);
    await writeSsoAttempt(attempt('failed'));
    expect(await end).toMatchObject({ state: 'failed' });
  },
);

test('a window that went before its opening was noted is reported', async () => {
  vi.useFakeTimers();
  const { asked } = backgroundWith(null);
  await writeSsoAttempt(attempt('opening'));
  const end = waitForEnd('attempt_1');
  await vi.advanceTimersByTimeAsync(0);
  await fakeBrowser.tabs.onRemoved.trigger(7, { windowId: 1, isWindowClosing: true });
  expect(asked).toEqual([]);
  await writeSsoAttempt(attempt('open'));
  expect(asked).toEqual([{ type: 'check-provider', id: 'attempt_1' }]);
  await writeSsoAttempt(attempt('closed'));
  expect(await end).toMatchObject({ state: 'closed' });
});
