import { resolve } from 'node:path';
import type { CDPSession } from 'puppeteer-core';
import { callIn } from '../driven-surface.ts';
import { endBrowser, expectRunning, killBrowser, whenEnded } from '../end-browser.ts';
import { readManifest } from '../manifest.ts';
import { pollUntil } from '../poll.ts';
import { openProfile, type Profile } from '../profile.ts';
import type {
  AttachedBrowser,
  AttachOptions,
  ExtensionBrowser,
  LaunchOptions,
  PageFunction,
  Surface,
  SurfaceKind,
  VirtualAuthenticator,
} from '../types.ts';
import { Outage } from './offline.ts';
import {
  type ChromiumProcess,
  connectToChromium,
  removeSocketFolder,
  startChromium,
  waitUntilActive,
} from './process.ts';
import { ChromiumSurfaces } from './surfaces.ts';
import { VirtualDevice } from './virtual-device.ts';

/** Starts a browser of the Chromium family with the extension in it. */
export async function launchChromium(options: LaunchOptions): Promise<ExtensionBrowser> {
  const profile = await openProfile(options.userDataDir);
  try {
    return await ChromiumExtensionBrowser.start(options, profile);
  } catch (error) {
    await profile.dispose();
    throw error;
  }
}

/** Drives the extension in a browser of the Chromium family that runs already. */
export async function attachToChromium({
  profilePath,
  extensionPath,
}: AttachOptions): Promise<AttachedBrowser> {
  const process = await connectToChromium(profilePath, extensionPath);
  const profile = { path: profilePath, isTemporary: false, dispose: async () => {} };
  const options = { executablePath: '', extensionPath, headless: false };
  const attached = new ChromiumExtensionBrowser(options, profile, await control(process));
  return Object.assign(attached, { detach: () => process.browser.disconnect() });
}

interface Running extends ChromiumProcess {
  control: CDPSession;
  surfaces: ChromiumSurfaces;
}

// Once in some hundred times Chromium ignores the request to stop a worker.
const ASK_AGAIN_MS = 2000;

class ChromiumExtensionBrowser implements ExtensionBrowser {
  readonly name = 'chromium';
  readonly extensionOrigin: string;
  readonly #options: LaunchOptions;
  readonly #profile: Profile;
  #running: Running;
  #outage: Outage | undefined;

  static async start(options: LaunchOptions, profile: Profile): Promise<ChromiumExtensionBrowser> {
    return new ChromiumExtensionBrowser(options, profile, await run(options, profile));
  }

  constructor(options: LaunchOptions, profile: Profile, running: Running) {
    this.#options = options;
    this.#profile = profile;
    this.#running = running;
    this.extensionOrigin = `chrome-extension://${running.extensionId}`;
  }

  async openPopup(): Promise<Surface> {
    const { browser, extensionId, surfaces } = this.#live();
    const path = await this.#popupPath();
    await (await surfaces.find('popup', path))?.close();
    const extension = (await browser.extensions()).get(extensionId);
    if (extension === undefined) throw new Error(`The extension ${extensionId} is no longer installed.`);
    // The button belongs to a window; the tab in front says which.
    await extension.triggerAction((await surfaces.findFrontTab()) ?? (await browser.newPage()));
    return await surfaces.wait('popup', path);
  }

  async openPage(path: string): Promise<Surface> {
    return await this.openWebPage(`${this.extensionOrigin}/${path}`);
  }

  async openWebPage(url: string): Promise<Surface> {
    const { browser, surfaces } = this.#live();
    const page = await browser.newPage();
    try {
      await page.goto(url, { waitUntil: 'domcontentloaded' });
    } catch (error) {
      await page.close().catch(() => {});
      throw new Error(`${url} could not be loaded: ${(error as Error).message}`);
    }
    return await surfaces.adopt(page, 'tab');
  }

  async waitForSurface(kind: SurfaceKind, pathOrUrlPart: string, timeoutMs?: number): Promise<Surface> {
    return await this.#live().surfaces.wait(kind, pathOrUrlPart, timeoutMs);
  }

