// @vitest-environment node
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { verifyToken } from '@clerk/backend';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EXTENSION_ORIGIN, FapiClient } from '../src/frontend-api-client.ts';
import { type Emulator, startEmulator } from '../src/index.ts';

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

it('keeps organizations, and who is in them, invited, told or asking', async () => {
  const settings = { allowedOrigins: [EXTENSION_ORIGIN], organizations: true, organizationDomains: true };
  const first = await startEmulator({ stateFile, settings });
  const [ada, , mary] = first.seededPeople;
  const { organizationId } = await first.control.createOrganization({
    name: 'Navy',
    memberUserIds: [ada.userId],
    plan: 'team',
  });
  const client = new FapiClient(first);
  const sessionId = await client.signIn();
  await client.touch(sessionId, organizationId);
  await client.post(`/organizations/${organizationId}/domains`, { name: 'navy.example' });
  await first.control.createMembershipRequest({ organizationId, userId: mary.userId });
  const before = await first.control.listOrganizations();
  await first.close();

  const second = await startEmulator({ stateFile, port: first.port, settings });
  try {
    const { seededPeople, seededOrganizations } = first;
    expect(second).toMatchObject({ seededPeople, seededOrganizations });
    expect(await second.control.listOrganizations()).toEqual(before);
    expect(await client.claims(sessionId)).toMatchObject({
      o: { id: organizationId },
      pla: 'o:team,u:free_user',
    });
    const count = async (path: string, of = client) => (await of.call(path)).json.response.total_count;
    expect(await count(`/organizations/${organizationId}/membership_requests`)).toBe(1);
    expect(await count(`/organizations/${organizationId}/domains`)).toBe(1);
    const invited = new FapiClient(second);
    await invited.signIn(mary.emailAddress, mary.password);
    expect(await count('/me/organization_invitations', invited)).toBe(1);
    expect(await count('/me/organization_suggestions', invited)).toBe(1);
    // The organization that a member is in is the one that is changed.
    await second.control.updateOrganization(organizationId, { name: 'Fleet' });
    const { data } = (await client.call('/me/organization_memberships')).json.response;
    expect(data.at(-1).organization.name).toBe('Fleet');
  } finally {
    await second.close();
  }
});

it('keeps the secrets that it made, and none that it was given', async () => {
  const webhooks = [{ url: 'http://localhost:1/' }];
  const first = await startEmulator({ stateFile, webhooks });
  await first.control.updateUser(first.seededUser.userId, { privateMetadata: { customer: 'cus_1' } });
  await first.close();
  const given = {
    secretKey: 'sk_live_given',
    webhooks: [{ url: 'http://localhost:2/', signingSecret: 'whsec_Z2l2ZW4g' }],
  };
  const second = await startEmulator({ stateFile, ...given });
  await second.close();
  expect(second.secretKey).toBe('sk_live_given');
  const kept = await readFile(stateFile, 'latin1');
  expect(kept).not.toContain('sk_live_given');
  expect(kept).not.toContain('whsec_Z2l2ZW4g');
  expect(kept).toContain('cus_1');

  const third = await startEmulator({ stateFile, webhooks });
  await third.close();
  expect(third.webhooks[0]?.signingSecret).toBe(first.webhooks[0]?.signingSecret);
  expect(third.secretKey).not.toBe('sk_live_given');
});

it('keeps its secret key', async () => {
  const first = await startEmulator({ stateFile });
  await first.close();
  const second = await startEmulator({ stateFile });
  await second.close();
  expect(second.secretKey).toBe(first.secretKey);
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

const SETTINGS = { allowedOrigins: [EXTENSION_ORIGIN] };

/** An emulator in a process of its own, as development mode has one, and what the process does besides. */
async function startProcess(besides: string) {
  const index = new URL('../src/index.ts', import.meta.url).href;
  const options = JSON.stringify({ stateFile, settings: SETTINGS });
  const script = `
    import { startEmulator } from ${JSON.stringify(index)};
    const { control, close, ...facts } = await startEmulator(${options});
    ${besides}
    console.log(JSON.stringify(facts));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return (await once(child, 'exit')) as [code: number | null, signal: string | null];
  };
  return { facts: JSON.parse(line) as Omit<Emulator, 'control' | 'close'>, end };
}

// Windows has no signals that a program could send.
it.skipIf(process.platform === 'win32').each([
  { how: 'Ctrl+C', signal: 'SIGINT', besides: '', exit: [null, 'SIGINT'] },
  { how: 'a program that ends it', signal: 'SIGTERM', besides: '', exit: [null, 'SIGTERM'] },
  {
    how: 'the Ctrl+C of a program that ends itself',
    signal: 'SIGINT',
    besides: "process.on('SIGINT', () => process.exit(0));",
    exit: [0, null],
  },
  {
    how: 'the Ctrl+C of a program that closes the emulator',
    signal: 'SIGINT',
    besides: "process.on('SIGINT', () => void close());",
    exit: [0, null],
  },
] as const)('keeps a sign-in that was made just before $how', async ({ signal, besides, exit }) => {
  const { facts, end } = await startProcess(besides);
  const sessionId = await new FapiClient(facts).signIn();
  expect(await end(signal)).toEqual(exit);

  const second = await startEmulator({ stateFile, settings: SETTINGS });
  try {
    expect(await second.control.listSessions()).toMatchObject([{ sessionId, status: 'active' }]);
  } finally {
    await second.close();
  }
});
