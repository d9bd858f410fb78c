import * as v from 'valibot';
import { describe, expect, test, vi } from 'vitest';
import { createRouter } from '../src/background/router';
import { createSenderBudget } from '../src/background/sender-budget';
import { coreMessages } from '../src/messages/core-messages';
import { type MessageContext, type Messages, message } from '../src/messages/message';
import { ERROR_SENTENCES, MessageError } from '../src/messages/message-error';
import type { Reply } from '../src/messages/protocol';
import type { Sender } from '../src/messages/sender-policy';
import { ACCESS, OWN, senders } from './support/senders';
import { sessionsOfNobody } from './support/sessions-of-nobody';

const API_RESPONSE = { status: 200, headers: {}, body: null };

function authWith(changes: Partial<MessageContext['auth']> = {}) {
  return {
    getToken: vi.fn(async () => null),
    getUser: vi.fn(async () => null),
    signOut: vi.fn(async () => null),
    refresh: vi.fn(async () => null),
    ...sessionsOfNobody(),
    ...changes,
  };
}

interface RouterTestOptions {
  auth?: ReturnType<typeof authWith>;
  rows?: Messages;
  monotonic?: () => number;
  ownsChannel?: boolean;
}

function listenerWith({
  auth = authWith(),
  rows = coreMessages,
  monotonic = () => 0,
  ownsChannel = true,
}: RouterTestOptions = {}) {
  return createRouter({
    rows,
    ownsChannel,
    context: { auth, fetchApi: async () => API_RESPONSE, follow: async () => {} },
    own: OWN,
    access: ACCESS,
    budget: createSenderBudget({ monotonic }),
    revision: () => 7,
  });
}

function routerWith(options: RouterTestOptions = {}) {
  const router = listenerWith(options);
  return (message: unknown, sender: Sender): Promise<Reply> =>
    new Promise((resolve) => {
      expect(router(message, sender, resolve)).toBe(true);
    });
}

const ask = (message: unknown, auth = authWith(), sender: Sender = senders.popup()) =>
  routerWith({ auth })(message, sender);

const refusal = (code: keyof typeof ERROR_SENTENCES) => ({
  ok: false,
  error: { code, message: ERROR_SENTENCES[code] },
});

const failure = (code: keyof typeof ERROR_SENTENCES) => ({ ...refusal(code), revision: 7 });

describe('the router', () => {
  test('answers one of our messages with its handler’s value', async () => {
    const token = { token: 'a.b.c', expiresAt: 1 };
    const auth = authWith({ getToken: async () => token });
    expect(await ask({ type: 'get-token' }, auth)).toEqual({ ok: true, value: token, revision: 7 });
  });

  test('hands on the options of a token', async () => {
    const getToken = vi.fn(async () => null);
    const options = { template: 'api', organizationId: null, skipCache: true, minTtlSeconds: 30 };
    await ask({ type: 'get-token', ...options }, authWith({ getToken }));
    expect(getToken).toHaveBeenCalledWith(options);
  });

  test('gives up after 20 s', async () => {
    vi.useFakeTimers();
    const answer = ask({ type: 'get-user' }, authWith({ getUser: () => new Promise(() => {}) }));
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
    const auth = authWith();
    expect(await ask(message, auth)).toEqual(refusal('bad-request'));
    for (const handler of Object.values(auth)) expect(handler).not.toHaveBeenCalled();
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
      expect(await ask(message, authWith(), senders[name]())).toEqual(refusal('forbidden'));
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
    expect(await ask(message, authWith(), senders.contentScript())).toEqual(refusal('forbidden'));
  });

  test('does nothing for a sender that may not ask', async () => {
    const auth = authWith();
    expect(await ask({ type: 'sign-out' }, auth, senders.ownPageFramedBySite())).toEqual(
      refusal('forbidden'),
    );
    expect(auth.signOut).not.toHaveBeenCalled();
  });

  test('hands on a coded error with its wait', async () => {
    const auth = authWith({
      getToken: () => Promise.reject(new MessageError('rate-limited', { retryAfterMs: 7000 })),
    });
    expect(await ask({ type: 'get-token' }, auth)).toEqual({
      ok: false,
      error: { code: 'rate-limited', message: ERROR_SENTENCES['rate-limited'], retryAfterMs: 7000 },
      revision: 7,
    });
  });

  test('keeps the text of an unexpected failure to itself', async () => {
    const auth = authWith({
      getUser: () => Promise.reject(new Error('https://host/?__clerk_db_jwt=secret')),
    });
    expect(await ask({ type: 'get-user' }, auth)).toEqual(failure('internal'));
  });

  test('answers even when a handler throws before it returns a promise', async () => {
    const auth = authWith({
      getUser: () => {
        throw new Error('boom');
      },
    });
    expect(await ask({ type: 'get-user' }, auth)).toEqual(failure('internal'));
  });
});

