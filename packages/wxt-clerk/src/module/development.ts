import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Emulator } from 'clerk-emulator';
import type { Wxt } from 'wxt';
import { PUBLISHABLE_KEY_VARIABLE } from '../shared/publishable-key.ts';
import { withoutStack } from './keys.ts';

type Config = Wxt['config'];
type BrowserSettings = NonNullable<Config['webExt']['config']>;

/** What the environment may ask of development mode; none of it is compiled in. */
export const DEVELOPMENT_VARIABLES = {
  /** `true`: a new profile, and nobody is signed in. */
  fresh: 'CLERK_DEV_FRESH',
  /** `true`: no window, as where there is no display. */
  headless: 'CLERK_DEV_HEADLESS',
  /** Port of the local Frontend API. */
  port: 'CLERK_DEV_PORT',
  /** The browser to start, other than the one that web-ext finds. */
  chromium: 'CHROMIUM_PATH',
  firefox: 'FIREFOX_PATH',
} as const;

const DEFAULT_PORT = 8443;

/** The local Frontend API of this process: it outlives the restarts of WXT's server. */
let emulator: Promise<Emulator | null> | undefined;

/**
 * Makes development mode work without an account: without a key the local Frontend API is started, where it is installed.
 *
 * @throws {Error} When its port is taken, or no number.
 */
export async function startDevelopment(config: Config): Promise<void> {
  if (process.env[DEVELOPMENT_VARIABLES.fresh] === 'true' && !emulator)
    await rm(folderOf(config), { recursive: true, force: true });
  emulator ??= startEmulatorWithoutKey(config);
  await emulator;
}

/**
 * Puts into WXT's settings how it opens the browser. What the extension or its developer has set, stays.
 *
 * @throws {Error} When the browser that was named is not there.
 */
export async function configureBrowser(config: Config): Promise<void> {
  const running = (await emulator) ?? null;
  const own = config.webExt.config ?? {};
  const ours =
    config.browser === 'firefox'
      ? await firefoxSettings(config, running)
      : await chromiumSettings(config, running);
  config.webExt.config = {
    ...ours,
    ...own,
    binaries: { ...ours.binaries, ...own.binaries },
    chromiumArgs: [...(ours.chromiumArgs ?? []), ...(own.chromiumArgs ?? [])],
    firefoxArgs: [...(ours.firefoxArgs ?? []), ...(own.firefoxArgs ?? [])],
    firefoxPref: { ...ours.firefoxPref, ...own.firefoxPref },
  };
  expectProgram(config, config.webExt.config.binaries?.[config.browser]);
  explainFailure(config);
}

// WXT's folder for what it generates: git ignores it, and WXT does not watch it.
const folderOf = ({ wxtDir }: Config) => join(wxtDir, 'clerk-development');

async function startEmulatorWithoutKey(config: Config): Promise<Emulator | null> {
  if (process.env[PUBLISHABLE_KEY_VARIABLE]?.trim()) return null;
  const module = await import('clerk-emulator').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  });
  if (!module) return null;
  const port = readPort();
  const started = await module
    .startEmulator({
      port,
      stateFile: join(folderOf(config), 'frontend-api'),
      // Which origin the extension has is known only when the browser runs.
      settings: module.PERMISSIVE_SETTINGS,
      log: (line) => config.logger.info(line),
    })
    .catch((error: Error) => {
      throw error.name === 'PortInUseError' ? portInUse(port) : error;
    });
  const { url, publishableKey, seededUser } = started;
  process.env[PUBLISHABLE_KEY_VARIABLE] = publishableKey;
  config.logger.info(
    `No ${PUBLISHABLE_KEY_VARIABLE}: using the local Frontend API at ${url}. ` +
      `Sign in as ${seededUser.emailAddress} with the password ${seededUser.password}`,
  );
  return started;
}

