import { browser } from 'wxt/browser';

/** The extension's name, in the language that the browser takes its texts in. */
export function extensionName(): string {
  return browser.runtime.getManifest().name;
}

/** Address of the extension's icon, in the largest size that its manifest names; `null` when it names none. */
export function markUrl(): string | null {
  const icons = browser.runtime.getManifest().icons ?? {};
  const [largest] = Object.keys(icons)
    .map(Number)
    .sort((one, other) => other - one);
  const path = largest === undefined ? undefined : icons[largest];
  // Firefox gives whole addresses (seen in 153), Chromium what the manifest says.
  return path ? new URL(path, browser.runtime.getURL('/')).href : null;
}
