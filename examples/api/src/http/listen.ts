import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from './start-error.ts';

/** A server that takes requests. */
export interface RunningServer {
  /** `http://localhost:PORT` */
  url: string;
  /** Takes no more requests, and lets those that are under way end, for five seconds at most. */
  close(): Promise<void>;
}

/** A body that never ends keeps no server alive. */
const LAST_REQUESTS_MS = 5000;

/**
 * Starts to take requests.
 * @param port 0: a free one
 * @throws {StartError} When the port is in use or not allowed.
 */
export async function listen(app: RequestListener, port: number): Promise<RunningServer> {
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new StartError(describe(error, port))));
    server.listen(port, resolve);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), LAST_REQUESTS_MS).unref();
      }),
  };
}

function describe({ code, message }: NodeJS.ErrnoException, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Set PORT to another one; 0 takes a free one.`;
  if (code === 'EACCES') return `This account may not listen on port ${port}. Set PORT to one above 1023.`;
  return `The server cannot listen on port ${port}: ${message}`;
}
