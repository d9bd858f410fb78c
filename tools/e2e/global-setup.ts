import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Emulator, type InstanceType, PERMISSIVE_SETTINGS, startEmulator } from 'clerk-emulator';
import type { BrowserName } from 'extension-driver';
import { describeBrowser, findBrowser } from 'extension-driver';
import type { TestProject } from 'vitest/node';
import { expectBrowserName } from 'wxt-clerk-cli/command-line';
import { PROJECT_ROOT } from '../extension-build.ts';
import { type Sites, startSites } from './sites.ts';

/** What a test needs to know of one local Frontend API. */
export type Instance = Pick<
  Emulator,
  | 'url'
  | 'port'
  | 'certificate'
  | 'publishableKey'
  | 'jwtKey'
  | 'secretKey'
  | 'apiUrl'
  | 'seededUser'
  | 'seededPeople'
  | 'seededOrganizations'
>;

declare module 'vitest' {
  interface ProvidedContext {
    browserName: BrowserName;
    executablePath: string;
    /** The local Frontend APIs, one for each kind of publishable key. */
    instances: Record<InstanceType, Instance>;
    /** Web sites that content scripts run on, and an API of the developer's own. */
    sites: Sites;
    /** Where the builds of this run go, from the project's root. */
    outDir: string;
  }
}

/** Finds the browser, and starts a local Frontend API for each kind of key and the web sites. Tests build by themselves. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const browserName = expectBrowserName(process.env.E2E_BROWSER ?? 'chromium', 'E2E_BROWSER');
  const browser = await findBrowser(browserName);
  console.log(describeBrowser(browser));
  project.provide('browserName', browserName);
  project.provide('executablePath', browser.executablePath);

  const production = await startEmulator({ instance: 'production', settings: PERMISSIVE_SETTINGS });
  const development = await startEmulator({ instance: 'development', settings: PERMISSIVE_SETTINGS });
  project.provide('instances', { production: known(production), development: known(development) });
  const sites = await startSites(production.jwtKey);
  project.provide('sites', { port: sites.port, otherPort: sites.otherPort });

  const outDir = `.output/e2e/${browserName}`;
  await rm(join(PROJECT_ROOT, outDir), { recursive: true, force: true });
  project.provide('outDir', outDir);
  return async () => {
    await Promise.all([production, development, sites].map((server) => server.close()));
  };
}

/** What of it can be handed to the processes of the tests: plain data. */
function known(emulator: Emulator): Instance {
  const { url, port, certificate, publishableKey, jwtKey, secretKey, apiUrl } = emulator;
  const keys = { publishableKey, jwtKey, secretKey };
  const { seededUser, seededPeople, seededOrganizations } = emulator;
  return { url, port, certificate, ...keys, apiUrl, seededUser, seededPeople, seededOrganizations };
}
