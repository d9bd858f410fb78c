// @vitest-environment node
import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { emulator, withEmulator } from 'clerk-emulator/vitest';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { call } from './support/call.ts';
import { environmentFor, failToStart, startApi, temporaryFolder } from './support/server.ts';

withEmulator();

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const environment = (more: Record<string, string | undefined> = {}) => ({
  ...environmentFor(emulator),
  DATABASE: join(folder.path, 'notes.sqlite'),
  ...more,
});

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder?.remove());

describe('the server', () => {
  it('prints its address, answers there, and leaves one whole file when it is stopped', async () => {
    const api = await startApi(environment());
    expect(await call(api.url)).toMatchObject({ status: 200, json: { name: 'api', signedIn: false } });
    await api.stop();
    expect((await readdir(folder.path)).filter((name) => name.startsWith('notes'))).toEqual(['notes.sqlite']);
  });

  it('is started by "npm start -w examples/api"', async () => {
    const { stderr } = await new Promise<{ stderr: string }>((resolve) =>
      execFile(
        'npm',
        ['start', '--silent', '-w', 'examples/api'],
        { env: { PATH: process.env.PATH, PORT: 'x' } },
        (_e, _o, stderr) => resolve({ stderr }),
      ),
    );
    expect(stderr).toContain('PORT must be a number');
  });
});

describe('the server does not start', () => {
  test.each<[name: string, value: string | undefined]>([
    ['AUTHORIZED_PARTIES', undefined],
    ['AUTHORIZED_PARTIES', 'https://*.example.com'],
    ['PORT', 'x'],
    ['CLERK_PUBLISHABLE_KEY', 'pk'],
    ['CLERK_SECRET_KEY', 'pk'],
    ['CLERK_JWT_KEY', 'pk'],
    ['CLERK_WEBHOOK_SIGNING_SECRET', 'pk'],
    ['CLERK_API_URL', 'pk'],
  ])('with %s=%s', async (name, value) => {
    const { code, errors } = await failToStart(environment({ [name]: value }));
    expect(code).toBe(1);
    expect(errors).toMatch(new RegExp(`^${name} [^\n]+\n$`));
  });

  it('on a port that is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, resolve));
    const { port } = other.address() as AddressInfo;
    try {
      const { code, errors } = await failToStart(environment({ PORT: String(port) }));
      expect([code, errors]).toEqual([
        1,
        `Port ${port} is in use. Set PORT to another one; 0 takes a free one.\n`,
      ]);
    } finally {
      other.close();
    }
  });

  test.each<[what: string, make: (path: string) => Promise<unknown>]>([
    ['is no database', (path) => writeFile(path, 'Dear diary, '.repeat(500))],
    ['is a folder', (path) => mkdir(path)],
    ['is damaged', (path) => damagedDatabase(path)],
    [
      'is of a newer version',
      async (path) => withDatabase(path, (it) => it.exec('PRAGMA user_version = 99')),
    ],
  ])('with a DATABASE that %s', async (what, make) => {
    const path = join(folder.path, `${what}.sqlite`);
    await make(path);
    const { code, errors } = await failToStart(environment({ DATABASE: path }));
    expect(code).toBe(1);
    expect(errors).toContain(`DATABASE: "${path}" cannot be used: `);
    expect(errors.trim().split('\n')).toHaveLength(1);
  });

  it('with a DATABASE in a folder that is not there', async () => {
    const { code, errors } = await failToStart(environment({ DATABASE: '/no/such/folder/notes.sqlite' }));
    expect([code, errors]).toEqual([
      1,
      expect.stringContaining('cannot be used: unable to open database file.'),
    ]);
  });
});

function withDatabase(path: string, use: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(path);
  use(database);
  database.close();
}

/** One whose first page is whole and whose others are not. */
async function damagedDatabase(path: string): Promise<void> {
  withDatabase(path, (database) => {
    database.exec('CREATE TABLE a (b TEXT)');
    const insert = database.prepare('INSERT INTO a VALUES (?)');
    for (let row = 0; row < 200; row++) insert.run('x'.repeat(500));
  });
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(path);
  bytes.fill(0xff, 4096);
  await writeFile(path, bytes);
}
