// @vitest-environment node
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { receiveTransfer } from '../src/background/fetch-script';
import { fetchApi } from '../src/client';
import { fetchApi as fetchApiOfSite } from '../src/content';
import { MessageError } from '../src/messages/message-error';
import type { ApiAnswer, JsonValue } from '../src/messages/protocol';
import type { Upload } from '../src/shared/transfer';

const API = 'https://api.example.com';
const DONE: ApiAnswer = { status: 201, headers: {}, body: { id: 1 } };

type Send = (upload: Upload) => Promise<ApiAnswer<Blob | JsonValue>>;
interface Message {
  type: string;
  name: string;
  request: { method: string; url: string; headers: Record<string, string> };
}

/** A background that takes over what a page hands over, until it is stopped. */
function background(send: Send = async () => DONE) {
  const asked: Message[] = [];
  const uploads: Upload[] = [];
  let life: number | null = performance.timeOrigin;
  const reply = async (message: Message) => {
    asked.push(message);
    if (message.type === 'fetch-api') return DONE;
    if (message.type === 'clerk-keep-awake') return life;
    return receiveTransfer(message.name, (upload) => {
      uploads.push(upload);
      return send(upload);
    });
  };
  vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockImplementation(
    async (message: unknown) => ({ ok: true, value: await reply(message as Message), revision: 1 }) as never,
  );
  return { asked, uploads, restart: () => (life = 1) };
}

function circle(): object {
  const circle: { self?: object } = {};
  circle.self = circle;
  return circle;
}

/** As in a browser, which reads a file only when it is sent; Node would wait for ever. */
function withGoneFile(): FormData {
  vi.spyOn(Response.prototype, 'blob').mockRejectedValueOnce(new DOMException('gone', 'NotFoundError'));
  const form = new FormData();
  form.append('file', new File(['a'], 'a.png'));
  return form;
}

const hang = () => new Promise<never>(() => {});
const post = (body: Parameters<typeof fetchApi>[1] & object) =>
  fetchApi(`${API}/files`, { method: 'POST', ...body });

beforeEach(() => {
  fakeBrowser.reset();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a page hands over', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const form = new FormData();
  form.append('file', new Blob([bytes], { type: 'image/png' }), 'a.png');

  test.each([
    ['a blob', new Blob([bytes], { type: 'image/png' }), {}, 'image/png'],
    ['a file', new File([bytes], 'a.png', { type: 'image/png' }), {}, 'image/png'],
    ['bytes', bytes, {}, undefined],
    ['a buffer', bytes.buffer, { 'Content-Type': 'image/png' }, 'image/png'],
    ['a query', new URLSearchParams({ a: 'b' }), {}, 'application/x-www-form-urlencoded;charset=UTF-8'],
    ['a text', 'a;b', { 'content-type': 'text/csv' }, 'text/csv'],
    ['very much JSON', { text: 'x'.repeat(100_000) }, {}, 'application/json'],
  ])('%s, with its type', async (_, body, headers, type) => {
    const { asked, uploads } = background();
    expect(await post({ body, headers })).toEqual({ ...DONE, ok: true });
    expect(uploads[0]?.contentType).toBe(type);
    const sent = await uploads[0]?.body?.arrayBuffer();
    const isJson = type === 'application/json';
    const expected = await new Response(isJson ? JSON.stringify(body) : (body as Blob)).arrayBuffer();
    expect(sent).toEqual(expected);
    // Nothing of it is in the message.
    expect(asked).toEqual([
      {
        type: 'clerk-transfer',
        name: expect.stringMatching(/^[0-9a-f-]{36}$/),
        request: { method: 'POST', url: `${API}/files`, headers: {} },
      },
    ]);
  });

  test('a form, with the type that names where its parts begin', async () => {
    const { uploads } = background();
    await post({ body: form, headers: { 'content-type': 'multipart/form-data' } });
    const [, boundary = 'none'] =
      /^multipart\/form-data; boundary=(.+)$/.exec(uploads[0]?.contentType ?? '') ?? [];
    expect(await uploads[0]?.body?.text()).toContain(`--${boundary}\r\n`);
  });

  test('other headers with the message', async () => {
    const { asked } = background();
    await post({ body: new Blob(['a']), headers: { 'Idempotency-Key': '1', 'content-type': 'text/plain' } });
    expect(asked[0]?.request.headers).toEqual({ 'idempotency-key': '1' });
  });

  test('no JSON of a usual size: that is a message', async () => {
    const { asked } = background();
    for (const body of ['a', { a: 1 }, [], 0, null]) await post({ body });
    expect(asked.map(({ type }) => type)).toEqual(Array(5).fill('fetch-api'));
  });

  test.each([
    ['JSON in a circle', circle, undefined],
    ['JSON in a circle, for a blob', circle, 'blob'],
    ['a big number', () => ({ big: 1n }), undefined],
    ['a form with a file that is no longer there', withGoneFile, undefined],
  ] as const)('not %s', async (_, make, responseType) => {
    const { asked } = background();
    const failure = post({ body: make() as never, responseType });
    await expect(failure).rejects.toMatchObject({ name: 'MessageError', code: 'bad-request', sent: 'no' });
    expect(asked).toEqual([]);
  });

  test('nothing with GET', async () => {
    const { asked } = background();
    const failure = fetchApi(API, { body: new Blob(['a']) });
    await expect(failure).rejects.toMatchObject({ code: 'bad-request', sent: 'no' });
    expect(asked).toEqual([]);
  });

  test('nothing of more than 100 MiB', async () => {
    const { asked } = background();
    const part = new Blob([new Uint8Array(10 * 1024 * 1024)]);
    const body = new Blob([...Array(10).fill(part), 'x']);
    await expect(post({ body })).rejects.toMatchObject({ code: 'request-too-large', sent: 'no' });
    expect(asked).toEqual([]);
  });
});

