// @vitest-environment node
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { PERMISSIVE_SETTINGS } from 'clerk-emulator';
import { emulator, withEmulator } from 'clerk-emulator/vitest';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { call, refusal } from './support/call.ts';
import { api, person, withApi } from './support/fixture.ts';
import { rewrite } from './support/forge.ts';
import { signIn } from './support/people.ts';

withEmulator({ settings: { ...PERMISSIVE_SETTINGS, rateLimits: 'off' } });
withApi();

const JSON_TYPE = { 'content-type': 'application/json' };
let token: string;
beforeEach(async () => {
  token = await person.token();
});

/** Sends just this, and reads all that comes. */
const raw = async (request: string) => {
  const socket = connect(Number(new URL(api.url).port), 'localhost');
  socket.write(request);
  return text(socket);
};

const post = (body: string | Uint8Array, headers: Record<string, string> = JSON_TYPE) =>
  call(`${api.url}/notes`, { token, body, headers });

describe('a body', () => {
  test.each<[body: string, code: string]>([
    ['{', 'bad-json'],
    ['', 'bad-input'],
    ['{"text":"a"', 'bad-json'],
    ["{'text':'a'}", 'bad-json'],
    ['"a"', 'bad-json'],
    ['null', 'bad-json'],
    ['[]', 'bad-input'],
    ['[{"text":"a"}]', 'bad-input'],
    ['{"__proto__":{"text":"a"}}', 'bad-input'],
    ['{"constructor":{"prototype":{"text":"a"}}}', 'bad-input'],
    ['['.repeat(40_000), 'bad-json'],
  ])('%s is refused', async (body, code) => {
    expect(refusal(await post(body))).toEqual([400, code]);
  });

  test.each<[type: string, status: number]>([
    ['application/json; charset=utf-8', 201],
    ['application/json; charset=latin1', 415],
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=a', 415],
  ])('as %s: %d', async (type, status) => {
    expect((await post('{"text":"a"}', { 'content-type': type })).status).toBe(status);
  });

  test('of more than 100 kB is refused, packed or not', async () => {
    const big = JSON.stringify({ text: 'a', more: 'x'.repeat(101 * 1024) });
    expect(refusal(await post(big))).toEqual([413, 'body-too-large']);
    const bomb = gzipSync(JSON.stringify({ text: 'x'.repeat(50 * 1024 * 1024) }));
    const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
    expect(refusal(await post(new Uint8Array(bomb), headers))).toEqual([413, 'body-too-large']);
    expect((await post('{"text":"still there"}')).status).toBe(201);
  });

  test('of a webhook is one megabyte at most, and read only as it came', async () => {
    const headers = { 'svix-id': 'msg_1', 'svix-timestamp': '1', 'svix-signature': 'v1,AA==' };
    const send = (body: Uint8Array, more = {}) =>
      call(`${api.url}/webhooks/clerk`, { headers: { ...JSON_TYPE, ...headers, ...more }, body });
    expect(refusal(await send(new Uint8Array(1024 * 1024 + 1)))).toEqual([413, 'body-too-large']);
    const packed = new Uint8Array(gzipSync('{}'));
    expect(refusal(await send(packed, { 'content-encoding': 'gzip' }))).toEqual([415, 'not-json']);
  });
});

describe('an address', () => {
  test.each<[method: string, path: string, answer: [number, string]]>([
    ['GET', '/nothing', [404, 'not-found']],
    ['POST', '/me', [404, 'not-found']],
    ['PUT', '/notes', [404, 'not-found']],
    ['DELETE', '/notes/%E0%A4%A', [400, 'bad-request']],
    ['DELETE', '/notes/%00', [404, 'note-not-found']],
    ['DELETE', `/notes/${'a'.repeat(5000)}`, [404, 'note-not-found']],
    ['GET', '/webhooks/clerk', [404, 'not-found']],
    ['GET', '/me/../../../etc/passwd', [404, 'not-found']],
  ])('%s %s', async (method, path, answer) => {
    expect(refusal(await call(`${api.url}${path}`, { method, token }))).toEqual(answer);
  });
});

describe('a request that nobody can read', () => {
  test.each<[line: string, more: string]>([
    ['GET http://[/x', ''],
    ['GET //[', ''],
    ['TRACE /me', ''],
    ['GET /me', 'X-Forwarded-Host: [\r\n'],
    ['GET /me', 'X-Forwarded-Proto: a b\r\n'],
  ])('%s (%j) is answered in JSON', async (line, more) => {
    const answer = await raw(`${line} HTTP/1.1\r\nHost: localhost\r\n${more}Connection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 4\d\d /);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toHaveProperty('error.code');
  });
});

describe('an answer', () => {
  it('is for no cache, and says no more than it has to', async () => {
    for (const answer of [await call(`${api.url}/me`, { token }), await call(`${api.url}/me`)]) {
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect([...answer.headers.keys()].filter((name) => name.startsWith('x-'))).toEqual([]);
    }
  });
});

describe('500 requests at once', () => {
  it('are all answered, each with its own person’s', async () => {
    const charles = await signIn(emulator, emulator.seededPeople[1]);
    const askers = [
      { token, userId: person.userId },
      { token: await charles.token(), userId: charles.userId },
      { token: rewrite(token, { claims: { sub: charles.userId } }), userId: undefined },
    ];
    const answers = await Promise.all(
      Array.from({ length: 500 }, async (_, index) => {
        const asker = askers[index % 3];
        const { status, json } = await call(`${api.url}/me`, { token: asker?.token ?? '' });
        return [status, json.userId, asker?.userId];
      }),
    );
    expect(answers).toEqual(
      answers.map((_, index) => {
        const expected = askers[index % 3]?.userId;
        return [expected ? 200 : 401, expected, expected];
      }),
    );
  });

  it('that write are all kept', async () => {
    const before = (await call(`${api.url}/notes`, { token })).json.total;
    const answers = await Promise.all(Array.from({ length: 500 }, (_, index) => post(`{"text":"${index}"}`)));
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(500);
    expect((await call(`${api.url}/notes`, { token })).json.total).toBe(before + 500);
  });
});
