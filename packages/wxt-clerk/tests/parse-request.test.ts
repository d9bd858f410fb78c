import { describe, expect, test } from 'vitest';
import { coreMessages } from '../src/messages/core-messages';
import { parseOptions, typeOf } from '../src/messages/parse-request';
import type { JsonValue } from '../src/messages/protocol';
import { type Audience, partFor, rowOf } from '../src/messages/sender-policy';

/** The options of a message from such a sender; `null` when it may not send it so. */
function parseFrom(audience: Audience, message: unknown): object | null {
  const part = partFor(audience, rowOf(coreMessages, typeOf(message)));
  return part ? parseOptions(part, message) : null;
}

const parseRequest = (message: unknown) => parseFrom('own-page', message);
const parsePublicRequest = (message: unknown) => parseFrom('token-site', message);

const MEBI = 1024 * 1024;
const api = (changes: object) => ({
  type: 'fetch-api',
  method: 'POST',
  url: 'https://api.example/x',
  ...changes,
});

function nested(depth: number): JsonValue {
  return depth === 0 ? 'leaf' : [nested(depth - 1)];
}

function cyclic(): object {
  const body: Record<string, unknown> = {};
  body.self = body;
  return body;
}

/** A small object in memory that is two to the thirtieth as JSON. */
function manyTimesTheSame(): JsonValue {
  let body: JsonValue = 'x';
  for (let level = 0; level < 14; level += 1) body = [body, body, body, body];
  return body;
}

