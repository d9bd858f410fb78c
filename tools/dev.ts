import { findBrowser } from 'extension-driver';
import { createServer } from 'wxt';
import {
  expectBrowserName,
  parseCommandLine,
  runCommand,
  UsageError,
  WXT_BROWSER,
} from 'wxt-clerk-cli/command-line';
import { PROJECT_ROOT } from './extension-build.ts';

const USAGE = `Usage: npm run dev -- [options]     (npm run dev:firefox for Firefox)

WXT's development mode with hot reload, as "npx wxt" is, in a browser that is looked for. Without a key in .env it uses
the local Frontend API. Profile and sign-in are kept between starts.

  --browser <name>  chromium or firefox (default chromium)
  --fresh           a new profile, and nobody is signed in
  --headless        no window, also where there is no display
  --port <number>   port of the local Frontend API (default 8443)
  --help            this text
`;

await runCommand(async () => {
  const { help, browser, fresh, headless, port } = parseCommandLine('dev', {
    browser: { type: 'string', default: 'chromium' },
    fresh: { type: 'boolean', default: false },
    headless: { type: 'boolean', default: false },
    port: { type: 'string' },
    help: { type: 'boolean', default: false },
  });
  if (help) {
    console.log(USAGE);
    return 0;
  }
  const name = expectBrowserName(browser);
  const { executablePath } = await findBrowser(name);
  // What wxt-clerk/module reads in development mode: module/development.ts.
  Object.assign(process.env, {
    [name === 'firefox' ? 'FIREFOX_PATH' : 'CHROMIUM_PATH']: executablePath,
    ...(fresh && { CLERK_DEV_FRESH: 'true' }),
    ...(headless && { CLERK_DEV_HEADLESS: 'true' }),
    ...(port !== undefined && { CLERK_DEV_PORT: expectPort(port) }),
  });
  const server = await createServer({ root: PROJECT_ROOT, browser: WXT_BROWSER[name], mode: 'development' });
  await server.start();
  await new Promise<void>((resolve) => process.once('SIGINT', resolve));
  await server.stop();
  // The local Frontend API is still listening.
  process.exit(0);
});

function expectPort(text: string): string {
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return text;
  throw new UsageError(`--port takes a number from 0 to 65535, got "${text}".`);
}
