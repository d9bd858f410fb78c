import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { verifyToken } from '@clerk/backend';
import { reverificationErrorResponse } from '@clerk/backend/internal';
import { Hono } from 'hono';

/** What a page gets of a file at most, in bytes. */
const LARGEST_TRANSFER = 100 * 1024 * 1024;
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
    .get('/torn', (c) => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(bytesOf(1024));
          setTimeout(() => controller.error(new Error('The line is cut.')), 300);
        },
      });
      return c.body(body, 200, { 'content-type': 'application/pdf', 'content-length': '4096' });
    })
    .get('/bomb', (c) => {
      const packed = new Uint8Array(gzipSync(Buffer.alloc(LARGEST_TRANSFER + 1)));
      return c.body(packed, 200, { 'content-type': 'application/pdf', 'content-encoding': 'gzip' });
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
