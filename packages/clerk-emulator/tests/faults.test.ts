// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { errorOf, send, until } from '../src/frontend-api-client.ts';
import { startEmulator } from '../src/index.ts';
import { client, emulator, withEmulator } from '../src/vitest.ts';

withEmulator();

const CLIENT = 'GET /v1/client';

describe('a status fault', () => {
  it('answers the envelope with the given code, readable across origins', async () => {
    await emulator.control.addFault({
      endpoint: CLIENT,
      kind: 'status',
      status: 429,
      code: 'too_many_requests',
      retryAfterSeconds: 7,
    });
    const answer = await client.call('/client');
    expect([answer.status, errorOf(answer).code]).toEqual([429, 'too_many_requests']);
    expect(answer.headers['retry-after']).toBe('7');
    expect(answer.headers['access-control-expose-headers']).toContain('Retry-After');
  });

  it.each([
    [401, 'authentication_invalid'],
    [404, 'resource_not_found'],
    [429, 'too_many_requests'],
    [500, 'internal_clerk_error'],
    [503, 'service_unavailable'],
    [418, 'request_body_invalid'],
  ])('%i without a code is %s', async (status, code) => {
    await emulator.control.addFault({ endpoint: CLIENT, kind: 'status', status });
    const answer = await client.call('/client');
    expect([answer.status, errorOf(answer).code]).toEqual([status, code]);
  });

  it('takes codes that the catalogue does not know', async () => {
    await emulator.control.addFault({
      endpoint: CLIENT,
      kind: 'status',
      status: 422,
      code: 'missing_expired_token',
    });
    expect(errorOf(await client.call('/client')).code).toBe('missing_expired_token');
  });

  it('sends a raw body as it is', async () => {
    await emulator.control.addFault({
      endpoint: CLIENT,
      kind: 'status',
      status: 502,
      body: '<h1>Bad gateway</h1>',
    });
    const answer = await client.call('/client');
    expect([answer.status, answer.text, answer.json]).toEqual([502, '<h1>Bad gateway</h1>', undefined]);
  });

  it('can be a success without content', async () => {
    await emulator.control.addFault({ endpoint: CLIENT, kind: 'status', status: 204 });
    const answer = await client.call('/client');
    expect([answer.status, answer.text]).toEqual([204, '']);
  });

  it('does not carry the request out', async () => {
    await client.signIn();
    await emulator.control.addFault({ endpoint: 'DELETE /v1/client/sessions', kind: 'status', status: 500 });
    await client.call('/client/sessions', { method: 'DELETE' });
    expect(await client.sessionIds()).toHaveLength(1);
  });

  it('keeps the credential header unless told otherwise', async () => {
    await client.signIn();
    await emulator.control.addFault({ endpoint: CLIENT, kind: 'status', status: 500, times: 1 });
    expect((await client.call('/client')).headers.authorization).toBe(client.credential);
    const fault = { endpoint: CLIENT, kind: 'status', status: 500, omitCredentialHeader: true } as const;
    await emulator.control.addFault(fault);
    expect((await client.call('/client')).headers).not.toHaveProperty('authorization');
  });
});

describe('a delay fault', () => {
  it('answers late, and as usual', async () => {
    await emulator.control.addFault({ endpoint: CLIENT, kind: 'delay', delayMs: 60 });
    const start = performance.now();
    expect((await client.call('/client')).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(59);
  });

  it('lets the request take effect at once', async () => {
    await client.signIn();
    await emulator.control.addFault({ endpoint: 'DELETE /v1/client/sessions', kind: 'delay', delayMs: 300 });
    let isAnswered = false;
    const pending = client.call('/client/sessions', { method: 'DELETE' }).then(() => {
      isAnswered = true;
    });
    await until(async () => (await emulator.control.listSessions())[0]?.status === 'removed');
    expect(isAnswered).toBe(false);
    await pending;
  });

  it('of no length only leaves the credential header out', async () => {
    await client.signIn();
    const fault = { endpoint: CLIENT, kind: 'delay', delayMs: 0, omitCredentialHeader: true } as const;
    await emulator.control.addFault(fault);
    const answer = await client.call('/client');
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty('authorization');
  });
});

describe('a drop fault', () => {
  it('cuts the connection without an answer and without carrying the request out', async () => {
    await client.signIn();
    await emulator.control.addFault({ endpoint: 'DELETE /v1/client/sessions', kind: 'drop' });
    await expect(client.call('/client/sessions', { method: 'DELETE' })).rejects.toThrow(
      /socket hang up|ECONNRESET/,
    );
    expect((await emulator.control.requests()).at(-1)?.status).toBeNull();
    expect(await client.sessionIds()).toHaveLength(1);
  });
});

describe('a hang fault', () => {
  it('answers nothing until the faults are cleared, then as usual', async () => {
    await emulator.control.addFault({ endpoint: CLIENT, kind: 'hang' });
    const pending = client.call('/client');
    await until(async () => (await emulator.control.requests()).length === 1);
    expect((await emulator.control.requests())[0]?.status).toBeNull();
    await emulator.control.clearFaults();
    expect((await pending).status).toBe(200);
    expect((await emulator.control.requests())[0]?.status).toBe(200);
  });

  it('ends when the emulator closes', async () => {
    const other = await startEmulator();
    await other.control.addFault({ endpoint: '*', kind: 'hang' });
    const pending = send(other, '/v1/client');
    const refused = expect(pending).rejects.toThrow(/socket hang up|ECONNRESET/);
    await until(async () => (await other.control.requests()).length === 1);
    await other.close();
    await refused;
  });
});

describe('which requests a fault hits', () => {
  const status = async (path: string, call = {}) => (await client.call(path, call)).status;

  it('as many as told, after as many as told', async () => {
    await emulator.control.addFault({ endpoint: CLIENT, kind: 'status', status: 500, after: 1, times: 2 });
    const seen = [];
    for (let count = 0; count < 5; count += 1) seen.push(await status('/client'));
    expect(seen).toEqual([200, 500, 500, 200, 200]);
  });

  it('by the method after _method', async () => {
    await emulator.control.addFault({ endpoint: 'PATCH /v1/environment', kind: 'status', status: 500 });
    expect(await status('/environment')).toBe(200);
    expect(await status('/environment', { method: 'PATCH' })).toBe(500);
  });

  it.each([
    ['*', '/client', true],
    ['* /v1/client', '/client', true],
    ['GET /v1/*', '/client/sessions/x', true],
    ['GET /v1/client/sessions/:id', '/client/sessions/x', true],
    ['GET /v1/client/sessions/:id', '/client', false],
    ['GET /v1/client/sessions/:id', '/client/sessions/x/tokens', false],
    ['POST /v1/client', '/client', false],
    ['GET /v1/clien.', '/client', false],
  ])('%s and GET /v1%s: %s', async (endpoint, path, isHit) => {
    await emulator.control.addFault({ endpoint, kind: 'status', status: 599 });
    expect((await status(path)) === 599).toBe(isHit);
  });

  it('never preflights: the browser would report another failure', async () => {
    await emulator.control.addFault({ endpoint: '*', kind: 'status', status: 500 });
    expect(await status('/client', { method: 'OPTIONS' })).toBe(204);
  });

  it('the next one when the first is used up', async () => {
    await emulator.control.addFault({ endpoint: CLIENT, kind: 'status', status: 500, times: 1 });
    await emulator.control.addFault({ endpoint: CLIENT, kind: 'status', status: 503, times: 1 });
    expect([await status('/client'), await status('/client'), await status('/client')]).toEqual([
      500, 503, 200,
    ]);
  });
});