describe('a request to the developer’s API', () => {
  test.each([
    ['GET without a body', { method: 'GET' }],
    ['any JSON', { body: { a: [1, 'two', null, true, { b: {} }] } }],
    ['null', { body: null }],
    ['headers of the list, in any case', { headers: { Accept: 'text/plain', 'IDEMPOTENCY-KEY': '1' } }],
    ['a JSON type of another kind', { headers: { 'content-type': 'application/merge-patch+json' } }],
    ['an undefined option, which Firefox delivers', { headers: undefined, body: undefined }],
    ['a long text', { body: 'x'.repeat(60_000) }],
    ['a deep list', { body: nested(14) }],
  ])('may have %s', (_, changes) => {
    expect(parseRequest(api(changes))).not.toBeNull();
    expect(parsePublicRequest(api(changes))).not.toBeNull();
  });

  test('has the names of its headers in lower case', () => {
    expect(parseRequest(api({ headers: { Accept: 'text/plain' } }))).toMatchObject({
      headers: { accept: 'text/plain' },
    });
  });

  test.each([
    ['another method', { method: 'TRACE' }],
    ['a method in lower case', { method: 'post' }],
    ['a body with GET', { method: 'GET', body: 1 }],
    ['a path for a URL', { url: '/me' }],
    ['no URL', { url: undefined }],
    ['a list for a URL', { url: ['https://api.example'] }],
    ['a URL beyond 2048 characters', { url: `https://api.example/${'x'.repeat(2048)}` }],
    ['another key', { credentials: 'include' }],
    ['an own __proto__', JSON.parse('{"__proto__":{"x":1}}')],
    ['an own __proto__ in its body', { body: JSON.parse('{"a":{"__proto__":{"x":1}}}') }],
    ['a Map', { body: new Map([['a', 1]]) }],
    ['a Date', { body: { at: new Date() } }],
    ['a BigInt', { body: 1n }],
    ['an Error', { body: new Error('x') }],
    ['bytes', { body: new Uint8Array(3) }],
    ['not a number', { body: Number.NaN }],
    ['no end', { body: Number.POSITIVE_INFINITY }],
    ['a function', { body: () => {} }],
    ['a symbol', { body: Symbol('x') }],
    ['a cycle', { body: cyclic() }],
    ['17 levels', { body: nested(17) }],
    ['more than 65,536 characters', { body: 'x'.repeat(65_536) }],
    ['more than 65,536 entries', { body: Array.from({ length: 65_536 }, () => 1) }],
    ['a thousand million holes', { body: new Array(1e9) }],
    ['the same part many times', { body: manyTimesTheSame() }],
    ['long names', { body: { ['x'.repeat(65_536)]: 1 } }],
    ['Authorization', { headers: { Authorization: 'Bearer x' } }],
    ['Cookie', { headers: { cookie: 'a=b' } }],
    ['X-Clerk-Anything', { headers: { 'x-clerk-session': 'x' } }],
    ['Origin', { headers: { origin: 'https://evil.example' } }],
    ['Host', { headers: { host: 'evil.example' } }],
    ['Sec-Fetch-Site', { headers: { 'sec-fetch-site': 'none' } }],
    ['Proxy-Authorization', { headers: { 'proxy-authorization': 'x' } }],
    ['a second line in a header', { headers: { accept: 'a\r\nauthorization: b' } }],
    ['a letter beyond ASCII in a header', { headers: { accept: 'ü' } }],
    ['a type that is not JSON', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['a list of headers', { headers: [['accept', 'x']] }],
  ])('may not have %s', (_, changes) => {
    expect(parseRequest(api(changes))).toBeNull();
    expect(parsePublicRequest(api(changes))).toBeNull();
  });
});

describe('an option that nobody knows', () => {
  const complete: Record<string, object> = {
    'fetch-api': api({}),
    'set-active': { type: 'set-active', organizationId: null },
    'check-authorization': { type: 'check-authorization', role: 'org:admin' },
  };
  const parts = Object.entries(coreMessages).flatMap(([type, row]) =>
    row.parts.map((part) => [type, part.from, part] as const),
  );
  test.each(parts)('spoils %s from %s', (type, _, part) => {
    const message = complete[type] ?? { type };
    expect(parseOptions(part, message)).not.toBeNull();
    for (const name of ['x', 'constructor', ''])
      expect(parseOptions(part, { ...message, [name]: 1 })).toBeNull();
  });
});

describe('a question of authorization', () => {
  const ask = (question: object) => parseRequest({ type: 'check-authorization', ...question });

  test.each([
    { role: 'org:admin' },
    { permission: 'org:notes:write', reverification: 'strict' },
    { feature: 'export', sessionId: 'sess_1' },
    { plan: 'pro' },
    { reverification: { level: 'second_factor', afterMinutes: 10 } },
  ])('may be %j', (question) => {
    expect(ask(question)).toEqual(question);
  });

  test.each([
    {},
    { role: 'org:admin', permission: 'org:notes:write' },
    { plan: 'pro', feature: 'export' },
    { reverification: 'sometimes' },
    { reverification: { level: 'first_factor' } },
    { role: '' },
    { sessionId: 'sess_1' },
  ])('may not be %j', (question) => {
    expect(ask(question)).toBeNull();
  });
});

describe('a content script’s request', () => {
  test('for a token names a template and nothing else', () => {
    expect(parsePublicRequest({ type: 'get-token', template: 'api' })).not.toBeNull();
    for (const options of [{ skipCache: true }, { minTtlSeconds: 3600 }, { organizationId: null }])
      expect(parsePublicRequest({ type: 'get-token', ...options })).toBeNull();
  });

  test.each(['sign-out', 'session-changed', 'list-sessions', 'get-session'])('is never %s', (type) => {
    expect(parseRequest({ type })).toEqual({});
    expect(parsePublicRequest({ type })).toBeNull();
  });
});

describe('a text of 128 MiB', () => {
  const huge = 'x'.repeat(128 * MEBI);
  test.each([
    ['as a type', { type: huge }],
    ['as an option', { type: 'get-token', template: huge }],
    ['as a name', { type: 'get-user', [huge]: 1 }],
    ['in a body', api({ body: [huge] })],
    ['as a message', huge],
  ])('%s is refused before anything reads it', (_, message) => {
    const start = performance.now();
    expect(parseRequest(message)).toBeNull();
    expect(performance.now() - start).toBeLessThan(20);
  });
});

test('the type of a message is its own, and a message may be anything', () => {
  expect(typeOf({ type: 'get-user' })).toBe('get-user');
  for (const message of [
    null,
    undefined,
    1,
    'type',
    Object.create({ type: 'get-user' }),
    new Map([['type', 1]]),
  ])
    expect(typeOf(message)).toBeUndefined();
});
