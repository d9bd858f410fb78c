/** `npm run submit`: uploads the finished packages to the stores, by `wxt submit`. The first listing is made by hand. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { invocationOf, parseCommandLine, runCommand, UsageError } from './command-line.ts';
import { PROJECT_ROOT } from './project.ts';
import { findMissingCredentials } from './release/credentials.ts';
import { expectText, readZip } from './release/file-tree.ts';
import {
  findPackages,
  STORE_BROWSERS,
  type StoreBrowser,
  type StorePackages,
} from './release/store-packages.ts';

const USAGE = `Usage: ${invocationOf('submit')} [options]

Uploads what "npm run zip" and "npm run zip:firefox" made, and submits it for review. Credentials come from the
environment or .env.submit: docs/publishing.md has the list.

  --only <store>  chrome or firefox
  --dry-run       sign in to the stores, upload nothing
  --help          this text
`;

await runCommand(async () => {
  const values = parseCommandLine('submit', {
    only: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { only } = values;
  if (only && !STORE_BROWSERS.some((browser) => browser === only))
    throw new UsageError(`--only takes chrome or firefox, got "${only}".`);

  const stores = STORE_BROWSERS.filter((browser) => !only || browser === only);
  const { paths } = await findPackages();
  expectCredentials(stores);
  const args = [
    ...(stores.includes('chrome') ? chromeArguments(paths) : []),
    ...(stores.includes('firefox') ? await firefoxArguments(paths) : []),
    ...(values['dry-run'] ? ['--dry-run'] : []),
  ];
  return await runWxt(['submit', ...args]);
});

function expectCredentials(stores: readonly StoreBrowser[]): void {
  const path = join(PROJECT_ROOT, '.env.submit');
  const file = existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};
  const missing = findMissingCredentials(stores, { ...file, ...process.env });
  if (missing.length === 0) return;
  throw new Error(
    `Not set: ${missing.join(', ')}. Put them into the environment or .env.submit: ` +
      'docs/publishing.md says where to get them.',
  );
}

function chromeArguments({ chrome }: StorePackages['paths']): string[] {
  // Without it wxt means version 1.1 of the store's API, which was to end on 15 October 2026.
  return ['--chrome-zip', chrome, '--chrome-api-version', 'v2'];
}

async function firefoxArguments({ firefox, sources }: StorePackages['paths']): Promise<string[]> {
  const manifest = JSON.parse(expectText(await readZip(firefox), 'manifest.json'));
  const { id } = manifest.browser_specific_settings.gecko;
  return ['--firefox-zip', firefox, '--firefox-sources-zip', sources, '--firefox-extension-id', id];
}

function runWxt(args: string[]): Promise<number> {
  // On Windows the programs in node_modules/.bin are scripts of the shell.
  const child = spawn('wxt', args, {
    cwd: PROJECT_ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
