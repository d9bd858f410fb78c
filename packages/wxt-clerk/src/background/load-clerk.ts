import { browser } from 'wxt/browser';

type Definitions = typeof import('./clerk-script/index');

/** Where the script `background-clerk.js` leaves what it defines. */
export interface ClerkScript {
  clerkScript?: () => Promise<Definitions>;
}

const SCRIPT = 'background-clerk.js';

/** Loads what is in a script of its own, so that waking the background never pays for Clerk's 0.8 MB. */
export async function loadClerkScript(): Promise<Definitions> {
  const scope = globalThis as ClerkScript;
  if (!scope.clerkScript) await loadScript();
  if (!scope.clerkScript) throw new Error(`${SCRIPT} did not define the Clerk client.`);
  return scope.clerkScript();
}

/**
 * Chrome serves a service worker only those scripts that it imported while it was installed:
 * https://w3c.github.io/ServiceWorker/#importscripts
 */
export function importClerkOnInstall(): void {
  if (isServiceWorker()) addEventListener('install', importClerk);
}

async function loadScript(): Promise<void> {
  if (isServiceWorker()) importClerk();
  // Firefox's background is an event page: it has modules, but no importScripts.
  // https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Background_scripts
  else await import(/* @vite-ignore */ browser.runtime.getURL(`/${SCRIPT}`));
}

function importClerk(): void {
  (globalThis as unknown as { importScripts(...urls: string[]): void }).importScripts(`/${SCRIPT}`);
}

function isServiceWorker(): boolean {
  return 'importScripts' in globalThis;
}
