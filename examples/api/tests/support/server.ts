import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Emulator } from 'clerk-emulator';

const ENTRY = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

/** An extension of Chromium, a web app, and what Firefox's extension may have in its tokens. */
export const CHROME = `chrome-extension://${'abcdefghijklmnop'.repeat(2)}`;
export const FIREFOX = 'moz-extension://2f1c4a52-9d0e-4c6f-8f6e-0d3b3c1d9a11';
export const WEB_APP = 'https://app.example.com';

export const SIGNING_SECRET = `whsec_${btoa('a signing secret of 24 b')}`;

/** The server, in a process of its own. */
export interface ApiServer {
  url: string;
  /** As a host stops it. */
  stop(): Promise<void>;
  /** As a power cut does. */
  kill(): Promise<void>;
}

type Environment = Record<string, string | undefined>;

/** What a server needs to trust an emulator's tokens. */
export function environmentFor({ publishableKey, jwtKey }: Pick<Emulator, 'publishableKey' | 'jwtKey'>) {
  return {
    PORT: '0',
    CLERK_PUBLISHABLE_KEY: publishableKey,
    CLERK_SECRET_KEY: publishableKey.replace('pk_', 'sk_').slice(0, 8) + 'x'.repeat(24),
    CLERK_JWT_KEY: jwtKey,
    CLERK_WEBHOOK_SIGNING_SECRET: SIGNING_SECRET,
    AUTHORIZED_PARTIES: `${CHROME},${WEB_APP}`,
    // Where nobody listens: what verifies locally never notices.
    CLERK_API_URL: 'http://127.0.0.1:9',
  };
}

/**
 * Starts the server and waits for its address.
 * @throws {Error} with what it printed when it ends instead.
 */
export async function startApi(environment: Environment): Promise<ApiServer> {
  const child = run(environment);
  const errors = text(child.stderr);
  const url = await new Promise<string | null>((resolve) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const found = /API: (http:\/\/\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', () => resolve(null));
  });
  if (url === null) throw new Error(await errors);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return { url, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** Starts a server that is to refuse its settings. */
export async function failToStart(
  environment: Environment,
): Promise<{ code: number | null; errors: string }> {
  const child = run(environment);
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code, errors };
}

/** A folder that is gone after the tests. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'api-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

function run(
  environment: Environment,
): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
  const env = { PATH: process.env.PATH, ...environment };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ENTRY], { env });
  return child as typeof child & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream };
}
