import { startEmulator } from 'clerk-emulator';
import { findBrowser, hasDisplay } from 'extension-driver';
import { createServer } from 'wxt';
import { hasPublishableKey } from 'wxt-clerk/build';
import {
  expectBrowserName,
  parseCommandLine,
  runCommand,
  UsageError,
  WXT_BROWSER,
} from 'wxt-clerk-cli/command-line';
import { developmentBrowser } from './dev/browser-settings.ts';
import { PROJECT_ROOT } from './extension-build.ts';

const USAGE = `Usage: npm run dev -- [options]     (npm run dev:firefox for Firefox)

WXT's development mode with hot reload. Without a key in .env it starts the local Frontend API and uses that.

  --browser <name>  chromium or firefox (default chromium)
  --port <number>   port of the local Frontend API (default 8443)
  --help            this text
`;

await runCommand(async () => {
  const values = parseCommandLine('dev', {
    browser: { type: 'string', default: 'chromium' },
    port: { type: 'string', default: '8443' },
    help: { type: 'boolean', default: false },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const name = expectBrowserName(values.browser);
  const port = expectPort(values.port);
  if (!hasDisplay())
    throw new Error(
      'There is no display to open a browser on. Start this on a desktop, or on a virtual display ' +
        '(xvfb-run -a npm run dev). "npm run demo" needs none.',
    );
  const found = await findBrowser(name);
  const emulator = hasPublishableKey(WXT_BROWSER[name], PROJECT_ROOT)
    ? null
    : await startEmulator({ port, log: console.log });
  if (emulator) {
    const { url, publishableKey, seededUser } = emulator;
    process.env.WXT_CLERK_PUBLISHABLE_KEY = publishableKey;
    console.log(
      `No WXT_CLERK_PUBLISHABLE_KEY: using the local Frontend API at ${url}. ` +
        `Sign in as ${seededUser.emailAddress} with the password ${seededUser.password}`,
    );
  }

  const { webExt, dispose } = await developmentBrowser(found, emulator);
  const server = await createServer({
    root: PROJECT_ROOT,
    browser: WXT_BROWSER[name],
    mode: 'development',
    webExt,
    // Firefox forbids Manifest V3 pages the scripts of the development server, whatever their CSP says; builds stay V3.
    manifestVersion: name === 'firefox' ? 2 : 3,
  });
  await server.start();
  await new Promise<void>((resolve) => process.once('SIGINT', resolve));
  await server.stop();
  await dispose();
  await emulator?.close();
  return 0;
});

function expectPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port takes a number from 0 to 65535, got "${text}".`);
}
