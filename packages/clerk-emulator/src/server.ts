import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Certificate } from './certificate.ts';

/** Both, because browsers resolve `*.localhost` to both. */
const IPV4 = '127.0.0.1';
const IPV6 = '::1';
/** How often a free IPv4 port may turn out to be taken on IPv6. */
const FREE_PORT_ATTEMPTS = 10;
/** Longer than a browser waits before it uses a connection again. */
const KEEP_ALIVE_MS = 60_000;

export type RequestListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

export interface LoopbackServer {
  port: number;
  onRequest(listener: RequestListener): void;
  close(): Promise<void>;
}

/**
 * Serves on loopback only, on IPv6 too where the machine has it.
 * @param certificate Without one it is plain http, which browsers trust on loopback as they trust https.
 * @param port 0 for a free one
 * @throws {Error} naming the port and the remedy when it is in use or not allowed.
 */
export async function listenOnLoopback(
  certificate: Certificate | null,
  port: number,
): Promise<LoopbackServer> {
  for (let attempt = 1; ; attempt += 1) {
    const ipv4 = createClosableServer(certificate);
    const actualPort = await listen(ipv4.server, IPV4, port);
    const ipv6 = createClosableServer(certificate);
    try {
      await listen(ipv6.server, IPV6, actualPort);
      return combine([ipv4, ipv6], actualPort);
    } catch (error) {
      if (!(error instanceof PortInUseError)) return combine([ipv4], actualPort);
      await ipv4.close();
      if (port !== 0 || attempt === FREE_PORT_ATTEMPTS) throw error;
    }
  }
}

class PortInUseError extends Error {
  constructor(port: number) {
    super(
      `Port ${port} is already in use. Stop the program that uses it, or choose another by --port (0 picks a free one).`,
    );
    this.name = 'PortInUseError';
  }
}

type HttpServer = ReturnType<typeof createServer | typeof createTlsServer>;

interface ClosableServer {
  server: HttpServer;
  close(): Promise<void>;
}

function createClosableServer(certificate: Certificate | null): ClosableServer {
  const server: HttpServer = certificate
    ? createTlsServer({ key: certificate.privateKey, cert: certificate.certificate })
    : createServer();
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return {
    server,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Raw sockets: closeAllConnections leaves out those that are still shaking hands.
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function combine(servers: ClosableServer[], port: number): LoopbackServer {
  return {
    port,
    onRequest(listener) {
      for (const { server } of servers) server.on('request', listener);
    },
    async close() {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

function listen(server: HttpServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port)));
    server.listen({ host, port, exclusive: true }, () => resolve((server.address() as AddressInfo).port));
  });
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') return new PortInUseError(port);
  if (error.code === 'EACCES') {
    return new Error(`Port ${port} needs more rights than this program has. Choose a port of 1024 or above.`);
  }
  return error;
}
