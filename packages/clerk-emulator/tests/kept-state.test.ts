// @vitest-environment node
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyToken } from '@clerk/backend';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EXTENSION_ORIGIN, FapiClient } from '../src/frontend-api-client.ts';
import { startEmulator } from '../src/index.ts';

let folder: string;
let stateFile: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-state-'));
  stateFile = join(folder, 'deep/state');
});
afterEach(() => rm(folder, { recursive: true }));

it('keeps who is signed in, the keys and the certificate for the next start', async () => {
  const settings = { allowedOrigins: [EXTENSION_ORIGIN] };
  const first = await startEmulator({ stateFile, settings });
  const { port, certificate, jwtKey, seededUser } = first;
  const client = new FapiClient(first);
  const sessionId = await client.signIn();
  await first.control.createUser({ emailAddress: 'grace@example.com' });
  await first.close();

  const second = await startEmulator({ stateFile, port, settings });
  try {
    expect(second).toMatchObject({ port, certificate, jwtKey, seededUser });
    const { json } = await client.post(`/client/sessions/${sessionId}/tokens`, { organization_id: '' });
    expect(await verifyToken(json.jwt, { jwtKey })).toMatchObject({ sub: seededUser.userId });
    expect(await second.control.listSessions()).toMatchObject([{ sessionId, status: 'active' }]);
    await expect(second.control.createUser({ emailAddress: 'grace@example.com' })).rejects.toThrow();
  } finally {
    await second.close();
  }
});

it('is for this user alone', async () => {
  await (await startEmulator({ stateFile })).close();
  if (process.platform !== 'win32') expect((await stat(stateFile)).mode & 0o777).toBe(0o600);
});

it('starts anew from a file that it cannot read', async () => {
  await (await startEmulator({ stateFile })).close();
  await writeFile(stateFile, 'something else');
  const emulator = await startEmulator({ stateFile });
  try {
    expect(await emulator.control.listSessions()).toEqual([]);
  } finally {
    await emulator.close();
  }
});
