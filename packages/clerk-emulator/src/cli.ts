import { parseArgs } from 'node:util';
import { startEmulator } from './index.ts';
import type { Emulator, EmulatorOptions, InstanceType } from './types.ts';

const INVOCATION =
  process.env.npm_lifecycle_event === 'emulator' ? 'npm run emulator --' : 'npx clerk-emulator';

const USAGE = `Usage: ${INVOCATION} [options]

Runs a local Clerk Frontend API, so that the extension can be developed without a Clerk account.

  --port <number>            port on loopback; 0 picks a free one (default 8443)
  --instance <type>          production or development (default production)
  --token-lifetime <seconds> life of a session token (default 60)
  --latency <milliseconds>   added to every answer (default 0)
  --help                     this text
`;

/** A mistake in the command line; the exit code is 2. */
class UsageError extends Error {}

interface CommandLine {
  help: boolean;
  options: EmulatorOptions;
}

function parseCommandLine(args: string[]): CommandLine {
  const values = parseFlags(args);
  return {
    help: values.help ?? false,
    options: {
      port: parseInteger('port', values.port, 0, 65_535),
      instance: parseInstance(values.instance),
      tokenLifetimeSeconds: parseInteger('token-lifetime', values['token-lifetime'], 1, 86_400),
      latencyMs: parseInteger('latency', values.latency, 0, 60_000),
    },
  };
}

function parseFlags(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string', default: '8443' },
        instance: { type: 'string', default: 'production' },
        'token-lifetime': { type: 'string', default: '60' },
        latency: { type: 'string', default: '0' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    // Node's first sentence names the flag; the rest is advice about positional arguments.
    const [sentence] = (error as Error).message.split('. ');
    throw new UsageError(`${sentence?.replace(/\.$/, '')}. See: ${INVOCATION} --help`);
  }
}

function parseInteger(flag: string, text: string, minimum: number, maximum: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
  throw new UsageError(`--${flag} takes a whole number from ${minimum} to ${maximum}, got "${text}".`);
}

function parseInstance(text: string): InstanceType {
  if (text === 'production' || text === 'development') return text;
  throw new UsageError(`--instance takes production or development, got "${text}".`);
}

function greeting({ url, publishableKey, seededUser }: Emulator): string {
  return `Local Clerk Frontend API at ${url}

  Put this line into .env and build the extension again:
    WXT_CLERK_PUBLISHABLE_KEY=${publishableKey}

  Sign in as
    e-mail     ${seededUser.emailAddress}
    password   ${seededUser.password}

  The certificate is self-signed and new at every start. Open ${url} in the browser that runs
  the extension and accept it, or start Chromium with --ignore-certificate-errors.

  Everything lives in memory and is gone when this program ends. Mailed codes appear below. Ctrl-C stops.
`;
}

async function main(): Promise<void> {
  const { help, options } = parseCommandLine(process.argv.slice(2));
  if (help) {
    console.log(USAGE);
    return;
  }
  const emulator = await startEmulator({ ...options, log: (line) => console.log(line) });
  console.log(greeting(emulator));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.close());
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
