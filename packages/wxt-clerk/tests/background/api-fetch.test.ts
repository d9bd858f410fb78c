// @vitest-environment node
import { describe, expect, test, vi } from 'vitest';
import { createApiFetch } from '../../src/background/api-fetch';
import { fetchAsAsker } from '../../src/background/fetch-script';
import { bodyOf, MessageError } from '../../src/messages/message-error';
import type { ApiRequest, TokenOptions } from '../../src/messages/protocol';

const API = 'https://api.example.com';
const get: ApiRequest = { method: 'GET', url: `${API}/me?secret=in-the-query` };

type FakeFetch = (url: string, init: RequestInit) => Promise<Response>;

interface Options {
  isSignedIn?: boolean;
  isOnline?: boolean;
  deadlineMs?: number;
}

function apiWith(
  fetch: FakeFetch,
  { isSignedIn = true, isOnline = true, deadlineMs = 15_000 }: Options = {},
) {
  let count = 0;
  const getToken = vi.fn(async (_: TokenOptions) => {
    count += 1;
    return isSignedIn
      ? { token: `token-${count}`, expiresAt: 1, sessionId: person.sessionId, organizationId: null }
      : null;
  });
  const person = { sessionId: 'sess_ada', organizationId: null };
  const time = { now: 0 };
  const sent = vi.fn(fetch);
  const createDeadline = vi.fn(() => AbortSignal.timeout(deadlineMs));
  const fetchApi = createApiFetch({
    apiOrigins: [API, 'http://localhost:4000'],
    getToken,
    isSignedIn: (sessionId) => person.sessionId === sessionId,
    clock: { monotonic: () => time.now },
    loadScript: async () => ({ fetchAsAsker }),
    fetch: sent,
    isOnline: () => isOnline,
    createDeadline,
  });
  return { fetchApi, sent, getToken, createDeadline, person, time };
}

const json =
  (body: unknown, init: ResponseInit = {}) =>
  async () =>
    Response.json(body, init);

const JSON_TYPE: ResponseInit = { headers: { 'content-type': 'application/json' } };

async function failureOf(work: Promise<unknown>): Promise<MessageError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(MessageError);
  return error as MessageError;
}