describe('a page is given', () => {
  test('a blob, when it asks for one', async () => {
    const file = new Blob(['%PDF'], { type: 'application/pdf' });
    const { uploads } = background(async () => ({ ...DONE, body: file }));
    const answer = await fetchApi(`${API}/report`, { responseType: 'blob' });
    expect(uploads).toEqual([{ responseType: 'blob' }]);
    if (!answer.ok) throw new Error('That was no answer.');
    expect(await answer.body.text()).toBe('%PDF');
  });

  test('the error that the request failed with', async () => {
    background(() => Promise.reject(new MessageError('api-unavailable', { sent: 'yes' })));
    await expect(post({ body: new Blob() })).rejects.toMatchObject({ code: 'api-unavailable', sent: 'yes' });
  });

  test('an error when its window has no channel in common with the background', async () => {
    vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockResolvedValue({
      ok: true,
      value: null,
      revision: 1,
    } as never);
    await expect(post({ body: new Blob() })).rejects.toMatchObject({
      code: 'transfer-unavailable',
      sent: 'no',
      message: expect.stringMatching(/Try again.*private/),
    });
  });

  test('an error when the background was refused', async () => {
    vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockResolvedValue({
      ok: false,
      error: { code: 'forbidden', message: '' },
    } as never);
    await expect(post({ body: new Blob() })).rejects.toMatchObject({ code: 'forbidden', sent: 'no' });
  });
});

describe('while a page waits', () => {
  // Node's channels deliver with real time.
  const fakeTimers = () => vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearInterval'] });
  const begun = (uploads: Upload[]) => vi.waitUntil(() => uploads.length > 0, { interval: 1 });

  test('the background is kept awake, and goes on', async () => {
    const answer = Promise.withResolvers<ApiAnswer>();
    const { asked, uploads } = background(() => answer.promise);
    fakeTimers();
    const waiting = post({ body: new Blob() });
    await begun(uploads);
    await vi.advanceTimersByTimeAsync(65_000);
    expect(asked.filter(({ type }) => type === 'clerk-keep-awake').length).toBeGreaterThanOrEqual(6);
    answer.resolve(DONE);
    expect(await waiting).toMatchObject({ status: 201 });
  });

  test('an answer that got lost is waited for no longer than one can take', async () => {
    const { asked, uploads } = background(hang);
    fakeTimers();
    const waiting = post({ body: new Blob() }).catch((error) => error);
    await begun(uploads);
    await vi.advanceTimersByTimeAsync(321_000);
    expect(await waiting).toMatchObject({ code: 'api-unavailable', sent: 'maybe' });
    await vi.advanceTimersByTimeAsync(20_000);
    const { length } = asked;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(length);
  });

  test('an answer that cannot be read is an error', async () => {
    const { uploads } = background(hang);
    const channels: BroadcastChannel[] = [];
    vi.stubGlobal(
      'BroadcastChannel',
      class extends BroadcastChannel {
        constructor(name: string) {
          super(name);
          channels.push(this);
        }
      },
    );
    const waiting = post({ body: new Blob() }).catch((error) => error);
    await begun(uploads);
    channels[0]?.onmessageerror?.(new MessageEvent('messageerror'));
    expect(await waiting).toMatchObject({ code: 'internal', sent: 'maybe' });
    vi.unstubAllGlobals();
  });

  test('a background that was stopped is noticed: the request may have been sent', async () => {
    const { uploads, restart } = background(hang);
    fakeTimers();
    const waiting = post({ body: new Blob() }).catch((error) => error);
    await begun(uploads);
    restart();
    await vi.advanceTimersByTimeAsync(12_000);
    expect(await waiting).toMatchObject({ code: 'background-stopped', sent: 'maybe' });
  });
});

test('a background to which nothing is handed over waits 10 s', async () => {
  vi.useFakeTimers();
  const send = vi.fn(hang);
  const receiving = receiveTransfer('nobody', send);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await receiving).toBeNull();
  expect(send).not.toHaveBeenCalled();
});

describe('an answer with a schema', () => {
  const schema = v.object({ id: v.pipe(v.number(), v.transform(String)) });

  test('is what the schema makes of it', async () => {
    background();
    expect(await fetchApi(API, { schema })).toMatchObject({ ok: true, body: { id: '1' } });
  });

  test('that is not as it should be is an error, which says what is wrong', async () => {
    background();
    const failure = await fetchApi(API, { schema: v.object({ text: v.string() }) }).catch((error) => error);
    expect(failure).toMatchObject({ code: 'response-invalid', sent: 'yes' });
    expect(String(failure.cause)).toContain('text');
  });

  test('is left alone when it is an error of the API', async () => {
    vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockResolvedValue({
      ok: true,
      value: { status: 404, headers: {}, body: { error: 'gone' } },
      revision: 1,
    } as never);
    expect(await fetchApi(API, { schema })).toMatchObject({ ok: false, body: { error: 'gone' } });
  });
});

describe('a content script', () => {
  test.each([
    ['a blob', { body: new Blob(['a']) }],
    ['a form', { body: new FormData() }],
    ['bytes', { body: new Uint8Array(2) }],
  ])('is refused %s: its channels are the site’s', async (_, options) => {
    const { asked } = background();
    await expect(fetchApiOfSite(API, { method: 'POST', ...(options as object) })).rejects.toMatchObject({
      code: 'forbidden',
      sent: 'no',
    });
    expect(asked).toEqual([]);
  });
});
