// @vitest-environment node
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHandlers } from '../src/background/handlers';
import { createRouter } from '../src/background/router';
import { createSenderBudget } from '../src/background/sender-budget';
import { createSubscriptions } from '../src/background/subscriptions';
import { ERROR_SENTENCES } from '../src/messages/message-error';
import type { Reply } from '../src/messages/protocol';
import { GRANTS, type Sender } from '../src/messages/sender-policy';
import { ADA } from './support/fake-background';
import { ACCESS, OWN, senders } from './support/senders';

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
  withBoxedValues: true,
  key: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'type')),
});

const type = fc.oneof(
  fc.constantFrom(...Object.keys(GRANTS), '__proto__', 'toString', 'get-secret'),
  anything,
);
const key = fc.constantFrom(
  ...['template', 'organizationId', 'skipCache', 'minTtlSeconds', 'method', 'url', 'headers', 'body'],
  ...['__proto__', 'constructor', 'prototype', 'x'],
);
const value = fc.oneof(
  anything,
  fc.constantFrom<unknown>('GET', 'POST', 'https://api.example/me', {}, { accept: 'x' }, true, 'api', 15),
);

/** Nothing like our messages, and everything that is nearly one. */
const payload = fc.oneof(
  { weight: 1, arbitrary: anything },
  {
    weight: 3,
    arbitrary: fc.tuple(type, fc.array(fc.tuple(key, value), { maxLength: 5 })).map(([type, entries]) => {
      const message: Record<string, unknown> = { type };
      // An own property of any name, as the browser delivers it.
      for (const [name, given] of entries)
        Object.defineProperty(message, name, { value: given, enumerable: true, configurable: true });
      return message;
    }),
  },
);

const user = { ...ADA };
const auth = {
  getToken: async () => ({ token: 'a.b.c', expiresAt: 1 }),
  getUser: async () => user,
  signOut: async () => null,
  refresh: async () => user,
  resume: async () => {},
  revision: () => 1,
  sessionId: () => user.sessionId,
};

function createFuzzedRouter() {
  const subscriptions = createSubscriptions({
    store: { read: async () => [], write: async () => {} },
    deliver: async () => {},
  });
  const fetchApi = async () => ({ status: 200, headers: {}, body: null });
  const router = createRouter({
    ...createHandlers({ auth, subscriptions, fetchApi, access: ACCESS }),
    own: OWN,
    access: ACCESS,
    // Time never stands still, so that the parser is reached and the budget, too.
    budget: createSenderBudget({ monotonic: advance }),
    revision: auth.revision,
  });
  return (message: unknown, sender: Sender) =>
    new Promise<Reply>((resolve) => {
      router(message, sender, resolve);
    });
}

let now = 0;
function advance(): number {
  now += 45;
  return now;
}

test('100,000 payloads from every kind of sender are all answered, coded, and change nothing', async () => {
  const ask = createFuzzedRouter();
  const everybody = Object.values(senders).map((build) => build());
  const before = Object.getOwnPropertyNames(Object.prototype).sort();
  const seen: Record<string, number> = {};
  let index = 0;

  await fc.assert(
    fc.asyncProperty(payload, async (message) => {
      index += 1;
      const reply = await ask(message, everybody[index % everybody.length] ?? {});
      const outcome = reply.ok ? 'ok' : reply.error.code;
      seen[outcome] = (seen[outcome] ?? 0) + 1;
      if (reply.ok) return;
      if (reply.error.message !== ERROR_SENTENCES[reply.error.code]) throw new Error('not of the closed set');
      if (reply.error.code === 'internal') throw new Error('a handler threw');
    }),
    { numRuns: 100_000 },
  );

  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
  expect(({} as { x?: unknown }).x).toBeUndefined();
  expect(user).toEqual(ADA);
  // Every branch of the line was really reached.
  expect(seen).toMatchObject({
    ok: expect.any(Number),
    forbidden: expect.any(Number),
    'bad-request': expect.any(Number),
    'rate-limited': expect.any(Number),
  });
}, 120_000);
