import { describe, expect, test, vi } from 'vitest';
import { createRouter, type Handlers, type PublicHandlers } from '../src/background/router';
import { createSenderBudget } from '../src/background/sender-budget';
import { ERROR_SENTENCES, MessageError } from '../src/messages/message-error';
import type { Reply } from '../src/messages/protocol';
import type { Sender } from '../src/messages/sender-policy';
import { ACCESS, OWN, senders } from './support/senders';

const PUBLIC_STATE = { isSignedIn: false, user: null };
const API_RESPONSE = { status: 200, headers: {}, body: null };

function handlersWith(changes: Partial<Handlers> = {}): Handlers {
  return {
    'get-token': vi.fn(async () => null),
    'get-user': vi.fn(async () => null),
    'is-signed-in': vi.fn(async () => false),
    subscribe: vi.fn(async () => PUBLIC_STATE),
    unsubscribe: vi.fn(async () => null),
    'fetch-api': vi.fn(async () => API_RESPONSE),
    'sign-out': vi.fn(async () => null),
    'session-changed': vi.fn(async () => null),
    ...changes,
  };
}

function publicHandlersWith(changes: Partial<PublicHandlers> = {}): PublicHandlers {
  const { 'sign-out': _, 'session-changed': __, ...handlers } = handlersWith();
  return { ...handlers, ...changes } as PublicHandlers;
}

interface RouterTestOptions {
  handlers?: Handlers;
  publicHandlers?: PublicHandlers;
  monotonic?: () => number;
}

function routerWith({ handlers, publicHandlers, monotonic = () => 0 }: RouterTestOptions = {}) {
  const router = createRouter({
    handlers: handlers ?? handlersWith(),
    publicHandlers: publicHandlers ?? publicHandlersWith(),
    own: OWN,
    access: ACCESS,
    budget: createSenderBudget({ monotonic }),
    revision: () => 7,
  });
  return (message: unknown, sender: Sender): Promise<Reply> =>
    new Promise((resolve) => {
      expect(router(message, sender, resolve)).toBe(true);
    });
}

const ask = (message: unknown, handlers = handlersWith(), sender: Sender = senders.popup()) =>
  routerWith({ handlers })(message, sender);

const refusal = (code: keyof typeof ERROR_SENTENCES) => ({
  ok: false,
  error: { code, message: ERROR_SENTENCES[code] },
});

const failure = (code: keyof typeof ERROR_SENTENCES) => ({ ...refusal(code), revision: 7 });

describe('the router', () => {
  test('answers one of our messages with its handler’s value', async () => {
    const token = { token: 'a.b.c', expiresAt: 1 };
    const handlers = handlersWith({ 'get-token': async () => token });
    expect(await ask({ type: 'get-token' }, handlers)).toEqual({ ok: true, value: token, revision: 7 });
  });

  test('hands on the options of a token', async () => {
    const getToken = vi.fn(async () => null);
    const request = {
      type: 'get-token',
      template: 'api',
      organizationId: null,
      skipCache: true,
      minTtlSeconds: 30,
    };
    await ask(request, handlersWith({ 'get-token': getToken }));
    expect(getToken).toHaveBeenCalledWith(request);
  });

  test('gives up after 20 s', async () => {
    vi.useFakeTimers();
    const answer = ask({ type: 'get-user' }, handlersWith({ 'get-user': () => new Promise(() => {}) }));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await answer).toEqual(failure('timeout'));
    vi.useRealTimers();
  });

  test('answers null when nobody is signed in: not an error', async () => {
    expect(await ask({ type: 'get-user' })).toEqual({ ok: true, value: null, revision: 7 });
  });

  test.each([
    [{ type: 'get-secret' }],
    [{ type: 'toString' }],
    [{ type: '__proto__' }],
    [{ type: 'get-token', extra: 1 }],
    [{ type: 'get-token', template: '' }],
    [{ type: 'get-token', template: 'x'.repeat(129) }],
    [{ type: 'get-token', organizationId: 'acme' }],
    [{ type: 'get-token', skipCache: 'yes' }],
    [{ type: 'get-token', minTtlSeconds: -1 }],
    [{ type: 'get-token', minTtlSeconds: Number.NaN }],
    [{}],
    [{ type: 1 }],
    [{ type: ['get-token'] }],
    [null],
    [undefined],
    ['get-token'],
    [42],
    [[]],
    [new Map([['type', 'get-token']])],
    [JSON.parse('{"type":"get-token","__proto__":{"a":1}}')],
  ])('answers bad-request to %j', async (message) => {
    const handlers = handlersWith();
    expect(await ask(message, handlers)).toEqual(refusal('bad-request'));
    for (const handler of Object.values(handlers)) expect(handler).not.toHaveBeenCalled();
  });

  test.each([
    'contentScriptInSubFrame',
    'contentScriptOnUnlistedSite',
    'otherExtension',
    'sandboxedFrame',
    'ownPageFramedBySite',
  ] as const)('gives %s the same refusal, whatever it asks', async (name) => {
    const messages = [{ type: 'get-user' }, { type: 'get-token' }, { type: 'nonsense' }, null, 'x', {}];
    for (const message of messages)
      expect(await ask(message, handlersWith(), senders[name]())).toEqual(refusal('forbidden'));
  });

  test('never reads more than the type of a message that it refuses', async () => {
    const message = new Proxy(
      { type: 'sign-out' },
      {
        ownKeys: () => {
          throw new Error('read');
        },
        get: (target, key) => {
          if (key !== 'type') throw new Error(`read ${String(key)}`);
          return target.type;
        },
      },
    );
    expect(await ask(message, handlersWith(), senders.contentScript())).toEqual(refusal('forbidden'));
  });

  test('does nothing for a sender that may not ask', async () => {
    const handlers = handlersWith();
    expect(await ask({ type: 'sign-out' }, handlers, senders.ownPageFramedBySite())).toEqual(
      refusal('forbidden'),
    );
    expect(handlers['sign-out']).not.toHaveBeenCalled();
  });

  test('hands on a coded error with its wait', async () => {
    const handlers = handlersWith({
      'get-token': () => Promise.reject(new MessageError('rate-limited', { retryAfterMs: 7000 })),
    });
    expect(await ask({ type: 'get-token' }, handlers)).toEqual({
      ok: false,
      error: { code: 'rate-limited', message: ERROR_SENTENCES['rate-limited'], retryAfterMs: 7000 },
      revision: 7,
    });
  });

  test('keeps the text of an unexpected failure to itself', async () => {
    const handlers = handlersWith({
      'get-user': () => Promise.reject(new Error('https://host/?__clerk_db_jwt=secret')),
    });
    expect(await ask({ type: 'get-user' }, handlers)).toEqual(failure('internal'));
  });

  test('answers even when a handler throws before it returns a promise', async () => {
    const handlers = handlersWith({
      'get-user': () => {
        throw new Error('boom');
      },
    });
    expect(await ask({ type: 'get-user' }, handlers)).toEqual(failure('internal'));
  });
});

