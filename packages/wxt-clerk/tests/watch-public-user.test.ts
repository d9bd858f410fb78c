import { afterEach, beforeEach, describe, expect, type Mock, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type PublicUserWatcher, watchPublicUser } from '../src/content/watch-public-user';
import type { AuthChanged, PublicUser } from '../src/messages/protocol';

const ADA: PublicUser = { firstName: 'Ada', lastName: 'Lovelace', imageUrl: null };
const signedIn = { isSignedIn: true, user: ADA };
const signedOut = { isSignedIn: false, user: null };

let answer: () => unknown;
let end: AbortController;
let onChange: Mock<PublicUserWatcher['onChange']>;
let onError: Mock<NonNullable<PublicUserWatcher['onError']>>;

beforeEach(() => {
  fakeBrowser.reset();
  end = new AbortController();
  onChange = vi.fn();
  onError = vi.fn();
  answer = () => ({ ok: true, value: signedOut, revision: 1 });
  vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockImplementation(async () => answer());
});
afterEach(() => end.abort());

const watch = () => watchPublicUser({ onChange, onError }, end.signal);
const settle = () => new Promise((resolve) => setTimeout(resolve));
const asked = () => vi.mocked(fakeBrowser.runtime.sendMessage).mock.calls.length;

async function push(message: Partial<AuthChanged>): Promise<unknown> {
  return fakeBrowser.runtime.onMessage.trigger({ type: 'auth-changed', ...message }, {}, () => {});
}

describe('following who is signed in', () => {
  test('begins with the state now', async () => {
    watch();
    await settle();
    expect(fakeBrowser.runtime.sendMessage).toHaveBeenCalledExactlyOnceWith({ type: 'subscribe' });
    expect(onChange).toHaveBeenCalledExactlyOnceWith(signedOut);
  });

  test('goes on with every change that is pushed, and asks nothing', async () => {
    watch();
    await settle();
    await push({ ...signedIn, revision: 2 });
    await push({ ...signedOut, revision: 3 });
    expect(onChange.mock.calls.map(([state]) => state)).toEqual([signedOut, signedIn, signedOut]);
    expect(asked()).toBe(1);
  });

  test('asks when it is told of a change and not of which', async () => {
    watch();
    await settle();
    answer = () => ({ ok: true, value: signedIn, revision: 2 });
    await push({});
    await settle();
    expect(onChange.mock.calls.map(([state]) => state)).toEqual([signedOut, signedIn]);
    expect(asked()).toBe(2);
  });

  test('never goes back to an older state', async () => {
    answer = () => ({ ok: true, value: signedOut, revision: 4 });
    watch();
    await push({ ...signedIn, revision: 5 });
    await settle();
    await push({ ...signedOut, revision: 4 });
    expect(onChange.mock.calls.map(([state]) => state)).toEqual([signedIn]);
  });

  test('takes no notice of other messages', async () => {
    watch();
    await settle();
    for (const message of [null, 'auth-changed', { type: 'other' }])
      await fakeBrowser.runtime.onMessage.trigger(message, {}, () => {});
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  test('asks again when the page comes back, and says nothing that is known', async () => {
    watch();
    await settle();
    window.dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await settle();
    expect(asked()).toBe(4);
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  test('says what went wrong, and says the state again when it is over', async () => {
    watch();
    await settle();
    answer = () => ({ ok: false, error: { code: 'unavailable', message: '' }, revision: 1 });
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'unavailable' }));
    answer = () => ({ ok: true, value: signedOut, revision: 1 });
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  test('ends with its signal: no listener and no answer is left', async () => {
    watch();
    end.abort();
    await settle();
    await push({ ...signedIn, revision: 2 }).catch(() => {});
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(onChange).not.toHaveBeenCalled();
    expect(asked()).toBe(1);
    expect(fakeBrowser.runtime.onMessage.hasListeners()).toBe(false);
  });

  test('F17: an extension that was updated under the page is one error, and nothing is left', async () => {
    answer = () => {
      throw new Error('Extension context invalidated.');
    };
    onError.mockImplementation(() => end.abort());
    watch();
    await settle();
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'context-invalidated' }));
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(asked()).toBe(1);
  });

  test('waits until a page that was rendered ahead is shown', async () => {
    const page = document as { prerendering?: boolean };
    page.prerendering = true;
    watch();
    await settle();
    expect(asked()).toBe(0);
    delete page.prerendering;
    document.dispatchEvent(new Event('prerenderingchange'));
    await settle();
    expect(asked()).toBe(1);
  });
});
