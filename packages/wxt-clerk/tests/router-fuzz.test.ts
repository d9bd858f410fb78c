// @vitest-environment node
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sized } from '../../../tools/test-size.ts';
import { createRouter } from '../src/background/router';
import { createSenderBudget } from '../src/background/sender-budget';
import { coreMessages } from '../src/messages/core-messages';
import { ERROR_SENTENCES } from '../src/messages/message-error';
import type { Reply } from '../src/messages/protocol';
import type { Sender } from '../src/messages/sender-policy';
import { ADA } from './support/fake-background';
import { ACCESS, OWN, senders } from './support/senders';
import { sessionsOfNobody } from './support/sessions-of-nobody';

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
  fc.constantFrom(...Object.keys(coreMessages), '__proto__', 'toString', 'get-secret'),
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
const context = {
  auth: {
    getToken: async () => ({ token: 'a.b.c', expiresAt: 1 }),
    getUser: async () => user,
    signOut: async () => null,
    refresh: async () => user,
    ...sessionsOfNobody(),
  },
  fetchApi: async () => ({ status: 200, headers: {}, body: null }),
  follow: async () => {},
};

/** @returns `null` for a message that the router leaves to others. */
function createFuzzedRouter(ownsChannel: boolean) {
  const router = createRouter({
    rows: coreMessages,
    ownsChannel,
    context,
    own: OWN,
    access: ACCESS,
    // Time never stands still, so that the parser is reached and the budget, too.
    budget: createSenderBudget({ monotonic: advance }),
    revision: () => 1,
  });
  return (message: unknown, sender: Sender) =>
    new Promise<Reply | null>((resolve) => {
      if (router(message, sender, resolve) !== true) resolve(null);
    });
}

let now = 0;
function advance(): number {
  now += 20;
  return now;
}

/** Sends payloads from every kind of sender. @returns How often each came: an error code, `ok`, or `left alone`. */
async function fuzz(numRuns: number, ownsChannel: boolean): Promise<Record<string, number>> {
  const ask = createFuzzedRouter(ownsChannel);
  const everybody = Object.values(senders).map((build) => build());
  const before = Object.getOwnPropertyNames(Object.prototype).sort();
  const seen: Record<string, number> = {};
  let index = 0;

  await fc.assert(
    fc.asyncProperty(payload, async (message) => {
      index += 1;
      const reply = await ask(message, everybody[index % everybody.length] ?? {});
      const outcome = reply === null ? 'left alone' : reply.ok ? 'ok' : reply.error.code;
      seen[outcome] = (seen[outcome] ?? 0) + 1;
      if (reply === null && claimsToBeOurs(message)) throw new Error('one of ours got no answer');
      if (reply === null || reply.ok) return;
      if (reply.error.message !== ERROR_SENTENCES[reply.error.code]) throw new Error('not of the closed set');
      if (reply.error.code === 'internal') throw new Error('a handler threw');
    }),
    { numRuns },
  );

  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
  expect(({} as { x?: unknown }).x).toBeUndefined();
  expect(user).toEqual(ADA);
  return seen;
}

function claimsToBeOurs(message: unknown): boolean {
  const { type } = Object(message) as { type?: unknown };
  return (
    typeof type === 'string' && Object.hasOwn(Object(message), 'type') && Object.hasOwn(coreMessages, type)
  );
}

// Every branch of the line was really reached.
const EVERY_BRANCH = {
  ok: expect.any(Number),
  forbidden: expect.any(Number),
  'bad-request': expect.any(Number),
  'rate-limited': expect.any(Number),
};

test('payloads from every kind of sender are all answered, coded, and change nothing', async () => {
  const seen = await fuzz(sized({ usual: 50_000, matrix: 100_000 }), true);
  expect(seen).toMatchObject(EVERY_BRANCH);
  expect(seen).not.toHaveProperty('left alone');
}, 120_000);

test('beside other listeners, those that claim to be ours are answered and the others left alone', async () => {
  expect(await fuzz(20_000, false)).toMatchObject({
    ...EVERY_BRANCH,
    'left alone': expect.any(Number),
  });
}, 60_000);
