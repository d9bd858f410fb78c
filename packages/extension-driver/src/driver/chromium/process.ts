import { readlink, realpath, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { connectToBrowser } from '../connect-browser.ts';
import { endBrowser } from '../end-browser.ts';
import { launchBrowser } from '../launch-browser.ts';
import { pollUntil } from '../poll.ts';
import { trustArguments } from '../trusted-servers.ts';
import type { LaunchOptions } from '../types.ts';

/** A started Chromium with the extension loaded. */
export interface ChromiumProcess {
  browser: Browser;
  extensionId: string;
}

/**
 * Starts Chromium on a profile and loads the extension over the debugging pipe, which also works where branded Chrome
 * ignores `--load-extension` (137 and later).
 */
export async function startChromium(options: LaunchOptions, profilePath: string): Promise<ChromiumProcess> {
  const browser = await launchBrowser({
    executablePath: options.executablePath,
    headless: options.headless,
    userDataDir: profilePath,
    pipe: true,
    enableExtensions: true,
    args: chromiumArguments(options),
  });
  try {
    const extensionId = await browser.installExtension(options.extensionPath);
    await waitUntilActive(browser, extensionId);
    return { browser, extensionId };
  } catch (error) {
    await endBrowser(browser);
    const reason = (error as Error).message;
    throw new Error(`Chromium did not load the extension in ${options.extensionPath}: ${reason}`);
  }
}

/** Finds a Chromium that runs on a profile, and the extension that was loaded into it from a folder. */
export async function connectToChromium(
  profilePath: string,
  extensionPath: string,
): Promise<ChromiumProcess> {
  const browser = await connectToBrowser(join(profilePath, 'DevToolsActivePort'), (text) => {
    const [port, path] = text.split('\n');
    return `ws://127.0.0.1:${port}${path}`;
  });
  const folder = await realpath(extensionPath);
  const findId = async () => {
    const extensions = [...(await browser.extensions()).values()];
    return extensions.find(({ path }) => path === folder)?.id;
  };
  const describe = () => `Chromium has not loaded the extension in ${folder}.`;
  return { browser, extensionId: await pollUntil(findId, { describe }) };
}

/** Loading returns before the service worker runs for the first time. */
export async function waitUntilActive(browser: Browser, extensionId: string): Promise<void> {
  const isOurs = (url: string) => url.startsWith(`chrome-extension://${extensionId}/`);
  const isActive = async () =>
    browser.targets().some((target) => target.type() === 'service_worker' && isOurs(target.url())) ||
    undefined;
  await pollUntil(isActive, {
    describe: () => 'its service worker did not start within 15 s (a syntax error?)',
    intervalMs: 10,
  });
}

/**
 * Deletes the folder of the socket by which a second start would find the first one: a Chromium that crashed leaves it
 * in the system's temporary folder.
 */
export async function removeSocketFolder(profilePath: string): Promise<void> {
  const socket = await readlink(join(profilePath, 'SingletonSocket')).catch(() => undefined);
  if (socket !== undefined) await rm(dirname(socket), { recursive: true, force: true });
}

function chromiumArguments(options: LaunchOptions): string[] {
  const { headless, windowSize, language, trustedServers = [], extraArgs = [] } = options;
  const isRoot = process.getuid?.() === 0;
  return [
    ...trustArguments(trustedServers),
    // Makes `navigator.webdriver` false; when it is true clerk-js reports ordinary failures as offline.
    '--disable-blink-features=AutomationControlled',
    '--no-default-browser-check',
    // What nobody sees is painted with less work where no graphics card has to be imitated.
    ...(headless ? ['--disable-gpu'] : []),
    ...(isRoot ? ['--no-sandbox'] : []),
    ...(language ? [`--lang=${language}`, `--accept-lang=${language}`] : []),
    ...(windowSize ? [`--window-size=${windowSize.width},${windowSize.height}`] : []),
    ...extraArgs,
  ];
}