describe('a content script', () => {
  test('is answered by its own part of the row, with the document it speaks for', async () => {
    const own = vi.fn(async () => ({ userId: 'user_1' }));
    const getUser = vi.fn(async () => ({ firstName: 'Ada', lastName: null, imageUrl: null }));
    const rows = {
      'get-user': message({ from: 'own-pages', handle: own }, { from: 'sites', handle: getUser }),
    };
    const askAll = routerWith({ rows });
    const sender = { ...senders.contentScript(), documentId: 'd1' };
    expect(await askAll({ type: 'get-user' }, sender)).toMatchObject({
      ok: true,
      value: { firstName: 'Ada' },
    });
    const site = { origin: 'https://site.example', tabId: 7, documentId: 'd1' };
    expect(getUser).toHaveBeenCalledExactlyOnceWith({}, expect.objectContaining({ site }));
    expect(own).not.toHaveBeenCalled();
  });

  test.each(['sign-out', 'session-changed', 'get-token', 'nonsense'])('is refused %s', async (type) => {
    expect(await ask({ type }, authWith(), senders.contentScript())).toEqual(refusal('forbidden'));
  });

  test('is told when its message is not well formed', async () => {
    const reply = await ask({ type: 'get-user', x: 1 }, authWith(), senders.contentScript());
    expect(reply).toEqual(refusal('bad-request'));
  });

  test('refused by its handler gets the same refusal as one refused by the table', async () => {
    const rows = {
      'get-token': message({
        from: 'token-sites',
        handle: () => Promise.reject(new MessageError('forbidden')),
      }),
    };
    const reply = await routerWith({ rows })({ type: 'get-token' }, senders.contentScriptOnTokenSite());
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

describe('a message that is none of ours', () => {
  const FOREIGN = [
    { type: 'ping' },
    { type: 'toString' },
    { type: '__proto__' },
    { type: ['get-token'] },
    {},
    null,
  ];

  test.each([...FOREIGN, undefined, 'get-token', 42, [], new Map([['type', 'get-token']])])(
    'is left to other listeners: %j',
    (foreign) => {
      const router = listenerWith({ ownsChannel: false });
      for (const build of Object.values(senders)) {
        const respond = vi.fn();
        expect(router(foreign, build(), respond)).toBeUndefined();
        expect(respond).not.toHaveBeenCalled();
      }
    },
  );

  test('a text of 128 MiB as its type is not looked up', () => {
    const router = listenerWith({ ownsChannel: false });
    const type = 'x'.repeat(128 * 1024 * 1024);
    const start = performance.now();
    expect(router({ type }, senders.popup(), vi.fn())).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(20);
  });

  test.each([
    [{ type: 'get-token', extra: 1 }, senders.popup(), 'bad-request'],
    [{ type: 'get-user', x: 1 }, senders.contentScript(), 'bad-request'],
    [{ type: 'sign-out' }, senders.contentScript(), 'forbidden'],
    [{ type: 'sign-out', x: 1 }, senders.otherExtension(), 'forbidden'],
  ] as const)('unlike %j, which claims to be: it is answered', async (claiming, sender, code) => {
    expect(await routerWith({ ownsChannel: false })(claiming, sender)).toEqual(refusal(code));
  });
});

describe('a message of the product', () => {
  const rows = {
    'count-notes': message({
      schema: v.strictObject({ folder: v.string() }),
      from: 'own-pages',
      handle: async ({ folder }, { fetchApi }) =>
        `${folder}: ${(await fetchApi('https://api.example')).status}`,
    }),
    'forget-notes': message({ from: ['own-pages', 'sites'], handle: () => {} }),
  };

  test('is parsed, handled and answered like ours', async () => {
    const askAll = routerWith({ rows, ownsChannel: false });
    const request = { type: 'count-notes', folder: 'inbox' };
    expect(await askAll(request, senders.popup())).toEqual({ ok: true, value: 'inbox: 200', revision: 7 });
    expect(await askAll({ ...request, x: 1 }, senders.popup())).toEqual(refusal('bad-request'));
    expect(await askAll(request, senders.contentScript())).toEqual(refusal('forbidden'));
  });

  test('that gives nothing back is answered with null, which both browsers deliver', async () => {
    for (const sender of [senders.popup(), senders.contentScript()])
      expect(await routerWith({ rows })({ type: 'forget-notes' }, sender)).toMatchObject({ value: null });
  });
});

describe('a request to the developer’s API that failed', () => {
  const request = { type: 'fetch-api', method: 'GET', url: 'https://api.example.com/me' };
  const rowsThat = (fetchApi: () => Promise<never>): Messages => ({
    'fetch-api': message({ schema: v.looseObject({}), from: 'own-pages', handle: fetchApi }),
  });
  const askThat = (fetchApi: () => Promise<never>) =>
    routerWith({ rows: rowsThat(fetchApi) })(request, senders.popup());

  test.each([
    ['forbidden', request, senders.otherExtension()],
    ['bad-request', { ...request, method: 'TRACE' }, senders.popup()],
  ] as const)('was not sent when it was refused: %s', async (code, message, sender) => {
    expect(await ask(message, authWith(), sender)).toMatchObject({ error: { code, sent: 'no' } });
  });

  test('says what its handler knows', async () => {
    const fail = () => Promise.reject(new MessageError('api-unavailable', { sent: 'yes' }));
    expect(await askThat(fail)).toMatchObject({ error: { code: 'api-unavailable', sent: 'yes' } });
  });

  test('may have been sent when its handler does not answer in time', async () => {
    vi.useFakeTimers();
    const reply = askThat(() => new Promise(() => {}));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await reply).toMatchObject({ error: { code: 'timeout', sent: 'maybe' } });
    vi.useRealTimers();
  });
});
