import { parseCommandLine, USAGE, UsageError } from './cli-options.ts';
import { type Emulator, startEmulator } from './index.ts';
import { printable } from './terminal.ts';

function greeting(emulator: Emulator, allowedOrigins: readonly string[] | null) {
  const { url, publishableKey, webPublishableKey, publicKeyHash, seededUser, seededPeople, providerUrl } =
    emulator;
  const others = seededPeople
    .slice(1)
    .map(({ emailAddress, password }) => `${emailAddress} (${password})`)
    .join(', ');
  const webKey =
    webPublishableKey === publishableKey
      ? ''
      : `\n  A web page at http://localhost:<port> takes the key\n    ${webPublishableKey}\n`;
  const origins = allowedOrigins?.join(', ') || 'none; --allow-origin chrome-extension://… adds one';
  return `Local Clerk Frontend API at ${url}

  Put this line into .env and build the extension again:
    WXT_CLERK_PUBLISHABLE_KEY=${publishableKey}

  Sign in as
    e-mail     ${seededUser.emailAddress}
    password   ${seededUser.password}
  Or as ${others}

  Origins of extensions that are let in, as in Clerk's dashboard:
    ${allowedOrigins === null ? 'all' : origins}

  Google and other providers (setting "socialProviders") have their pages at
    ${providerUrl}
${webKey}
  The certificate is self-signed and new at every start. Open ${url} in the browser that runs
  the extension and accept it, or start Chromium with
    --user-data-dir=<folder> --ignore-certificate-errors-spki-list=${publicKeyHash}

  Everything lives in memory and is gone when this program ends. Mailed codes appear below. Ctrl-C stops.
`;
}

/** One line of JSON for each thing that happens, the start first. */
function printJson(event: string, details: object): void {
  console.log(printable(JSON.stringify({ event, ...details })));
}

/** Codes have an event of their own. */
function logJson(line: string): void {
  if (!line.startsWith('[mail]')) printJson('log', { line });
}

async function main(): Promise<void> {
  const { help, json, options } = parseCommandLine(process.argv.slice(2));
  if (help) {
    console.log(USAGE);
    return;
  }
  const emulator = await startEmulator({
    ...options,
    log: json ? logJson : (line) => console.log(line),
    ...(json ? { onMail: (mail) => printJson('mail', mail) } : {}),
  });
  const { control, close, ...facts } = emulator;
  if (json) printJson('started', facts);
  else console.log(greeting(emulator, options.settings?.allowedOrigins ?? []));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
