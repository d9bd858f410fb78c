import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';

export interface LoopbackRequest {
  /** Where the emulator is, `https://clerk.localhost:8443`. */
  url: URL;
  method: string;
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body?: string | undefined;
  /** The only certificate to trust, PEM. Without one any is taken: it is self-signed by design and never leaves loopback. */
  certificate?: string;
}

export interface LoopbackAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/**
 * One request to an emulator on this machine, over a connection of its own.
 * @throws Node's own error when nothing answers there.
 */
export function requestLoopback(asked: LoopbackRequest): Promise<LoopbackAnswer> {
  const { url, method, path, headers, body, certificate } = asked;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        // Not the name: Node resolves *.localhost only where the system's resolver does.
        host: url.hostname === '[::1]' ? '::1' : '127.0.0.1',
        port: url.port || 443,
        servername: url.hostname.endsWith('localhost') ? url.hostname : 'localhost',
        ...(certificate === undefined ? { rejectUnauthorized: false } : { ca: certificate }),
        // A kept connection would hold the calling process open and outlive the emulator.
        agent: false,
        method,
        path,
        headers: { host: url.host, ...headers },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
