import type { Privileged } from './privileged.ts';

// Every function here runs in Firefox's own window and is sent there as source text: it may use nothing outside itself.

/**
 * Makes `navigator.webdriver` false in pages that start from now on; when it is true clerk-js reports ordinary failures
 * as offline.
 */
export function hideAutomation(): void {
  const { Services } = globalThis as Privileged;
  Services.ppmm.sharedData.set('RemoteAgent:Active', false);
  Services.ppmm.sharedData.flush();
}

/**
 * Makes a language that of the browser, as its language pack would. The preference `intl.locale.requested` alone does
 * nothing where the pack is missing, as it is beside Debian's Firefox.
 */
export function speakLanguage(language: string): void {
  const { Services } = globalThis as Privileged;
  if (Services.locale.appLocaleAsBCP47 === language) return;
  Services.locale.availableLocales = [language, ...Services.locale.availableLocales];
  Services.locale.requestedLocales = [language];
  Services.prefs.setStringPref('intl.accept_languages', language);
}

/**
 * Packs a folder and installs it for good, so that the next start of the profile is a start-up and not an install.
 * @returns false where Firefox insists on a signature (the release channel).
 */
export async function installPacked(folder: string, xpiPath: string): Promise<boolean> {
  const { AddonManager, Cc, Ci } = globalThis as Privileged;
  const fileAt = (path: string) => {
    const file = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile);
    file.initWithPath(path);
    return file;
  };
  const writer = Cc['@mozilla.org/zipwriter;1'].createInstance(Ci.nsIZipWriter);
  const [create, truncate, readWrite] = [0x08, 0x20, 0x04];
  writer.open(fileAt(xpiPath), create | truncate | readWrite);
  const addFolder = (folderFile: Privileged, prefix: string) => {
    for (const file of folderFile.directoryEntries) {
      const name = `${prefix}${file.leafName}`;
      if (file.isDirectory()) addFolder(file, `${name}/`);
      else writer.addEntryFile(name, Ci.nsIZipWriter.COMPRESSION_NONE, file, false);
    }
  };
  addFolder(fileAt(folder), '');
  writer.close();
  const install = await AddonManager.getInstallForFile(fileAt(xpiPath), 'application/x-xpinstall');
  if (install.error === AddonManager.ERROR_SIGNEDSTATE_REQUIRED) return false;
  await install.install();
  return true;
}

/** Whether the background runs; throws when the extension is not active. */
export function isBackgroundRunning(geckoId: string): boolean {
  const { WebExtensionPolicy } = globalThis as Privileged;
  const extension = WebExtensionPolicy.getByID(geckoId)?.extension;
  if (!extension) throw new Error(`The extension ${geckoId} is not active in Firefox.`);
  return extension.backgroundState !== 'stopped';
}

/** Ends the background the way Firefox does when it has been idle. */
export async function terminateBackground(geckoId: string): Promise<void> {
  const { WebExtensionPolicy } = globalThis as Privileged;
  await WebExtensionPolicy.getByID(geckoId).extension.terminateBackground();
}

/** The `browserId` of the hidden browser that the background runs in; undefined while it does not run. */
export function findBackground(geckoId: string): number | undefined {
  const { WebExtensionPolicy } = globalThis as Privileged;
  const views: Privileged[] = [...WebExtensionPolicy.getByID(geckoId).extension.views];
  return views.find(({ viewType }) => viewType === 'background')?.xulBrowser.browserId;
}

/** Loads an extension anew and waits until it is active again. */
export async function reloadAddon(geckoId: string): Promise<void> {
  const { AddonManager, WebExtensionPolicy } = globalThis as Privileged;
  await (await AddonManager.getAddonByID(geckoId)).reload();
  await WebExtensionPolicy.getByID(geckoId).readyPromise;
}

/** The origin of an installed extension. */
export function originOf(geckoId: string): string {
  const { WebExtensionPolicy } = globalThis as Privileged;
  return `moz-extension://${WebExtensionPolicy.getByID(geckoId).mozExtensionHostname}`;
}

/** Does what a click on the toolbar button does. */
export async function clickToolbarButton(geckoId: string): Promise<void> {
  const { ChromeUtils, Services, WebExtensionPolicy } = globalThis as Privileged;
  const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
  const { extension } = WebExtensionPolicy.getByID(geckoId);
  const action = ExtensionParent.apiManager.global.browserActionFor(extension);
  await action.triggerAction(Services.wm.getMostRecentWindow('navigator:browser'));
}

/** Turns the network of the whole browser off or on. */
export function switchNetwork(offline: boolean): void {
  const { Services } = globalThis as Privileged;
  Services.io.manageOfflineStatus = false;
  Services.io.offline = offline;
  // Connections that are still open would go on serving requests.
  if (offline) Services.obs.notifyObservers(null, 'net:cancel-all-connections');
}
