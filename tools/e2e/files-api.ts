import { createHash } from 'node:crypto';
import { verifyToken } from '@clerk/backend';
import { reverificationErrorResponse } from '@clerk/backend/internal';
import { Hono } from 'hono';

/** How long ago a person may have been verified, in minutes. */
const RECENT_MINUTES = 10;

/**
 * An API that takes and gives files, takes its time, and wants a recent verification. What it says of its answers tells the
 * tests what arrived.
 *
 * @param jwtKey PEM of the key that signs session tokens.
 */
export function createFilesApi(jwtKey: string): Hono {
  // The clock of the local Frontend API may be another one.
  const claimsOf = (authorization: string | undefined) =>
    verifyToken(authorization?.replace('Bearer ', '') ?? '', { jwtKey, clockSkewInMs: 86_400_000 });
  return new Hono()
    .post('/files', async (c) => {
      await claimsOf(c.req.header('authorization'));
      await wait(c.req.query('wait'));
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      return c.json({ size: bytes.length, hash: hashOf(bytes), type: c.req.header('content-type') ?? null });
    })
    .post('/form', async (c) => {
      const file = (await c.req.formData()).get('file');
      return file instanceof File ? c.json({ name: file.name, size: file.size }) : c.json({}, 400);
    })
    .get('/files/:size', async (c) => {
      await wait(c.req.query('wait'));
      const bytes = bytesOf(Number(c.req.param('size')));
      return c.body(bytes, 200, { 'content-type': 'application/pdf', etag: `"${hashOf(bytes)}"` });
    })
    .on(['GET', 'POST'], '/slow', async (c) => {
      await wait(c.req.query('wait'));
      return c.json({ done: true });
    })
    .post('/secret', async (c) => {
      const { fva = [-1, -1], sub } = (await claimsOf(c.req.header('authorization'))) as {
        fva?: number[];
        sub: string;
      };
      const isRecent = fva[0] !== undefined && fva[0] >= 0 && fva[0] < RECENT_MINUTES;
      const wanted = { level: 'first_factor', afterMinutes: RECENT_MINUTES } as const;
      return isRecent ? c.json({ userId: sub, minutes: fva[0] }) : reverificationErrorResponse(wanted);
    });
}

/** The same bytes for the same size. */
export function bytesOf(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let index = 0; index < size; index += 1) bytes[index] = (index * 31 + (index >> 8)) & 255;
  return bytes;
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const wait = (ms = '0') => new Promise((resolve) => setTimeout(resolve, Number(ms)));
