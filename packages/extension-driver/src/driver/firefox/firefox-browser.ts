import { resolve } from 'node:path';
import { callIn } from '../driven-surface.ts';
import { endBrowser, killBrowser, whenEnded } from '../end-browser.ts';
import { readManifest } from '../manifest.ts';
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
import { addAuthenticator, listPasskeys, removeAuthenticator } from './authenticator-functions.ts';
import {
  clickToolbarButton,
  findBackground,
  isBackgroundRunning,
  originOf,
  reloadAddon,
  switchNetwork,
  terminateBackground,
} from './extension-functions.ts';
import { createFirefoxChannel } from './frame-channel.ts';
import { connectToFirefox, type FirefoxProcess, startFirefox } from './process.ts';
import { FirefoxSurfaces } from './surfaces.ts';
import { openTab } from './window-functions.ts';

/** Starts Firefox with the extension in it. */
export async function launchFirefox(options: LaunchOptions): Promise<ExtensionBrowser> {
  const profile = await openProfile(options.userDataDir);
  try {
    const firefox = await startFirefox(options, profile.path, false);
    return new FirefoxExtensionBrowser(options, profile, firefox);
  } catch (error) {
    await profile.dispose();
    throw error;
  }
}

/** Drives the extension in a Firefox that runs already. */
export async function attachToFirefox({
  profilePath,
  extensionPath,
}: AttachOptions): Promise<AttachedBrowser> {
  const firefox = await connectToFirefox(profilePath, extensionPath);
  const profile = { path: profilePath, isTemporary: false, dispose: async () => {} };
  const options = { executablePath: '', extensionPath, headless: false };
  const attached = new FirefoxExtensionBrowser(options, profile, firefox);
  return Object.assign(attached, { detach: () => firefox.browser.disconnect() });
}

class FirefoxExtensionBrowser implements ExtensionBrowser {
  readonly name = 'firefox';
  readonly extensionOrigin: string;
  readonly #options: LaunchOptions;
  readonly #profile: Profile;
  #firefox: FirefoxProcess;
  #surfaces: FirefoxSurfaces;
  #isOffline = false;

  constructor(options: LaunchOptions, profile: Profile, firefox: FirefoxProcess) {
    this.#options = options;
    this.#profile = profile;
    this.#firefox = firefox;
    this.#surfaces = new FirefoxSurfaces(firefox.chrome);
    this.extensionOrigin = firefox.extensionOrigin;
  }

  async openPopup(): Promise<Surface> {
    const { popupPath } = await readManifest(this.#options.extensionPath);
    if (popupPath === undefined)
      throw new Error(`${this.#options.extensionPath} has no action.default_popup.`);
    const url = `${this.extensionOrigin}/${popupPath}`;
    await (await this.#surfaces.find('popup', url))?.close();
    await this.#firefox.chrome.run(clickToolbarButton, this.#firefox.geckoId);
    return await this.#surfaces.wait('popup', url);
  }

  async openPage(path: string): Promise<Surface> {
    return await this.openWebPage(`${this.extensionOrigin}/${path}`);
  }

  async openWebPage(url: string): Promise<Surface> {
    const { chrome } = this.#firefox;
    const browserId = await chrome.run(openTab, url);
    const surface = this.#surfaces.adopt({ browserId, kind: 'tab', url });
    const documentUri = await surface.waitFor(
      () => location.href !== 'about:blank' && document.readyState !== 'loading' && document.documentURI,
    );
    // Firefox shows its error page under the address that failed.
    if (/^about:(net|cert)error/.test(String(documentUri))) {
      await surface.close();
      throw new Error(`${url} could not be loaded: ${new URL(String(documentUri)).searchParams.get('e')}`);
    }
    return surface;
  }

  async waitForSurface(kind: SurfaceKind, pathOrUrlPart: string, timeoutMs?: number): Promise<Surface> {
    return await this.#surfaces.wait(kind, pathOrUrlPart, timeoutMs);
  }

  async stopBackground(): Promise<void> {
    if (!(await this.isBackgroundRunning())) return;
    // Resolves when it is gone. Looking again would see the next one, which a page's retry may start at once.
    await this.#firefox.chrome.run(terminateBackground, this.#firefox.geckoId);
  }

  async isBackgroundRunning(): Promise<boolean> {
    return await this.#firefox.chrome.run(isBackgroundRunning, this.#firefox.geckoId);
  }

  async evaluateInBackground<T>(fn: PageFunction<T | Promise<T>>, ...args: unknown[]): Promise<T> {
    const { chrome, geckoId } = this.#firefox;
    const browserId = await chrome.run(findBackground, geckoId);
    if (browserId === undefined) throw new Error('The background is not running.');
    const page = { browserId, kind: 'tab', url: `${this.extensionOrigin}/` } as const;
    return await callIn(
      createFirefoxChannel(chrome, page, () => this.#surfaces.describe()),
      fn,
      args,
    );
  }

  async reloadExtension(): Promise<void> {
    await this.#firefox.chrome.run(reloadAddon, this.#firefox.geckoId);
  }

  async installBeside(extensionPath: string): Promise<string> {
    const { browser, chrome } = this.#firefox;
    return await chrome.run(originOf, await browser.installExtension(resolve(extensionPath)));
  }

  async setOffline(offline: boolean): Promise<void> {
    this.#isOffline = offline;
    await this.#firefox.chrome.run(switchNetwork, offline);
  }

  async restart(): Promise<void> {
    await endBrowser(this.#firefox.browser);
    this.#firefox = await startFirefox(this.#options, this.#profile.path, this.#firefox.isExtensionKept);
    this.#surfaces = new FirefoxSurfaces(this.#firefox.chrome);
    if (this.#isOffline) await this.setOffline(true);
  }

  async addVirtualAuthenticator(): Promise<VirtualAuthenticator> {
    const { chrome } = this.#firefox;
    const id = await chrome.run(addAuthenticator);
    return {
      passkeys: () => chrome.run(listPasskeys, id),
      remove: () => chrome.run(removeAuthenticator, id),
    };
  }

  whenEnded(): Promise<void> {
    return whenEnded(this.#firefox.browser);
  }

  async close(): Promise<void> {
    await (this.#profile.isTemporary ? killBrowser : endBrowser)(this.#firefox.browser);
    await this.#profile.dispose();
  }
}