describe('a request to the developer’s API', () => {
  test('goes out with the person’s token and brings back status, body and a few headers', async () => {
    const { fetchApi, sent } = apiWith(
      json({ name: 'Ada' }, { status: 201, headers: { etag: '"1"', 'set-cookie': 'a=b', 'x-secret': 'no' } }),
    );
    expect(await fetchApi(get)).toEqual({
      status: 201,
      headers: { 'content-type': 'application/json', etag: '"1"' },
      body: { name: 'Ada' },
    });
    expect(sent).toHaveBeenCalledExactlyOnceWith(get.url, expect.anything());
    expect(sent.mock.calls[0]?.[1].headers).toEqual({ authorization: 'Bearer token-1' });
  });

  test('follows no redirect, sends no cookie, no referrer, and asks no cache', async () => {
    const { fetchApi, sent } = apiWith(json(null));
    await fetchApi(get);
    expect(sent.mock.calls[0]?.[1]).toMatchObject({
      redirect: 'error',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
  });

  test('sends its body as JSON', async () => {
    const { fetchApi, sent } = apiWith(json(null));
    await fetchApi({
      method: 'POST',
      url: `${API}/notes`,
      headers: { accept: 'text/plain' },
      body: { a: [1] },
    });
    expect(sent.mock.calls[0]?.[1]).toMatchObject({
      method: 'POST',
      body: '{"a":[1]}',
      headers: {
        'content-type': 'application/json',
        accept: 'text/plain',
        authorization: 'Bearer token-1',
      },
    });
  });

  test('keeps its own Authorization, whatever the headers say', async () => {
    const { fetchApi, sent } = apiWith(json(null));
    await fetchApi({ ...get, headers: { authorization: 'Bearer mine' } });
    expect(sent.mock.calls[0]?.[1].headers).toEqual({ authorization: 'Bearer token-1' });
  });

  test.each([
    'https://other.example.com/me',
    'https://api.example.com.evil.example/me',
    'https://api.example.com:444/me',
    'http://api.example.com/me',
    'https://api.example.com@evil.example/me',
    'https://user:secret@api.example.com/me',
    'https://user@api.example.com/me',
    'http://localhost:4001/me',
    'file:///etc/passwd',
    'data:text/plain,x',
    'not a url',
    `blob:${API}/5d2a`,
    `filesystem:${API}/temporary/me`,
  ])('to %s is refused before there is a token', async (url) => {
    const { fetchApi, sent, getToken } = apiWith(json(null));
    expect((await failureOf(fetchApi({ ...get, url }))).code).toBe('api-refused');
    expect(sent).not.toHaveBeenCalled();
    expect(getToken).not.toHaveBeenCalled();
  });

  test('is an error when nobody is signed in: it could not be made', async () => {
    const { fetchApi, sent } = apiWith(json(null), { isSignedIn: false });
    expect((await failureOf(fetchApi(get))).code).toBe('signed-out');
    expect(sent).not.toHaveBeenCalled();
  });

  test('says so when there is no network', async () => {
    const { fetchApi } = apiWith(json(null), { isOnline: false });
    expect((await failureOf(fetchApi(get))).code).toBe('offline');
  });

  test('is sent once more with a new token when the API answers 401', async () => {
    const statuses = [401, 200];
    const { fetchApi, sent, getToken } = apiWith(async () =>
      Response.json({}, { status: statuses.shift() ?? 500 }),
    );
    expect((await fetchApi(get)).status).toBe(200);
    expect(getToken.mock.calls).toEqual([[{}], [{ skipCache: true }]]);
    expect(sent.mock.calls[1]?.[1].headers).toEqual({ authorization: 'Bearer token-2' });
  });

  test('brings back the 401 when the API stays with it', async () => {
    const { fetchApi, sent } = apiWith(json({ error: 'who?' }, { status: 401 }));
    expect(await fetchApi(get)).toMatchObject({ status: 401, body: { error: 'who?' } });
    expect(sent).toHaveBeenCalledTimes(2);
  });

  test('that the API answers with 401 again and again has the Frontend API asked once in 10 s', async () => {
    const { fetchApi, getToken, sent, time } = apiWith(json({}, { status: 401 }));
    let kept = 1;
    getToken.mockImplementation(async ({ skipCache }) => {
      if (skipCache) kept += 1;
      return { token: `token-${kept}`, expiresAt: 1, sessionId: 'sess_ada', organizationId: null };
    });
    const renewals = () => getToken.mock.calls.filter(([{ skipCache }]) => skipCache).length;
    for (let turn = 0; turn < 20; turn += 1) expect((await fetchApi(get)).status).toBe(401);
    expect(renewals()).toBe(1);
    expect(sent).toHaveBeenCalledTimes(21);
    time.now = 10_000;
    await fetchApi(get);
    expect(renewals()).toBe(2);
  });

  test('shares a new token with another one that was refused meanwhile', async () => {
    const { fetchApi, getToken, sent } = apiWith(async (_, { headers }) => {
      const isOld = (headers as Record<string, string>).authorization === 'Bearer token-1';
      return Response.json({}, { status: isOld ? 401 : 200 });
    });
    let kept = 1;
    getToken.mockImplementation(async ({ skipCache }) => {
      if (skipCache) kept += 1;
      return { token: `token-${kept}`, expiresAt: 1, sessionId: 'sess_ada', organizationId: null };
    });
    const answers = await Promise.all([fetchApi(get), fetchApi(get), fetchApi(get)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(sent).toHaveBeenCalledTimes(6);
    expect(getToken.mock.calls.filter(([{ skipCache }]) => skipCache)).toHaveLength(1);
  });

  test('is not sent again as somebody else who signed in meanwhile', async () => {
    const { fetchApi, sent, person } = apiWith(async () => {
      person.sessionId = 'sess_grace';
      return Response.json({}, { status: 401 });
    });
    const write: ApiRequest = { method: 'POST', url: `${API}/notes`, body: 'of Ada' };
    expect((await failureOf(fetchApi(write))).code).toBe('signed-out');
    expect(sent).toHaveBeenCalledTimes(1);
  });

  test('is not sent again when somebody else signed in while a new token was on its way', async () => {
    const { fetchApi, sent, getToken, person } = apiWith(json({}, { status: 401 }));
    getToken.mockImplementation(async ({ skipCache }) => {
      if (skipCache) person.sessionId = 'sess_grace';
      return {
        token: skipCache ? 'of-grace' : 'of-ada',
        expiresAt: 1,
        sessionId: person.sessionId,
        organizationId: null,
      };
    });
    expect((await failureOf(fetchApi(get))).code).toBe('signed-out');
    expect(sent).toHaveBeenCalledTimes(1);
  });

  test('is not sent with the token of one person as another who signed in while it was on its way', async () => {
    const { fetchApi, sent, getToken, person } = apiWith(json({ name: 'Ada' }));
    getToken.mockImplementation(async () => {
      const token = { token: 'of-ada', expiresAt: 1, sessionId: person.sessionId, organizationId: null };
      person.sessionId = 'sess_grace';
      return token;
    });
    expect((await failureOf(fetchApi(get))).code).toBe('signed-out');
    expect(sent).not.toHaveBeenCalled();
  });

  test('is not sent again with a new token that is another person’s', async () => {
    const { fetchApi, sent, getToken } = apiWith(json({}, { status: 401 }));
    getToken.mockImplementation(async ({ skipCache }) =>
      skipCache
        ? { token: 'of-grace', expiresAt: 1, sessionId: 'sess_grace', organizationId: null }
        : { token: 'of-ada', expiresAt: 1, sessionId: 'sess_ada', organizationId: null },
    );
    expect((await failureOf(fetchApi(get))).code).toBe('signed-out');
    expect(sent).toHaveBeenCalledTimes(1);
  });

  test('gives its answer to nobody who signed in meanwhile', async () => {
    const { fetchApi, person } = apiWith(async () => {
      person.sessionId = 'sess_grace';
      return Response.json({ name: 'Ada' });
    });
    expect((await failureOf(fetchApi(get))).code).toBe('signed-out');
  });

  test('brings back an error of the API as an answer', async () => {
    const { fetchApi, sent } = apiWith(async () => new Response('broken', { status: 500 }));
    expect(await fetchApi(get)).toMatchObject({ status: 500, body: 'broken' });
    expect(sent).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['no body', new Response(null, { status: 204 }), null],
    ['text', new Response('hello', { headers: { 'content-type': 'text/plain' } }), 'hello'],
    [
      'JSON of another kind',
      new Response('{"a":1}', { headers: { 'content-type': 'application/hal+json' } }),
      { a: 1 },
    ],
    ['broken JSON', new Response('{"a":', { headers: { 'content-type': 'application/json' } }), '{"a":'],
  ])('gives %s as what it is', async (_, response, body) => {
    expect((await apiWith(async () => response).fetchApi(get)).body).toEqual(body);
  });

  test('decodes a letter that falls between two chunks', async () => {
    const bytes = new TextEncoder().encode('Ü');
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect((await apiWith(async () => new Response(body)).fetchApi(get)).body).toBe('Ü');
  });
});

describe('a request that failed says whether it was sent', () => {
  const hang: FakeFetch = (_, { signal }) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  const broken = () =>
    new ReadableStream({
      pull(controller) {
        controller.error(new TypeError('network error'));
      },
    });
  const answers: [string, string, FakeFetch, Options?][] = [
    ['no', 'nobody is signed in', json(null), { isSignedIn: false }],
    ['no', 'there is no network', json(null), { isOnline: false }],
    ['maybe', 'the connection was lost before an answer', () => Promise.reject(new TypeError('lost'))],
    ['maybe', 'no answer came in time', hang, { deadlineMs: 20 }],
    ['yes', 'the connection was lost in the middle of the answer', async () => new Response(broken())],
    ['yes', 'the answer is too large', async () => new Response('x'.repeat(1024 * 1024 + 1))],
    ['yes', 'the answer holds the token', json({ echoed: 'token-1' })],
    ['yes', 'the answer is too deep', async () => new Response('['.repeat(101) + ']'.repeat(101), JSON_TYPE)],
  ];

  test.each(answers)('%s: %s', async (sent, _, fetch, options) => {
    const { fetchApi } = apiWith(fetch, options);
    const write: ApiRequest = { method: 'POST', url: `${API}/notes`, body: 1 };
    expect(bodyOf(await failureOf(fetchApi(write)))).toMatchObject({ sent });
  });

  test('no: it is to another address', async () => {
    const { fetchApi } = apiWith(json(null));
    const failure = await failureOf(fetchApi({ ...get, url: 'https://other.example/' }));
    expect(failure).toMatchObject({ code: 'api-refused', sent: 'no' });
  });

  test('no: there was no token', async () => {
    const { fetchApi, getToken } = apiWith(json(null));
    const shared = new MessageError('rate-limited', { retryAfterMs: 3000 });
    getToken.mockRejectedValue(shared);
    expect(await failureOf(fetchApi(get))).toMatchObject({
      code: 'rate-limited',
      retryAfterMs: 3000,
      sent: 'no',
    });
    expect(shared.sent, 'others wait for the same token').toBeUndefined();
  });

  test('yes: it was answered with 401, and there is no other token', async () => {
    const { fetchApi, getToken } = apiWith(json({}, { status: 401 }));
    getToken.mockResolvedValueOnce({
      token: 'token-0',
      expiresAt: 1,
      sessionId: 'sess_ada',
      organizationId: null,
    });
    getToken.mockRejectedValueOnce(new MessageError('offline'));
    expect(await failureOf(fetchApi(get))).toMatchObject({ code: 'offline', sent: 'yes' });
  });

  test('maybe: the connection was lost when it was sent again', async () => {
    let count = 0;
    const { fetchApi } = apiWith(async () => {
      count += 1;
      if (count === 2) throw new TypeError('lost');
      return Response.json({}, { status: 401 });
    });
    expect(await failureOf(fetchApi(get))).toMatchObject({ code: 'api-unavailable', sent: 'maybe' });
  });
});

describe('a request with a file', () => {
  const url = `${API}/files`;
  const upload = { body: new Blob(['bytes']), contentType: 'image/png' };
  const wanted = { method: 'GET', url, upload: { responseType: 'blob' } } as const;

  test('is sent as it is, with its type and the token', async () => {
    const { fetchApi, sent, createDeadline } = apiWith(json({ id: 1 }));
    expect((await fetchApi({ method: 'POST', url, upload })).body).toEqual({ id: 1 });
    expect(sent.mock.calls[0]?.[1]).toMatchObject({
      body: upload.body,
      headers: { 'content-type': 'image/png', authorization: 'Bearer token-1' },
    });
    expect(createDeadline).toHaveBeenCalledExactlyOnceWith(300_000);
  });

  test('brings back the bytes of an answer, also more than 1 MiB', async () => {
    const bytes = new Uint8Array(5 * 1024 * 1024).fill(7);
    const answer = new Response(bytes, { headers: { 'content-type': 'application/pdf' } });
    const { body } = await apiWith(async () => answer).fetchApi(wanted);
    if (!(body instanceof Blob)) throw new Error('The body is no Blob.');
    expect(body.type).toBe('application/pdf');
    expect(Buffer.compare(Buffer.from(await body.arrayBuffer()), bytes)).toBe(0);
  });

  test('brings back an error of the API as JSON', async () => {
    const { fetchApi } = apiWith(json({ error: 'gone' }, { status: 404 }));
    expect(await fetchApi(wanted)).toMatchObject({ status: 404, body: { error: 'gone' } });
  });

  test('brings back nothing of more than 100 MiB, and does not read it', async () => {
    const cancel = vi.fn();
    const body = new ReadableStream({ cancel });
    const { fetchApi } = apiWith(
      async () => new Response(body, { headers: { 'content-length': `${100 * 1024 * 1024 + 1}` } }),
    );
    expect(await failureOf(fetchApi(wanted))).toMatchObject({ code: 'response-too-large', sent: 'yes' });
    expect(cancel).toHaveBeenCalled();
  });
});

describe('an API that does not do as it should', () => {
  test.each([
    ['redirects', () => Promise.reject(new TypeError(`Failed to fetch ${get.url} token-1`))],
    ['cannot be reached', () => Promise.reject(new TypeError('NetworkError'))],
    ['echoes the token', json({ headers: { authorization: 'Bearer token-1' } })],
  ] as [string, FakeFetch][])('and %s is unavailable, and nothing more is said', async (_, fetch) => {
    const failure = await failureOf(apiWith(fetch).fetchApi(get));
    expect(failure.code).toBe('api-unavailable');
    expect(JSON.stringify(bodyOf(failure))).not.toMatch(/token-1|secret|api\.example/);
  });

  test.each([
    ['in a header', json(null, { headers: { link: '</?token=h.p.sig-123>; rel="next"' } })],
    ['in parts', json({ token: ['h', 'p', 'sig-123'] })],
    ['in the escapes of JSON', async () => new Response('{"a":"h.p.\\u0073ig-123"}', JSON_TYPE)],
  ] as [string, FakeFetch][])('and gives back the token %s is unavailable', async (_, fetch) => {
    const { fetchApi, getToken } = apiWith(fetch);
    getToken.mockResolvedValue({
      token: 'h.p.sig-123',
      expiresAt: 1,
      sessionId: 'sess_ada',
      organizationId: null,
    });
    expect((await failureOf(fetchApi(get))).code).toBe('api-unavailable');
  });

  test('and answers with JSON too deep to be handed on is unavailable', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const { fetchApi } = apiWith(async () => new Response(deep, JSON_TYPE));
    expect((await failureOf(fetchApi(get))).code).toBe('api-unavailable');
  });

  test.each([101, 5000])('C8: and answers with JSON of %i levels is unavailable', async (levels) => {
    const { fetchApi } = apiWith(
      async () => new Response('['.repeat(levels) + ']'.repeat(levels), JSON_TYPE),
    );
    expect((await failureOf(fetchApi(get))).code).toBe('api-unavailable');
  });

  test('C8: and answers with JSON of 100 levels is handed on', async () => {
    const { fetchApi } = apiWith(async () => new Response('['.repeat(100) + ']'.repeat(100), JSON_TYPE));
    expect((await fetchApi(get)).status).toBe(200);
  });

  test('and never answers is given up after the deadline', async () => {
    const hang: FakeFetch = (_, { signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const { fetchApi, createDeadline } = apiWith(hang, { deadlineMs: 20 });
    expect((await failureOf(fetchApi(get))).code).toBe('api-unavailable');
    expect(createDeadline).toHaveBeenCalledExactlyOnceWith(15_000);
  });

  test('is not asked any more when the token took all the time', async () => {
    const { fetchApi, sent, getToken } = apiWith(json(null), { deadlineMs: 5 });
    getToken.mockImplementation(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { token: 'late', expiresAt: 1, sessionId: 'sess_ada', organizationId: null };
    });
    expect((await failureOf(fetchApi(get))).code).toBe('api-unavailable');
    expect(sent).not.toHaveBeenCalled();
  });

  test('and says at once that its answer is too large is not read', async () => {
    const cancel = vi.fn();
    const body = new ReadableStream({ cancel });
    const { fetchApi } = apiWith(
      async () => new Response(body, { headers: { 'content-length': '1048577' } }),
    );
    expect((await failureOf(fetchApi(get))).code).toBe('response-too-large');
    expect(cancel).toHaveBeenCalled();
  });

  test('and sends without end is cut off after 1 MiB', async () => {
    const cancel = vi.fn();
    let sentBytes = 0;
    const body = new ReadableStream({
      pull(controller) {
        sentBytes += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
      cancel,
    });
    expect((await failureOf(apiWith(async () => new Response(body)).fetchApi(get))).code).toBe(
      'response-too-large',
    );
    expect(cancel).toHaveBeenCalled();
    expect(sentBytes).toBeLessThanOrEqual(1024 * 1024 + 3 * 65_536);
  });

  test('may send exactly 1 MiB', async () => {
    const text = 'x'.repeat(1024 * 1024);
    expect((await apiWith(async () => new Response(text)).fetchApi(get)).body).toHaveLength(text.length);
  });
});
