import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { connectToBrowser } from '../connect-browser.ts';
import { endBrowser } from '../end-browser.ts';
import { launchBrowser } from '../launch-browser.ts';
import { readManifest } from '../manifest.ts';
import { pollUntil } from '../poll.ts';
import { certificateOverrides } from '../trusted-servers.ts';
import type { LaunchOptions } from '../types.ts';
import { ChromeContext } from './chrome-context.ts';
import {
  hideAutomation,
  installPacked,
  isBackgroundRunning,
  originOf,
  speakLanguage,
  terminateBackground,
} from './extension-functions.ts';

/** A started Firefox with the extension installed. */
export interface FirefoxProcess {
  browser: Browser;
  chrome: ChromeContext;
  geckoId: string;
  extensionOrigin: string;
  /** Whether the profile keeps the extension; otherwise every start has to install it. */
  isExtensionKept: boolean;
}

/**
 * Starts Firefox on a profile. The extension is installed on the profile's first start; where Firefox takes only signed
 * extensions it is installed for the session, at every start, with its storage kept in between.
 */
export async function startFirefox(
  options: LaunchOptions,
  profilePath: string,
  isExtensionKept: boolean,
): Promise<FirefoxProcess> {
  const geckoId = await readGeckoId(options.extensionPath);
  const uuid = pinnedUuid(geckoId, profilePath);
  // Before the start, since a background that the start wakes asks its server at once.
  await writeFile(join(profilePath, 'cert_override.txt'), certificateOverrides(options.trustedServers ?? []));
  const browser = await launchBrowser({
    browser: 'firefox',
    executablePath: options.executablePath,
    headless: options.headless,
    userDataDir: profilePath,
    waitForInitialPage: false,
    args: firefoxArguments(options),
    extraPrefsFirefox: preferences(geckoId, uuid),
  });
  try {
    await keepPreferences(profilePath);
    const chrome = new ChromeContext(browser);
    await chrome.run(hideAutomation);
    // Before the extension starts: that is when it takes its texts.
    if (options.language) await chrome.run(speakLanguage, options.language);
    const isKept = isExtensionKept || (await install(browser, chrome, options.extensionPath, profilePath));
    await waitUntilActive(chrome, geckoId);
    // A background that the start itself woke has seen `navigator.webdriver` true.
    if (isExtensionKept) await chrome.run(terminateBackground, geckoId);
    const extensionOrigin = `moz-extension://${uuid}`;
    return { browser, chrome, geckoId, extensionOrigin, isExtensionKept: isKept };
  } catch (error) {
    await endBrowser(browser);
    throw error;
  }
}

/** Finds a Firefox that runs on a profile, and the extension that was installed in it from a folder. */
export async function connectToFirefox(profilePath: string, extensionPath: string): Promise<FirefoxProcess> {
  const geckoId = await readGeckoId(extensionPath);
  const readAddress = (text: string) => `ws://127.0.0.1:${JSON.parse(text).ws_port}/session`;
  const browser = await connectToBrowser(join(profilePath, 'WebDriverBiDiServer.json'), readAddress, {
    protocol: 'webDriverBiDi',
  });
  const chrome = new ChromeContext(browser);
  await chrome.run(hideAutomation);
  await waitUntilActive(chrome, geckoId);
  return {
    browser,
    chrome,
    geckoId,
    extensionOrigin: await chrome.run(originOf, geckoId),
    isExtensionKept: false,
  };
}

/** Installs for good if Firefox lets it, else for this session. */
async function install(
  browser: Browser,
  chrome: ChromeContext,
  folder: string,
  profilePath: string,
): Promise<boolean> {
  const xpiPath = join(profilePath, 'extension-under-test.xpi');
  const isKept = await chrome.run(installPacked, resolve(folder), xpiPath);
  await rm(xpiPath, { force: true });
  if (!isKept) await browser.installExtension(resolve(folder));
  return isKept;
}

async function waitUntilActive(chrome: ChromeContext, geckoId: string): Promise<void> {
  const isActive = () =>
    chrome.run(isBackgroundRunning, geckoId).then(
      () => true,
      () => undefined,
    );
  await pollUntil(isActive, {
    describe: () => `Firefox did not activate the extension ${geckoId} within 15 s.`,
  });
}

async function readGeckoId(extensionPath: string): Promise<string> {
  const { geckoId } = await readManifest(extensionPath);
  if (geckoId !== undefined) return geckoId;
  throw new Error(
    `${extensionPath}/manifest.json has no browser_specific_settings.gecko.id, which Firefox needs.`,
  );
}

/** The same for every start of one profile, so that the extension's origin and storage stay. */
function pinnedUuid(geckoId: string, profilePath: string): string {
  const hex = createHash('sha256').update(`${geckoId}\n${profilePath}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Puppeteer would put the old preferences back when the browser ends, and the next start would miss what it learnt. */
async function keepPreferences(profilePath: string): Promise<void> {
  const backups = ['prefs.js.puppeteer', 'user.js.puppeteer'];
  await Promise.all(backups.map((name) => rm(join(profilePath, name), { force: true })));
}

function preferences(geckoId: string, uuid: string): Record<string, unknown> {
  return {
    'extensions.webextensions.uuids': JSON.stringify({ [geckoId]: uuid }),
    'extensions.webextensions.keepStorageOnUninstall': true,
    'extensions.webextensions.keepUuidOnUninstall': true,
    'extensions.webextOptionalPermissionPrompts': false,
    'extensions.autoDisableScopes': 0,
    'xpinstall.signatures.required': false,
    // Processes in reserve for pages that may never come; every start would pay for them.
    'dom.ipc.processPrelaunch.enabled': false,
    // Read at the start only: without it localhost stays reachable when the browser is offline.
    'network.disable-localhost-when-offline': true,
  };
}

function firefoxArguments({ windowSize, extraArgs = [] }: LaunchOptions): string[] {
  const size = windowSize ? [`--width=${windowSize.width}`, `--height=${windowSize.height}`] : [];
  return ['--remote-allow-system-access', ...size, ...extraArgs];
}
