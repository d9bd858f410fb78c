import { parseCommandLine, USAGE, UsageError } from './cli-options.ts';
import { createControlClient, type Emulator, type EmulatorOptions, startEmulator } from './index.ts';
import { printable } from './terminal.ts';
import { readCommands, runCommand } from './terminal-commands.ts';

function greeting(emulator: Emulator, options: EmulatorOptions) {
  const allowedOrigins = options.settings?.allowedOrigins ?? [];
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
  A server that trusts the extension's tokens takes
${serverLines(emulator, options)}

  The certificate is self-signed${options.stateFile ? '' : ' and new at every start'}. Open ${url} in the browser that runs
  the extension and accept it, or start Chromium with
    --user-data-dir=<folder> --ignore-certificate-errors-spki-list=${publicKeyHash}

  ${whereKept(options)} Mailed codes appear below. Ctrl-C stops.
`;
}

function whereKept({ stateFile }: EmulatorOptions): string {
  return stateFile
    ? `People, sessions and keys are kept in ${stateFile}.`
    : 'Everything lives in memory and is gone when this program ends; --state <file> keeps it.';
}

/** Lines for a server's `.env`. What was given to this program is not shown. */
function serverLines(
  { publishableKey, secretKey, apiUrl, jwtKey, webhooks }: Emulator,
  options: EmulatorOptions,
) {
  const pem = jwtKey.trim().replaceAll('\n', '');
  const lines = [
    `CLERK_PUBLISHABLE_KEY=${publishableKey}`,
    options.secretKey === undefined
      ? `CLERK_SECRET_KEY=${secretKey}`
      : '# CLERK_SECRET_KEY (the one of this environment)',
    `CLERK_API_URL=${apiUrl}`,
    `CLERK_JWT_KEY="${pem}"`,
    ...webhooks.flatMap(({ url, signingSecret }, index) => [
      `# of ${url}`,
      options.webhooks?.[index]?.signingSecret === undefined
        ? `CLERK_WEBHOOK_SIGNING_SECRET=${signingSecret}`
        : '# CLERK_WEBHOOK_SIGNING_SECRET (the one that was given)',
    ]),
  ];
  return lines.map((line) => `    ${line}`).join('\n');
}

/** The same for programs: secrets that were given are left out. */
function publicFacts(emulator: Emulator, options: EmulatorOptions) {
  const { control: _, close: __, secretKey, webhooks, ...facts } = emulator;
  return {
    ...facts,
    ...(options.secretKey === undefined ? { secretKey } : {}),
    webhooks: webhooks.map(({ signingSecret, ...webhook }, index) => ({
      ...webhook,
      ...(options.webhooks?.[index]?.signingSecret === undefined ? { signingSecret } : {}),
    })),
  };
}

/** One line of JSON for each thing that happens, the start first. */
function printJson(event: string, details: object): void {
  console.log(printable(JSON.stringify({ event, ...details })));
}

/** Codes have an event of their own. */
function logJson(line: string): void {
  if (!line.startsWith('[mail]')) printJson('log', { line });
}

function tell(line: string): void {
  console.log(printable(line));
}

async function main(): Promise<void> {
  const { help, json, options, command } = parseCommandLine(process.argv.slice(2));
  if (help) {
    console.log(USAGE);
    return;
  }
  if (command) {
    const control = createControlClient(`https://localhost:${options.port}`);
    for (const line of await runCommand(control, command)) tell(line);
    return;
  }
  const emulator = await startEmulator({
    ...options,
    log: json ? logJson : (line) => console.log(line),
    ...(json ? { onMail: (mail) => printJson('mail', mail) } : {}),
  });
  if (json) printJson('started', publicFacts(emulator, options));
  else console.log(greeting(emulator, options));
  // A program's standard input is its own.
  const stopReading = process.stdin.isTTY ? readCommands(process.stdin, emulator.control, tell) : () => {};
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopReading();
      void emulator.close();
    });
  }
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
