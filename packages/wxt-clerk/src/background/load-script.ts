import { browser } from 'wxt/browser';

/**
 * Scripts beside the background's own, so that waking it never pays for what they have: Clerk's 0.4 MB, and the requests to the
 * developer's API. Each leaves under its name in the global scope what loads what it defines.
 */
export interface Scripts {
  clerk: () => Promise<typeof import('./clerk-script/index')>;
  fetch: () => Promise<typeof import('./fetch-script/index')>;
}

/** The global scope of a background, with the scripts that it has imported. */
export interface ScriptScope {
  clerkScripts?: Partial<Scripts>;
}

type Definitions<Name extends keyof Scripts> = Awaited<ReturnType<Scripts[Name]>>;

const pathOf = (name: keyof Scripts) => `/background-${name}.js` as const;

/** What one of the scripts defines. */
export async function loadScript<Name extends keyof Scripts>(name: Name): Promise<Definitions<Name>> {
  const scope = globalThis as ScriptScope;
  if (!scope.clerkScripts?.[name]) await importScript(name);
  const load = scope.clerkScripts?.[name];
  if (!load) throw new Error(`${pathOf(name)} did not define what it is for.`);
  return load() as Promise<Definitions<Name>>;
}

/**
 * Chrome serves a service worker only those scripts that it imported while it was installed:
 * https://w3c.github.io/ServiceWorker/#importscripts
 */
export function importScriptsOnInstall(): void {
  if (isServiceWorker()) addEventListener('install', () => importNow(pathOf('clerk'), pathOf('fetch')));
}

async function importScript(name: keyof Scripts): Promise<void> {
  if (isServiceWorker()) importNow(pathOf(name));
  // Firefox's background is an event page: it has modules, but no importScripts.
  // https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Background_scripts
  else await import(/* @vite-ignore */ browser.runtime.getURL(pathOf(name) as '/'));
}

function importNow(...paths: string[]): void {
  (globalThis as unknown as { importScripts(...urls: string[]): void }).importScripts(...paths);
}

function isServiceWorker(): boolean {
  return 'importScripts' in globalThis;
}
