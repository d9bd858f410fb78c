import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import background from '../../../../entrypoints/background';
import type { Reply } from '../../src/messages/protocol';

const ORIGIN = 'chrome-extension://own-id';

describe('the background at its start', () => {
  beforeEach(() => {
    fakeBrowser.reset();
    vi.useFakeTimers();
    vi.spyOn(fakeBrowser.runtime, 'getURL').mockReturnValue(`${ORIGIN}/`);
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test('closes every storage area to content scripts, before anything else', () => {
    const order: string[] = [];
    for (const area of ['local', 'sync', 'session', 'managed'] as const)
      Object.assign(fakeBrowser.storage[area], {
        setAccessLevel: async ({ accessLevel }: { accessLevel: string }) => {
          order.push(`${area} ${accessLevel}`);
        },
      });
    vi.spyOn(fakeBrowser.runtime.onMessage, 'addListener').mockImplementation(() => {
      order.push('listen');
    });
    void background.main();
    const locks = ['local', 'sync', 'session', 'managed'].map((area) => `${area} TRUSTED_CONTEXTS`);
    expect(order).toEqual([...locks, 'listen']);
  });

  test('puts the gate before every message', async () => {
    void background.main();
    const ask = (origin: string) =>
      new Promise<Reply>((resolve) => {
        const sender = { id: fakeBrowser.runtime.id, origin, frameId: 0, tab: { id: 1 } };
        void fakeBrowser.runtime.onMessage.trigger({ type: 'sign-out' }, sender as never, resolve as never);
      });
    expect(await ask('https://site.example')).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });
});
