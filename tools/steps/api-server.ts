import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type Emulator, type EmulatorControl, listenOnLoopback } from 'clerk-emulator';
import { API, API_FOLDER, environmentOf } from '../api-example.ts';

/** The running `examples/api`. */
export interface ApiServer {
  /** Ends it; its database is gone with it. */
  close(): Promise<void>;
}

export interface ApiServerOptions {
  emulator: Pick<Emulator, 'publishableKey' | 'secretKey' | 'jwtKey' | 'apiUrl' | 'control'>;
  /** Of `reserveApiOrigin`. */
  origin: string;
  /** Whose tokens count. */
  extensionOrigin: string;
}

/**
 * The origin at which the API will be: an extension is built for it, and the API has to be told the origin of the extension.
 *
 * @returns `null` where `examples/api` was deleted.
 */
export async function reserveApiOrigin(): Promise<string | null> {
  if (!existsSync(API_FOLDER)) return null;
  const { port, close } = await listenOnLoopback(null, 0);
  await close();
  return `http://api.localhost:${port}`;
}

/**
 * Starts `examples/api` for an instance, as its developer does: by its environment, in a process of its own.
 *
 * @throws {Error} With what it printed where it does not start.
 */
export async function startApiServer({
  emulator,
  origin,
  extensionOrigin,
}: ApiServerOptions): Promise<ApiServer> {
  const { port } = new URL(origin);
  const folder = await mkdtemp(join(tmpdir(), 'clerk-demo-api-'));
  await setUpPermission(emulator.control);
  const { signingSecret } = await emulator.control.addWebhook({
    url: `http://127.0.0.1:${port}/webhooks/clerk`,
  });
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/index.ts'], {
    cwd: API_FOLDER,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      PORT: port,
      ...environmentOf(emulator),
      CLERK_WEBHOOK_SIGNING_SECRET: signingSecret,
      AUTHORIZED_PARTIES: extensionOrigin,
      DATABASE: join(folder, 'notes.sqlite'),
    },
  });
  await hasStarted(child);
  return {
    async close() {
      const ended = child.exitCode === null ? once(child, 'exit') : null;
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function hasStarted(child: ChildProcessByStdio<null, Readable, Readable>): Promise<void> {
  const errors = text(child.stderr);
  for await (const line of createInterface(child.stdout)) if (line.startsWith('API: ')) return;
  throw new Error(`${API} does not start:\n${await errors}`);
}

/** What the API asks for, set in the instance as its developer does: a permission, and its feature in the plan of Globex. */
async function setUpPermission(control: EmulatorControl): Promise<void> {
  await control.configure({
    organizationRoles: [{ key: 'org:admin', permissions: ['org:notes:delete'] }],
  });
  const globex = (await control.listOrganizations()).find(({ slug }) => slug === 'globex');
  if (globex)
    await control.updateOrganization(globex.organizationId, { features: [...globex.features, 'notes'] });
}
