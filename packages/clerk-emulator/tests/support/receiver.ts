import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { verifyWebhook } from '@clerk/backend/webhooks';

/** A request as a server of somebody's got it. */
export interface Received {
  headers: Record<string, string>;
  body: string;
}

/** A server on a free port that keeps what it gets and answers as it is told. */
export interface Receiver {
  url: string;
  received: Received[];
  /** What it answers, one after the other, then 200. `null`: it does not answer. */
  answers: (number | null)[];
  close(): Promise<void>;
}

/** Starts one. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: (number | null)[] = [];
  const server = createServer(async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    received.push({ headers: incoming.headers as Record<string, string>, body: await text(incoming) });
    const status = answers.length > 0 ? answers.shift() : 200;
    if (typeof status === 'number') outgoing.writeHead(status, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received,
    answers,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** What Clerk's own function says of a request. */
export function verify({ headers, body }: Received, signingSecret: string) {
  return verifyWebhook(new Request('http://localhost/', { method: 'POST', headers, body }), {
    signingSecret,
  });
}

/** The types of what was received, oldest first. */
export function typesOf(received: readonly Received[]): string[] {
  return received.map(({ body }) => JSON.parse(body).type);
}
