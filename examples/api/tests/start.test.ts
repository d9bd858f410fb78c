// @vitest-environment node
import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { emulator, withEmulator } from 'clerk-emulator/vitest';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { StartError } from '../src/http/start-error.ts';
import { openStore } from '../src/store/store.ts';
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
  it('without AUTHORIZED_PARTIES', async () => {
    const { code, errors } = await failToStart(environment({ AUTHORIZED_PARTIES: undefined }));
    expect([code, errors]).toEqual([1, expect.stringMatching(/^AUTHORIZED_PARTIES is not set[^\n]+\n$/)]);
  });

  it('with wrong variables, and says so of each in a line', async () => {
    const wrong = [
      'PORT',
      'CLERK_PUBLISHABLE_KEY',
      'CLERK_SECRET_KEY',
      'CLERK_JWT_KEY',
      'CLERK_WEBHOOK_SIGNING_SECRET',
      'AUTHORIZED_PARTIES',
      'CLERK_API_URL',
    ];
    const { code, errors } = await failToStart(
      environment(Object.fromEntries(wrong.map((name) => [name, 'pk']))),
    );
    const lines = errors.trim().split('\n');
    expect([code, lines.map((line) => line.split(' ')[0])]).toEqual([1, wrong]);
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
    expect(() => openStore(path)).toThrow(StartError);
    expect(() => openStore(path)).toThrow(/^DATABASE: ".+" cannot be used: [^\n]+$/);
  });

  it('with a DATABASE in a folder that is not there', async () => {
    const DATABASE = '/no/such/folder/notes.sqlite';
    const { code, errors } = await failToStart(environment({ DATABASE }));
    expect(code).toBe(1);
    expect(errors).toMatch(/^DATABASE: "[^"]+" cannot be used: unable to open database file\.[^\n]+\n$/);
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
