import { request } from 'node:https';
import type { EmulatorControl } from './types.ts';

const LOOPBACK_NAME = /^(localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * The control surface of an emulator in another process, over HTTP.
 * @param url the emulator's URL, `https://clerk.localhost:PORT`
 * @throws {Error} when the URL is not one of an emulator. The calls reject with the emulator's own sentence for bad
 * input, and with one that names the URL when nothing answers there.
 */
export function createControlClient(url: string): EmulatorControl {
  const base = parseUrl(url);
  const call = <T>(method: string, path: string, body?: unknown) =>
    send(base, method, path, body) as Promise<T>;
  const run = async (method: string, path: string, body?: unknown) => {
    await call(method, path, body);
  };
  const encode = encodeURIComponent;

  return {
    reset: () => run('POST', '/reset'),
    createUser: (user) => call('POST', '/users', user),
    updateUser: (userId, patch) => run('PATCH', `/users/${encode(userId)}`, patch),
    deleteUser: (userId) => run('DELETE', `/users/${encode(userId)}`),
    listSessions: () => call('GET', '/sessions'),
    revokeSession: (sessionId) => run('POST', `/sessions/${encode(sessionId)}/revoke`),
    lastMail: (emailAddress) => call('GET', `/mail/${encode(emailAddress)}`),
    addFault: (fault) => call('POST', '/faults', fault),
    clearFaults: () => run('DELETE', '/faults'),
    requests: () => call('GET', '/requests'),
    clearRequests: () => run('DELETE', '/requests'),
    configure: (settings) => run('PATCH', '/settings', settings),
    createTemplate: (template) => run('POST', '/templates', template),
  };
}

function parseUrl(url: string): URL {
  const parsed = URL.parse(url);
  if (parsed?.protocol !== 'https:' || !LOOPBACK_NAME.test(parsed.hostname)) {
    throw new Error(`An emulator's URL looks like https://clerk.localhost:8443, got ${JSON.stringify(url)}.`);
  }
  return parsed;
}

function send(base: URL, method: string, path: string, body: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        // Not the name: Node resolves *.localhost only where the system's resolver does.
        host: base.hostname === '[::1]' ? '::1' : '127.0.0.1',
        port: base.port || 443,
        servername: 'localhost',
        // Self-signed by design, and reached over loopback only.
        rejectUnauthorized: false,
        // A kept connection would hold the calling process open and outlive the emulator.
        agent: false,
        method,
        path: `/__emulator${path}`,
        headers: { host: base.host, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if ((incoming.statusCode ?? 500) < 300) resolve(JSON.parse(text));
          else reject(new Error(errorSentence(text)));
        });
      },
    );
    outgoing.on('error', (error) => {
      reject(
        new Error(
          `No emulator answers at ${base.origin} (${error.message}). Start one with: npm run emulator`,
        ),
      );
    });
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function errorSentence(text: string): string {
  try {
    return String(JSON.parse(text).error);
  } catch {
    return `The emulator answered something else than JSON: ${text.slice(0, 100)}`;
  }
}
