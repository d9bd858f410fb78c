import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emulator } from 'clerk-emulator';
import { FapiClient } from 'clerk-emulator/frontend-api-client';
import { API, API_FOLDER, environmentOf } from '../../api-example.ts';
import { createFigure, type Figure } from '../figure.ts';
import type { Plan } from '../plan.ts';
import type { Stand } from '../stand.ts';
import { rotated } from '../statistics.ts';

const SERVER = join(import.meta.dirname, '../api-server.ts');
const ORIGIN = `chrome-extension://${'a'.repeat(32)}`;
const REQUESTS = 1000;
/** At once, as of many people. */
const CONNECTIONS = 32;
const TOKEN_SECONDS = 3600;

/** What it costs `GET /me` of `examples/api` to verify each token, beside the same server that verifies none. */
export async function measureApi(
  { emulator }: Pick<Stand, 'emulator'>,
  { apiRounds }: Plan,
): Promise<Figure[]> {
  if (!existsSync(API_FOLDER)) {
    console.log(`Not there, and skipped: ${API}`);
    return [];
  }
  const token = await mintToken(emulator);
  const folder = await mkdtemp(join(tmpdir(), 'bench-api-'));
  const servers: Server[] = [];
  try {
    for (const kind of ['verified', 'open'] as const) servers.push(await startServer(kind, emulator, folder));
    // The first is not measured: the code is compiled, and the open server sees its token.
    for (const server of servers) await requestsPerSecond(server, token);
    for (let round = 0; round < apiRounds; round++) {
      for (const server of rotated(servers, round))
        server.samples.push(await requestsPerSecond(server, token));
    }
    const samplesOf = (kind: Kind) =>
      servers.filter((server) => server.kind === kind).flatMap(({ samples }) => samples);
    return [
      createFigure({
        id: 'api-me',
        name: 'GET /me of examples/api, each token verified',
        unit: 'requests/s',
        ours: samplesOf('verified'),
        against: ['without verification', samplesOf('open')],
      }),
    ];
  } finally {
    for (const { process } of servers) process.kill();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

type Kind = 'verified' | 'open';
interface Server {
  kind: Kind;
  url: string;
  process: ChildProcess;
  /** Requests a second. */
  samples: number[];
}

async function mintToken(emulator: Emulator): Promise<string> {
  await emulator.control.configure({ tokenLifetimeSeconds: TOKEN_SECONDS });
  const client = new FapiClient(emulator);
  const sessionId = await client.signIn();
  const path = `/client/sessions/${sessionId}/tokens`;
  const { json } = await client.call(path, { form: {}, headers: { origin: ORIGIN } });
  await emulator.control.configure({ tokenLifetimeSeconds: 60 });
  return json.jwt;
}

async function startServer(kind: Kind, emulator: Emulator, folder: string): Promise<Server> {
  const env = {
    ...process.env,
    PORT: '0',
    ...environmentOf(emulator),
    AUTHORIZED_PARTIES: ORIGIN,
    DATABASE: join(folder, `${kind}.sqlite`),
  };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SERVER, kind], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line) => resolve(String(line).trim()));
    child.once('exit', (code) => reject(new Error(`The API ended with ${code} before it answered.`)));
  });
  return { kind, url, process: child, samples: [] };
}

async function requestsPerSecond({ url }: Server, token: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let left = REQUESTS;
  const ask = async () => {
    while (left-- > 0) await expectMe(`${url}/me`, token, agent);
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, ask));
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  return REQUESTS / seconds;
}

/** @throws {Error} When the answer is another one: its time would say nothing. */
function expectMe(url: string, token: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume();
      response.once('end', () =>
        response.statusCode === 200
          ? resolve()
          : reject(new Error(`GET /me answered ${response.statusCode}.`)),
      );
    });
    request.once('error', reject);
  });
}
