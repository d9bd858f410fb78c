import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { startClerk } from '../../src/background/start-clerk';
import { message } from '../../src/messages/message';
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
    startClerk();
    const locks = ['local', 'sync', 'session', 'managed'].map((area) => `${area} TRUSTED_CONTEXTS`);
    expect(order).toEqual([...locks, 'listen']);
  });

  const ask = (message: unknown, origin = ORIGIN) =>
    new Promise<Reply | null>((resolve) => {
      const sender = { id: fakeBrowser.runtime.id, origin, frameId: 0, tab: { id: 1 } };
      const respond = resolve as never;
      void fakeBrowser.runtime.onMessage
        .trigger(message, sender as never, respond)
        .then(([isOurs]) => isOurs || resolve(null));
    });

  test('puts the gate before every message', async () => {
    startClerk();
    const reply = await ask({ type: 'sign-out' }, 'https://site.example');
    expect(reply).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });

  test('answers the product’s messages, and leaves others alone', async () => {
    startClerk({ messages: { hello: message({ from: 'own-pages', handle: () => 'world' }) } });
    expect(await ask({ type: 'hello' })).toMatchObject({ ok: true, value: 'world' });
    expect(await ask({ type: 'ping' })).toBeNull();
  });

  test('refuses what it does not know where the channel is its own', async () => {
    startClerk({ ownsChannel: true });
    expect(await ask({ type: 'ping' })).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  });

  test.each([
    ['sign-out', '"sign-out" is a message of wxt-clerk. Rename yours.'],
    ['x'.repeat(65), 'has a name of more than 64 characters. Shorten it.'],
  ])('does not start with a message of the product called %s', (type, sentence) => {
    const messages = { [type]: message({ from: 'own-pages', handle: () => 1 }) };
    expect(() => startClerk({ messages })).toThrow(sentence);
  });
});