  async stopBackground(): Promise<void> {
    const targetId = await this.#findBackground();
    if (targetId === undefined) return;
    // Sent together, so that the worker gets nothing out in between.
    const released = this.#outage?.releaseWorkers();
    await this.#running.control.send('Target.closeTarget', { targetId });
    await released;
    let askedAt = Date.now();
    const isGone = async () => {
      if ((await this.#findBackground()) !== targetId) return true;
      if (Date.now() < askedAt + ASK_AGAIN_MS) return undefined;
      askedAt = Date.now();
      // Rejects when the worker ends just now.
      await this.#running.control.send('Target.closeTarget', { targetId }).catch(() => {});
      return undefined;
    };
    await pollUntil(isGone, { describe: () => 'The service worker did not stop within 15 s.' });
  }

  async isBackgroundRunning(): Promise<boolean> {
    return (await this.#findBackground()) !== undefined;
  }

  async evaluateInBackground<T>(fn: PageFunction<T | Promise<T>>, ...args: unknown[]): Promise<T> {
    const isOurs = (url: string) => url.startsWith(`${this.extensionOrigin}/`);
    const targets = this.#live().browser.targets();
    const target = targets.find((each) => each.type() === 'service_worker' && isOurs(each.url()));
    const worker = await target?.worker();
    if (!worker) throw new Error('The background is not running.');
    return await callIn({ evaluate: (expression) => worker.evaluate(expression) as never }, fn, args);
  }

  async reloadExtension(): Promise<void> {
    const { browser, extensionId } = this.#live();
    await browser.installExtension(this.#options.extensionPath);
    await waitUntilActive(browser, extensionId);
  }

  async installBeside(extensionPath: string): Promise<string> {
    return `chrome-extension://${await this.#live().browser.installExtension(resolve(extensionPath))}`;
  }

  async setOffline(offline: boolean): Promise<void> {
    if (offline) this.#outage ??= await Outage.start(this.#live().browser);
    else await this.#endOutage();
  }

  async restart(): Promise<void> {
    const wasOffline = this.#outage !== undefined;
    this.#outage = undefined;
    await this.#end();
    this.#running = await run(this.#options, this.#profile);
    if (wasOffline) await this.setOffline(true);
  }

  async addVirtualAuthenticator(): Promise<VirtualAuthenticator> {
    const device = new VirtualDevice();
    await this.#live().surfaces.plugIn(device);
    return device;
  }

  whenEnded(): Promise<void> {
    return whenEnded(this.#live().browser);
  }

  async close(): Promise<void> {
    await this.#end(this.#profile.isTemporary ? killBrowser : endBrowser);
    await this.#profile.dispose();
  }

  async #end(end = endBrowser): Promise<void> {
    await end(this.#running.browser);
    await removeSocketFolder(this.#profile.path);
  }

  #live(): Running {
    expectRunning(this.#running.browser);
    return this.#running;
  }

  async #endOutage(): Promise<void> {
    const outage = this.#outage;
    this.#outage = undefined;
    await outage?.end();
  }

  async #findBackground(): Promise<string | undefined> {
    const { targetInfos } = await this.#live().control.send('Target.getTargets');
    const isOurs = (url: string) => url.startsWith(`${this.extensionOrigin}/`);
    return targetInfos.find(({ type, url }) => type === 'service_worker' && isOurs(url))?.targetId;
  }

  async #popupPath(): Promise<string> {
    const { popupPath } = await readManifest(this.#options.extensionPath);
    if (popupPath === undefined)
      throw new Error(`${this.#options.extensionPath} has no action.default_popup.`);
    return `${this.extensionOrigin}/${popupPath}`;
  }
}

async function run(options: LaunchOptions, profile: Profile): Promise<Running> {
  return await control(await startChromium(options, profile.path));
}

async function control({ browser, extensionId }: ChromiumProcess): Promise<Running> {
  const control = await browser.target().createCDPSession();
  const surfaces = new ChromiumSurfaces(browser, `chrome-extension://${extensionId}`);
  return { browser, extensionId, control, surfaces };
}