describe('a content script', () => {
  test('is answered from the public table, with the document it speaks for', async () => {
    const getUser = vi.fn(async () => ({ firstName: 'Ada', lastName: null, imageUrl: null }));
    const own = handlersWith();
    const askAll = routerWith({ handlers: own, publicHandlers: publicHandlersWith({ 'get-user': getUser }) });
    const sender = { ...senders.contentScript(), documentId: 'd1' };
    expect(await askAll({ type: 'get-user' }, sender)).toMatchObject({
      ok: true,
      value: { firstName: 'Ada' },
    });
    expect(getUser).toHaveBeenCalledExactlyOnceWith(
      { type: 'get-user' },
      { origin: 'https://site.example', tabId: 7, documentId: 'd1' },
    );
    expect(own['get-user']).not.toHaveBeenCalled();
  });

  test.each(['sign-out', 'session-changed', 'get-token', 'nonsense'])('is refused %s', async (type) => {
    expect(await ask({ type }, handlersWith(), senders.contentScript())).toEqual(refusal('forbidden'));
  });

  test('is told when its message is not well formed', async () => {
    const reply = await ask({ type: 'get-user', x: 1 }, handlersWith(), senders.contentScript());
    expect(reply).toEqual(refusal('bad-request'));
  });

  test('refused by its handler gets the same refusal as one refused by the table', async () => {
    const publicHandlers = publicHandlersWith({
      'get-token': () => Promise.reject(new MessageError('forbidden')),
    });
    const reply = await routerWith({ publicHandlers })(
      { type: 'get-token' },
      senders.contentScriptOnTokenSite(),
    );
    expect(reply).toEqual(refusal('forbidden'));
  });

  test('that floods is told to wait, and nobody else is', async () => {
    const askAll = routerWith();
    const flooder = senders.contentScript();
    const replies = await Promise.all(
      Array.from({ length: 100 }, () => askAll({ type: 'get-user' }, flooder)),
    );
    expect(replies.filter(({ ok }) => ok)).toHaveLength(40);
    expect(replies.at(-1)).toEqual({
      ok: false,
      error: {
        code: 'rate-limited',
        message: ERROR_SENTENCES['rate-limited'],
        retryAfterMs: expect.any(Number),
      },
    });
    for (const other of [{ ...flooder, tab: { id: 8 } }, senders.popup()])
      expect(await askAll({ type: 'get-user' }, other)).toMatchObject({ ok: true });
    const reloaded = { ...flooder, documentId: 'd2' };
    expect(await askAll({ type: 'get-user' }, reloaded)).toMatchObject({ error: { code: 'rate-limited' } });
  });

  test('that floods with nonsense is told to wait, too', async () => {
    const askAll = routerWith();
    const replies = [];
    for (let count = 0; count < 50; count += 1)
      replies.push(await askAll({ type: 'get-user', x: 1 }, senders.contentScript()));
    expect(replies.at(0)).toEqual(refusal('bad-request'));
    expect(replies.at(-1)).toMatchObject({ error: { code: 'rate-limited' } });
  });
});

test('our own page has no budget', async () => {
  const askAll = routerWith();
  for (let count = 0; count < 1000; count += 1)
    expect(await askAll({ type: 'get-user' }, senders.ownPageInTab())).toMatchObject({ ok: true });
});