/** Always the same one: the key is made of it, and the sign-in belongs to the key. */
function readPort(): number {
  const text = process.env[DEVELOPMENT_VARIABLES.port]?.trim() || String(DEFAULT_PORT);
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw withoutStack(
    new Error(`${DEVELOPMENT_VARIABLES.port} takes a port number from 0 to 65535, got "${text}".`),
  );
}

function portInUse(port: number): Error {
  return withoutStack(
    new Error(
      `Port ${port}, where development mode has its local Frontend API, is in use: by another "wxt" that still runs? ` +
        `End it, or set ${DEVELOPMENT_VARIABLES.port} to another port, where nobody is signed in yet.`,
    ),
  );
}

/** web-ext dies of it with all that it wanted to start. What is not a path, it looks for. */
function expectProgram({ browser }: Config, path: string | undefined): void {
  if (path === undefined || !isAbsolute(path) || existsSync(path)) return;
  throw withoutStack(
    new Error(
      `There is no browser at ${path}: correct ${pathVariable(browser)}, or binaries in web-ext.config.ts.`,
    ),
  );
}

function explainFailure({ browser, outDir, runner }: Config): void {
  const openBrowser = runner.openBrowser.bind(runner);
  runner.openBrowser = async () => {
    try {
      await openBrowser();
    } catch (error) {
      throw withoutStack(
        new Error(
          `The browser did not start (${(error as Error).message}). Set ${pathVariable(browser)} to the program of one, ` +
            `or disabled: true in web-ext.config.ts, and load the extension from ${outDir} by hand.`,
        ),
      );
    }
  };
}

function pathVariable(browser: string): string {
  return browser === 'firefox' ? DEVELOPMENT_VARIABLES.firefox : DEVELOPMENT_VARIABLES.chromium;
}

async function chromiumSettings(config: Config, running: Emulator | null): Promise<BrowserSettings> {
  const profile = join(folderOf(config), `${config.browser}-profile`);
  await mkdir(profile, { recursive: true });
  const path = process.env[DEVELOPMENT_VARIABLES.chromium];
  return {
    chromiumProfile: profile,
    keepProfileChanges: true,
    ...(path && { binaries: { [config.browser]: path } }),
    chromiumArgs: [
      // Chromium refuses to run as root inside its sandbox.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(isHeadless() ? ['--headless=new'] : []),
      ...(running ? [`--ignore-certificate-errors-spki-list=${running.publicKeyHash}`] : []),
    ],
  };
}

async function firefoxSettings(config: Config, running: Emulator | null): Promise<BrowserSettings> {
  const profile = join(folderOf(config), 'firefox-profile');
  await mkdir(profile, { recursive: true });
  // Firefox has no flag for it: https://firefox-source-docs.mozilla.org/security/nss/legacy/tools
  if (running) await writeFile(join(profile, 'cert_override.txt'), certificateOverride(running));
  const path = process.env[DEVELOPMENT_VARIABLES.firefox] ?? installedEsr();
  return {
    firefoxProfile: profile,
    keepProfileChanges: true,
    ...(path && { binaries: { firefox: path } }),
    firefoxArgs: isHeadless() ? ['-headless'] : [],
    // A temporary extension loses its storage and gets a new origin at each start otherwise.
    firefoxPref: {
      'extensions.webextensions.keepStorageOnUninstall': true,
      'extensions.webextensions.keepUuidOnUninstall': true,
    },
  };
}

function certificateOverride({ certificate, port }: Emulator): string {
  const { fingerprint256 } = new X509Certificate(certificate);
  const sha256 = 'OID.2.16.840.1.101.3.4.2.1';
  return `clerk.localhost:${port}:\t${sha256}\t${fingerprint256}\t\n`;
}

// web-ext looks for "firefox" alone; Debian's is called otherwise.
function installedEsr(): string | undefined {
  return ['/usr/bin/firefox-esr'].find((path) => !existsSync('/usr/bin/firefox') && existsSync(path));
}

function isHeadless(): boolean {
  if (process.env[DEVELOPMENT_VARIABLES.headless] === 'true') return true;
  return process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
}
