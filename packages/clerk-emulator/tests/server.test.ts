// @vitest-environment node
import { spawn } from 'node:child_process';
import { createPublicKey, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parseEnv } from 'node:util';
import { createClerkClient } from '@clerk/backend';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseCommandLine } from '../src/cli-options.ts';
import { EXTENSION_ORIGIN, FapiClient, send } from '../src/frontend-api-client.ts';
import {
  createControlClient,
  type Emulator,
  type EmulatorOptions,
  type Mail,
  startEmulator,
} from '../src/index.ts';
import { readCommands } from '../src/terminal-commands.ts';
import { type Received, startReceiver, typesOf, verify } from './support/receiver.ts';

async function start(options?: EmulatorOptions) {
  const emulator = await startEmulator({ settings: { allowedOrigins: [EXTENSION_ORIGIN] }, ...options });
  onTestFinished(() => emulator.close());
  return emulator;
}

describe('startEmulator', () => {
  it('names the port and the remedy when the port is in use', async () => {
    const { port } = await start();
    await expect(startEmulator({ port })).rejects.toThrow(`Port ${port} is already in use`);
  });

  it('gives its port back on close', async () => {
    const first = await startEmulator();
    await first.close();
    const { port } = await start({ port: first.port });
    expect(port).toBe(first.port);
  });

  it('certifies the names that browsers use', async () => {
    const { certificate } = await start();
    const { subjectAltName } = new X509Certificate(certificate);
    for (const name of ['DNS:clerk.localhost', 'DNS:localhost', 'IP Address:127.0.0.1']) {
      expect(subjectAltName).toContain(name);
    }
  });

  it('answers at the host that is asked for, and knows the pages of its domain', async () => {
    const emulator = await start({ hostname: 'clerk.app.localhost' });
    expect(emulator.url).toBe(`https://clerk.app.localhost:${emulator.port}`);
    const key = Buffer.from(emulator.publishableKey.slice(8), 'base64').toString();
    expect(key).toBe(`clerk.app.localhost:${emulator.port}$`);
    const ask = async (origin: string) =>
      (await send(emulator, '/v1/environment', { headers: { origin } })).status;
    expect([await ask('https://app.localhost:3000'), await ask('https://other.localhost')]).toEqual([
      200, 400,
    ]);
    expect(await createControlClient(emulator.url).listSessions()).toEqual([]);
    await expect(startEmulator({ hostname: 'clerk.example.com' })).rejects.toThrow(
      'must end with .localhost',
    );
  });

  it('closes at once with a connection that never finished its handshake', async () => {
    const emulator = await startEmulator();
    const socket = connect(emulator.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    await emulator.close();
    await closed;
  });

  it('keeps several emulators apart', async () => {
    const [one, two] = [await start(), await start()];
    const client = new FapiClient(one);
    await client.signIn();
    const { json } = await send(two, '/v1/client', {
      headers: { authorization: `Bearer ${client.credential}` },
      query: { _is_native: '1' },
    });
    expect(json.response).toBeNull();
    expect(one.jwtKey).not.toBe(two.jwtKey);
  });

  it('reports mailed codes by log and by callback', async () => {
    const lines: string[] = [];
    const mails: Mail[] = [];
    const emulator = await start({ log: (line) => lines.push(line), onMail: (mail) => mails.push(mail) });
    const client = new FapiClient(emulator);
    const { json } = await client.startSignIn();
    const path = `/client/sign_ins/${json.response.id}/prepare_first_factor`;
    await client.post(path, { strategy: 'email_code' });
    const [mail] = mails;
    expect(mail).toMatchObject({ emailAddress: 'ada@example.com', purpose: 'sign-in' });
    expect(lines).toEqual([`[mail] code ${mail?.code} for ada@example.com (sign-in)`]);
  });

  it('lets nothing that a client sends act on a terminal', async () => {
    const lines: string[] = [];
    const emulator = await start({ log: (line) => lines.push(line) });
    const signUp = async (emailAddress: string) => {
      const client = new FapiClient(emulator);
      const form = { email_address: emailAddress, password: 'nanosecond' };
      const { status, json } = await client.post('/client/sign_ups', form);
      if (status === 200)
        await client.post(`/client/sign_ups/${json.response.id}/prepare_verification`, {
          strategy: 'email_code',
        });
      return status;
    };
    expect(await signUp('\u001b[2Jgrace@example.com')).toBe(422);
    expect(await signUp('\u202egrace@example.com')).toBe(200);
    await send(emulator, '/v1/client', { headers: { origin: 'moz-extension://\u009b2J' } });
    expect(lines).toEqual([
      expect.stringMatching(/^\[mail\] code \d{6} for \\u202egrace@example\.com \(sign-up\)$/),
      expect.stringContaining('moz-extension://\\u009b2J is refused'),
    ]);
  });

  it('tells once which origin it refuses, and what would let it in', async () => {
    const lines: string[] = [];
    const emulator = await start({ log: (line) => lines.push(line) });
    const headers = { origin: 'moz-extension://1b2c' };
    for (let count = 0; count < 3; count += 1) await send(emulator, '/v1/client', { headers });
    expect(lines).toEqual([
      '[origin] moz-extension://1b2c is refused: it is not in the setting "allowedOrigins".',
    ]);
  });

  it('has its people, templates, faults and settings from the start, and after a reset', async () => {
    const { control, ...emulator } = await start({
      settings: { allowedOrigins: [EXTENSION_ORIGIN], singleSessionMode: false },
      users: [{ emailAddress: 'grace@example.com', password: 'nanosecond', firstName: 'Grace' }],
      templates: [{ name: 'mine', claims: { mail: '{{user.primary_email_address}}' } }],
      faults: [{ endpoint: 'GET /v1/me', kind: 'status', status: 503, times: 1 }],
    });
    for (const round of ['first', 'after a reset']) {
      const client = new FapiClient(emulator);
      const session = await client.signIn('grace@example.com', 'nanosecond');
      expect((await client.post(`/client/sessions/${session}/tokens/mine`)).status, round).toBe(200);
      expect((await client.call('/me')).status, round).toBe(503);
      expect((await client.call('/me')).json.response.first_name, round).toBe('Grace');
      await control.configure({ singleSessionMode: true });
      await control.reset();
    }
    expect((await new FapiClient(emulator).call('/environment')).json.auth_config.single_session_mode).toBe(
      false,
    );
  });

  it.each([
    [{ settings: { latency: 5 } }, 'settings: unknown field "latency"'],
    [{ users: [{ emailAddress: 'x' }] }, 'users: "emailAddress" must be an e-mail address, got "x"'],
    [{ users: {} }, 'users: expected a list'],
    [{ settings: { socialProviders: ['google'] } }, 'each item a strategy such as "oauth_google"'],
    [{ settings: { redirectUrls: ['x'] } }, 'null or a list of addresses such as'],
    [{ settings: { enterpriseConnections: [{ domain: 'x' }] } }, '{"domain":"acme.example","name":"Acme"}'],
    [
      { users: [{ emailAddress: 'x@y.zz', externalAccounts: [{ strategy: 'google' }] }] },
      'each item an object such as {"strategy":"oauth_google"}',
    ],
    [{ faults: [{ endpoint: '*', kind: 'status' }] }, 'faults: "status" is missing'],
  ])('refuses %j', async (options, sentence) => {
    await expect(startEmulator(options as EmulatorOptions)).rejects.toThrow(sentence);
  });

  it('goes back to its own start settings on reset', async () => {
    const { control, ...emulator } = await start({ tokenLifetimeSeconds: 7 });
    await control.configure({ tokenLifetimeSeconds: 60 });
    await control.reset();
    const client = new FapiClient(emulator);
    const sessionId = await client.signIn();
    const { json } = await client.post(`/client/sessions/${sessionId}/tokens`);
    const claims = JSON.parse(Buffer.from(json.jwt.split('.')[1], 'base64url').toString());
    expect(claims.exp - claims.iat).toBe(7);
  });
});

describe('the command line', () => {
  function run(...args: string[]) {
    return runIn({}, ...args);
  }

  function runIn(environment: Record<string, string>, ...args: string[]) {
    const child = spawn(process.execPath, ['packages/clerk-emulator/src/cli.ts', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CLERK_SECRET_KEY: '', CLERK_WEBHOOK_SIGNING_SECRET: '', ...environment },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  }

  async function configFile(content: unknown): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'clerk-emulator-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'config.json'), JSON.stringify(content));
    return join(folder, 'config.json');
  }

  async function finish(child: ReturnType<typeof run>) {
    const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
    return { out, err, code };
  }

  /** Collects standard output until it contains what is waited for. */
  async function outputUntil(child: ReturnType<typeof run>, wanted: string): Promise<string> {
    let out = '';
    for await (const chunk of child.stdout) {
      out += chunk;
      if (out.includes(wanted)) break;
    }
    return out;
  }

  it('prints what a developer needs, obeys its flags, and stops on Ctrl-C', async () => {
    const child = run('--port', '0', '--instance', 'development', '--token-lifetime', '30');
    const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const out = await outputUntil(child, 'Ctrl-C');
    expect(out).toMatch(/WXT_CLERK_PUBLISHABLE_KEY=pk_test_\S+/);
    expect(out).toContain('ada@example.com');
    expect(out).toContain('lovelace1815');
    expect(out).toMatch(/http:\/\/127\.0\.0\.1:\d+\n/);
    expect(out.match(/pk_test_\S+/g)).toHaveLength(3);
    const [url = ''] = /https:\/\/clerk\.localhost:\d+/.exec(out) ?? [];
    expect(await createControlClient(url).listSessions()).toEqual([]);
    child.kill('SIGINT');
    expect(await exit).toBe(0);
  });

  it('prints what a server needs', async () => {
    const child = run('--port', '0', '--webhook', 'http://localhost:1/');
    const out = await outputUntil(child, 'Ctrl-C');
    const [, apiUrl = ''] = /CLERK_API_URL=(\S+)/.exec(out) ?? [];
    const [, secretKey = ''] = /CLERK_SECRET_KEY=(sk_live_\S+)/.exec(out) ?? [];
    const [, jwtKey = ''] = /CLERK_JWT_KEY="(.+)"/.exec(out) ?? [];
    expect(out).toMatch(/# of http:\/\/localhost:1\/\n {4}CLERK_WEBHOOK_SIGNING_SECRET=whsec_\S+\n/);
    const [, copied = ''] = /extension's tokens takes\n(.+?)\n\n/s.exec(out) ?? [];
    expect(parseEnv(copied)).toEqual({
      CLERK_PUBLISHABLE_KEY: expect.stringMatching(/^pk_live_\S+$/),
      CLERK_SECRET_KEY: secretKey,
      CLERK_API_URL: apiUrl,
      CLERK_JWT_KEY: jwtKey,
      CLERK_WEBHOOK_SIGNING_SECRET: expect.stringMatching(/^whsec_\S+$/),
    });
    const { keys = [] } = await createClerkClient({ secretKey, apiUrl }).jwks.getJwks();
    const [, base64 = ''] = /^-----BEGIN PUBLIC KEY-----(.+)-----END PUBLIC KEY-----$/.exec(jwtKey) ?? [];
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    expect(key.export({ format: 'jwk' }).n).toBe(keys[0]?.n);
  });

  it('is the same one at its next start with --state', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'clerk-emulator-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const keysOf = async () => {
      const child = run('--port', '0', '--state', join(folder, 'state'));
      const exit = new Promise((resolve) => child.once('exit', resolve));
      const out = await outputUntil(child, 'Ctrl-C');
      child.kill('SIGINT');
      await exit;
      return [/CLERK_SECRET_KEY=\S+/.exec(out)?.[0], /CLERK_JWT_KEY=.+/.exec(out)?.[0]];
    };
    const first = await keysOf();
    expect(first).toEqual([expect.any(String), expect.any(String)]);
    expect(await keysOf()).toEqual(first);
  });

  it('makes an emulator that runs send a webhook', async () => {
    const receiver = await startReceiver();
    onTestFinished(() => receiver.close());
    const { port, webhooks } = await start({ webhooks: [{ url: receiver.url }] });
    const sent = await finish(run('webhook', 'user.updated', 'charles@example.com', '--port', String(port)));
    expect(sent).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^user\.updated msg_\w+ to \S+: 200\n$/),
    });
    const [received] = receiver.received as [Received];
    const event = await verify(received, webhooks[0]?.signingSecret ?? '');
    expect(event).toMatchObject({ data: { first_name: 'Charles' } });
  });

  it('names the mistake in such a command', async () => {
    const { port } = await start();
    const wrong = await finish(run('webhook', 'user.born', '--port', String(port)));
    expect(wrong).toMatchObject({ code: 1, out: '', err: expect.stringContaining('"type" must be one of') });
  });

  it.each(['--json', '--multi-session'])('shows no secret that it was given: %s', async (flag) => {
    const secrets = {
      CLERK_SECRET_KEY: 'sk_live_of_this_environment',
      CLERK_WEBHOOK_SIGNING_SECRET: 'whsec_b2YgdGhpcyBlbnZpcm9ubWVudA==',
    };
    const child = runIn(secrets, '--port', '0', '--webhook', 'http://localhost:1/', flag);
    const out = await outputUntil(child, flag === '--json' ? '\n' : 'Ctrl-C');
    for (const secret of Object.values(secrets)) expect(out).not.toContain(secret);
    const [, apiUrl = ''] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(out) ?? [];
    const { users } = createClerkClient({ secretKey: secrets.CLERK_SECRET_KEY, apiUrl });
    expect(await users.getCount()).toBe(3);
  });

  it('carries out what is typed into its terminal', async () => {
    const receiver = await startReceiver();
    onTestFinished(() => receiver.close());
    const { control } = await start({ webhooks: [{ url: receiver.url }] });
    const input = new PassThrough();
    const told: string[] = [];
    onTestFinished(readCommands(input, control, (line) => told.push(line)));
    input.write('\n  webhook user.updated ada@example.com \nwebhook user.born\nhelp\n');
    await vi.waitFor(() => expect(told).toHaveLength(2));
    await vi.waitFor(() => expect(typesOf(receiver.received)).toEqual(['user.updated']));
    expect(told).toEqual([
      expect.stringContaining('"type" must be one of user.created'),
      expect.stringContaining('There is one command: webhook <type>'),
    ]);
  });

  it('explains itself', async () => {
    const { out, code } = await finish(run('--help'));
    expect(code).toBe(0);
    const flags = [
      '--port',
      '--provider-port',
      '--instance',
      '--allow-origin',
      '--config',
      '--state',
      '--token-lifetime',
      '--latency',
      '--multi-session',
      '--no-organizations',
      '--webhook',
      '--webhook-secret',
      '--json',
    ];
    for (const flag of flags) expect(out).toContain(flag);
  });

  it('is set up by a file, and tells programs in JSON what happens', async () => {
    const file = await configFile({
      settings: { secondFactors: ['totp'], allowedOrigins: ['moz-extension://1'] },
      users: [{ emailAddress: 'grace@example.com', password: 'nanosecond' }],
    });
    const child = run('--port', '0', '--json', '--config', file, '--allow-origin', EXTENSION_ORIGIN);
    const lines: Array<Record<string, string>> = [];
    child.stdout.on('data', (chunk) =>
      lines.push(
        ...String(chunk)
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      ),
    );
    await vi.waitFor(() => expect(lines).toHaveLength(1), 20_000);
    const [started] = lines as unknown as [Omit<Emulator, 'control' | 'close'> & { event: string }];
    expect(started).toMatchObject({ event: 'started', publishableKey: expect.stringMatching(/^pk_live_/) });

    const client = new FapiClient(started);
    await client.post('/client/sign_ins', { identifier: 'grace@example.com', strategy: 'email_code' });
    const mail = { event: 'mail', emailAddress: 'grace@example.com', purpose: 'sign-in' };
    await vi.waitFor(() => expect(lines).toContainEqual({ ...mail, code: expect.any(String) }));
    expect((await client.call('/environment')).json.auth_config.second_factors).toEqual(['totp']);
  });

  it.each([
    [[], {}, [true, true]],
    [['--multi-session', '--no-organizations'], {}, [false, false]],
    [[], { organizations: false, singleSessionMode: false }, [false, false]],
    [['--no-organizations'], { organizations: true }, [true, false]],
  ])('has one session and organizations unless told otherwise: %j %j', async (flags, settings, expected) => {
    const { options } = parseCommandLine([...flags, '--config', await configFile({ settings })]);
    expect([options.settings?.singleSessionMode ?? true, options.settings?.organizations]).toEqual(expected);
  });

  it.each([
    [{ nobody: [] }, 'unknown field "nobody". Known fields: settings, users, templates, faults, webhooks.'],
    [{ users: [{ emailAddress: 'x' }] }, 'users: "emailAddress" must be an e-mail address'],
    ['text', 'must hold a JSON object'],
  ])('refuses the file %j in one line', async (content, sentence) => {
    const { err, code } = await finish(run('--config', await configFile(content)));
    expect(code).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain(sentence);
  });

  it('names a file that is not there', async () => {
    const { err, code } = await finish(run('--config', 'nowhere.json'));
    expect([code, err]).toEqual([2, expect.stringContaining('nowhere.json cannot be read as JSON')]);
  });

  it.each([
    [['--prot', '1'], "Unknown option '--prot'"],
    [['--port', 'abc'], '--port takes a whole number from 0 to 65535, got "abc".'],
    [['--instance', 'staging'], '--instance takes production or development, got "staging".'],
    [['webhok'], "Unexpected argument 'webhok'"],
    [['--webhook', 'localhost'], '"url" must be an address'],
    [['--webhook-secret', 'whsec_AAAA'], '--webhook-secret needs a --webhook.'],
    [['--latency', '1.5'], '--latency takes a whole number from 0 to 60000, got "1.5".'],
  ])('refuses %j in one line', async (args, sentence) => {
    const { out, err, code } = await finish(run(...args));
    expect([out, code]).toEqual(['', 2]);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain(sentence);
  });

  it('says so when the port is in use', async () => {
    const { port } = await start();
    const { err, code } = await finish(run('--port', String(port)));
    expect(code).toBe(1);
    expect(err.trim()).toMatch(new RegExp(`^Port ${port} is already in use.*choose another by --port`));
  });
});
