import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkWebhook } from './control-rules.ts';
import { isObject } from './form.ts';
import { checkSeeds } from './seeds.ts';
import { WEBHOOK_COMMAND } from './terminal-commands.ts';
import type { EmulatorOptions, InstanceType, NewWebhook } from './types.ts';

const INVOCATION =
  process.env.npm_lifecycle_event === 'emulator' ? 'npm run emulator --' : 'npx --no-install clerk-emulator';

export const USAGE = `Usage: ${INVOCATION} [options]
       ${INVOCATION} webhook <type> [e-mail address] [--port <number>]

Runs a local Clerk Frontend API, so that the extension can be developed without a Clerk account. The second form makes one that runs
send a webhook, such as user.updated; typed into its own terminal, "webhook user.updated" does so, too.

  --port <number>            port on loopback; 0 picks a free one (default 8443)
  --provider-port <number>   port of the pages of Google and other providers, and of the Backend API without a certificate;
                             0 picks a free one (default 0)
  --instance <type>          production or development (default production)
  --allow-origin <origin>    an extension that is let in, as in Clerk's dashboard; may be given again
  --webhook <url>            a server that is told of what happens; may be given again
  --webhook-secret <secret>  signs that, whsec_… (default: CLERK_WEBHOOK_SIGNING_SECRET of the environment, or one is made)
  --config <file>            JSON with settings, users, templates, faults and webhooks; see the README
  --state <file>             keeps people, sessions and keys, so that the next start with it goes on (default: none are kept)
  --token-lifetime <seconds> life of a session token (default 60)
  --latency <milliseconds>   added to every answer (default 0)
  --multi-session            several people may be signed in on one client
  --no-organizations         people have no organizations
  --json                     one line of JSON for the start, for each code and for each message
  --help                     this text

Servers ask the Backend API with CLERK_SECRET_KEY of the environment, or with one that is made.
`;

const DEFAULT_PORT = 8443;
const CONFIG_FIELDS = ['settings', 'users', 'templates', 'faults', 'webhooks'];

/** A mistake in the command line or in its file; the exit code is 2. */
export class UsageError extends Error {}

export interface CommandLine {
  help: boolean;
  json: boolean;
  options: EmulatorOptions;
  /** For an emulator that runs: `['webhook', 'user.updated', 'ada@example.com']`. `null`: start one. */
  command: string[] | null;
}

type Environment = Record<string, string | undefined>;

/** @throws {UsageError} in one line */
export function parseCommandLine(args: string[], environment: Environment = process.env): CommandLine {
  const { values, positionals } = parseFlags(args);
  const config = values.config === undefined ? {} : readConfig(values.config);
  const lifetime = parseInteger('token-lifetime', values['token-lifetime'], 1, 86_400);
  const latency = parseInteger('latency', values.latency, 0, 60_000);
  return {
    help: values.help ?? false,
    json: values.json ?? false,
    command: parseCommand(positionals),
    options: {
      ...config,
      port: parseInteger('port', values.port, 0, 65_535) ?? DEFAULT_PORT,
      providerPort: parseInteger('provider-port', values['provider-port'], 0, 65_535) ?? 0,
      instance: parseInstance(values.instance ?? 'production'),
      ...(values.state ? { stateFile: values.state } : {}),
      ...keysOf(environment),
      webhooks: webhooksOf(config, values, environment),
      settings: {
        organizations: true,
        ...config.settings,
        ...(values['no-organizations'] ? { organizations: false } : {}),
        ...(values['multi-session'] ? { singleSessionMode: false } : {}),
        ...(lifetime === undefined ? {} : { tokenLifetimeSeconds: lifetime }),
        ...(latency === undefined ? {} : { latencyMs: latency }),
        ...(values['allow-origin'] ? { allowedOrigins: allowedOrigins(config, values['allow-origin']) } : {}),
      },
    },
  };
}

function parseFlags(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        'provider-port': { type: 'string' },
        instance: { type: 'string' },
        'allow-origin': { type: 'string', multiple: true },
        webhook: { type: 'string', multiple: true },
        'webhook-secret': { type: 'string' },
        config: { type: 'string' },
        state: { type: 'string' },
        'token-lifetime': { type: 'string' },
        latency: { type: 'string' },
        'multi-session': { type: 'boolean' },
        'no-organizations': { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    // Node's first sentence names the flag; the rest is advice about positional arguments.
    const [sentence] = (error as Error).message.split('. ');
    throw new UsageError(`${sentence?.replace(/\.$/, '')}. See: ${INVOCATION} --help`);
  }
}

/** @throws {UsageError} for anything but a command that there is */
function parseCommand(positionals: string[]): string[] | null {
  const [name] = positionals;
  if (name === undefined) return null;
  if (name === WEBHOOK_COMMAND) return positionals;
  throw new UsageError(`Unexpected argument '${name}'. See: ${INVOCATION} --help`);
}

/** The empty variable of an example file counts as none. */
function keysOf({ CLERK_SECRET_KEY: secretKey }: Environment): Pick<EmulatorOptions, 'secretKey'> {
  return secretKey ? { secretKey } : {};
}

/** Those of the file and those of the flags. @throws {UsageError} */
function webhooksOf(
  { webhooks = [] }: EmulatorOptions,
  { webhook: urls = [], 'webhook-secret': secret }: ReturnType<typeof parseFlags>['values'],
  environment: Environment,
): NewWebhook[] {
  if (secret !== undefined && urls.length === 0) throw new UsageError('--webhook-secret needs a --webhook.');
  const signingSecret = secret ?? environment.CLERK_WEBHOOK_SIGNING_SECRET;
  const given = urls.map((url) => ({ url, ...(signingSecret ? { signingSecret } : {}) }));
  try {
    for (const webhook of given) checkWebhook('--webhook', webhook);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  return [...webhooks, ...given];
}

function parseInteger(flag: string, text: string | undefined, minimum: number, maximum: number) {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
  throw new UsageError(`--${flag} takes a whole number from ${minimum} to ${maximum}, got "${text}".`);
}

function parseInstance(text: string): InstanceType {
  if (text === 'production' || text === 'development') return text;
  throw new UsageError(`--instance takes production or development, got "${text}".`);
}

function allowedOrigins({ settings }: EmulatorOptions, more: string[]): string[] {
  return [...(settings?.allowedOrigins ?? []), ...more];
}

/** The file's settings and seeds. The rest of the options have flags. */
function readConfig(path: string): EmulatorOptions {
  const config = parseJson(path);
  if (!isObject(config)) throw new UsageError(`${path} must hold a JSON object.`);
  const unknown = Object.keys(config).find((name) => !CONFIG_FIELDS.includes(name));
  if (unknown) {
    throw new UsageError(`${path}: unknown field "${unknown}". Known fields: ${CONFIG_FIELDS.join(', ')}.`);
  }
  try {
    checkSeeds(config);
  } catch (error) {
    throw new UsageError(`${path}: ${(error as Error).message}`);
  }
  return config;
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path} cannot be read as JSON: ${(error as Error).message}`);
  }
}
