import { request } from 'node:https';
import { isLoopback } from 'wxt-clerk/build';

/** What the Frontend API answered to one request. */
export interface Answer {
  status: number;
  /** The JSON body; `null` when it is none. */
  json: unknown;
  /** The server's clock in Unix ms, `null` when it names no time. */
  serverTime: number | null;
  /** This computer's clock in Unix ms, half-way between question and answer. */
  localTime: number;
  tookMs: number;
}

/**
 * Asks the Frontend API something, by GET, which changes nothing. With a form it is a POST: for the one question that
 * there is no other way to ask.
 */
export type Probe = (
  path: string,
  headers?: Record<string, string>,
  form?: Record<string, string>,
) => Promise<Answer>;

const DEADLINE_MS = 10_000;
const FORM_HEADERS = { 'content-type': 'application/x-www-form-urlencoded' };
const LARGEST_BODY = 4 * 1024 * 1024;

/** Is the Frontend API one on this computer, such as `npx --no-install clerk-emulator`? */
export function isLocal(frontendApi: string): boolean {
  return isLoopback(new URL(`https://${frontendApi}`).hostname);
}

/**
 * Asks one Frontend API, each time over a new connection.
 *
 * @param frontendApi Its host, with its port if it has one. The probes reject with Node's own error and its `code` when no
 * answer comes within 10 s.
 */
export function createProbe(frontendApi: string): Probe {
  const { host, hostname, port } = new URL(`https://${frontendApi}`);
  const local = isLocal(frontendApi)
    ? // Node resolves *.localhost only where the system does, and the certificate there is self-signed by design.
      { host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false }
    : { host: hostname };
  return (path, headers = {}, form) =>
    new Promise((resolve, reject) => {
      const askedAt = Date.now();
      const outgoing = request(
        {
          ...local,
          port: port || 443,
          agent: false,
          method: form ? 'POST' : 'GET',
          path,
          headers: { ...headers, host, accept: 'application/json', ...(form && FORM_HEADERS) },
          signal: AbortSignal.timeout(DEADLINE_MS),
        },
        (incoming) => {
          const answeredAt = Date.now();
          const chunks: Buffer[] = [];
          let size = 0;
          incoming.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size > LARGEST_BODY) incoming.destroy(new Error('The answer is longer than 4 MiB'));
            else chunks.push(chunk);
          });
          incoming.on('error', reject);
          incoming.on('end', () =>
            resolve({
              status: incoming.statusCode ?? 0,
              json: parseJson(Buffer.concat(chunks).toString()),
              serverTime: parseDate(incoming.headers.date),
              localTime: (askedAt + answeredAt) / 2,
              tookMs: answeredAt - askedAt,
            }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(form && new URLSearchParams(form).toString());
    });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function parseDate(header: string | undefined): number | null {
  const time = Date.parse(header ?? '');
  return Number.isNaN(time) ? null : time;
}
