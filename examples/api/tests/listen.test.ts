// @vitest-environment node
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { listen } from '../src/http/listen.ts';

afterEach(() => vi.useRealTimers());

it('a server that is stopped waits five seconds for a request that does not end, and no longer', async () => {
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  const server = await listen(() => isAsked(), 0);
  const socket = connect(Number(new URL(server.url).port), 'localhost');
  socket.on('error', () => {});
  const ended = once(socket, 'close');
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{');
  await asked;

  vi.useFakeTimers({ toFake: ['setTimeout'] });
  let isClosed = false;
  const closed = server.close().then(() => {
    isClosed = true;
  });
  await vi.advanceTimersByTimeAsync(4999);
  expect(isClosed).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await Promise.all([closed, ended]);
});
