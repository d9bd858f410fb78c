import { join } from 'node:path';
import { type Emulator, type InstanceType, startEmulator } from 'clerk-emulator';
import type { BrowserName } from 'extension-driver';
import { describeBrowser, findBrowser } from 'extension-driver';
import type { TestProject } from 'vitest/node';
import { expectBrowserName } from 'wxt-clerk-cli/command-line';
import { createKeyPair } from 'wxt-clerk-cli/crx-key';
import { compromise } from '../../packages/wxt-clerk/tests/support/hostile/compromise.ts';
import { originOf, type Sites, startSites } from '../../packages/wxt-clerk/tests/support/hostile/site.ts';
import { buildExtension, PROJECT_ROOT } from '../../tools/extension-build.ts';

export type InstanceName = 'production' | 'development' | 'strippedOrigin';

/** What a test needs to know of one local Frontend API and the extension that was built for it. */
export interface Instance
  extends Pick<Emulator, 'url' | 'port' | 'certificate' | 'publishableKey' | 'jwtKey' | 'seededUser'> {
  extensionPath: string;
}

/** What the tests of the trust line stand on: a build that opens itself to some sites, and hostile copies of it. */
export interface Trust extends Sites {
  /** The build itself. */
  extensionPath: string;
  /** A copy with a hostile content script in it. */
  compromisedPath: string;
  /** One whose manifest also lets web pages frame the popup. */
  framablePath: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    browserName: BrowserName;
    executablePath: string;
    production: Instance;
    development: Instance;
    /** The production instance again, with a build that has the switch for Firefox in production on. */
    strippedOrigin: Instance;
    trust: Trust;
  }
}

interface Build {
  instance: InstanceType;
  /** Further variables of the build. */
  variables?: Record<string, string>;
}

const BUILDS: Record<InstanceName, Build> = {
  production: { instance: 'production' },
  development: { instance: 'development' },
  strippedOrigin: {
    instance: 'production',
    // The key is here to be left out: this is a build as for the store.
    variables: { WXT_STRIP_ORIGIN: 'true', WXT_CRX_PUBLIC_KEY: createKeyPair().publicKey },
  },
};

/** Finds the browser, starts a local Frontend API for each kind of key and builds the extension for each. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const browserName = expectBrowserName(process.env.E2E_BROWSER ?? 'chromium', 'E2E_BROWSER');
  const browser = await findBrowser(browserName);
  console.log(describeBrowser(browser));
  project.provide('browserName', browserName);
  project.provide('executablePath', browser.executablePath);

  const emulators = {
    production: await startEmulator({ instance: 'production' }),
    development: await startEmulator({ instance: 'development' }),
  };
  for (const [name, { instance, variables }] of Object.entries(BUILDS)) {
    const { url, port, certificate, publishableKey, jwtKey, seededUser } = emulators[instance];
    const outDir = `.output/e2e/${name}`;
    const extensionPath = await buildExtension(browserName, publishableKey, outDir, variables);
    const known = { url, port, certificate, publishableKey, jwtKey, seededUser };
    project.provide(name as InstanceName, { ...known, extensionPath });
  }
  const { publishableKey, jwtKey } = emulators.production;
  const sites = await startSites(jwtKey);
  project.provide('trust', await buildForTrust(browserName, publishableKey, sites));
  return async () => {
    await Promise.all([...Object.values(emulators), sites].map((server) => server.close()));
  };
}

async function buildForTrust(
  browserName: BrowserName,
  publishableKey: string,
  { port, otherPort }: Sites,
): Promise<Trust> {
  const folder = '.output/e2e/trust';
  const extensionPath = await buildExtension(browserName, publishableKey, folder, {
    WXT_CONTENT_SCRIPT_MATCHES: ['granted', 'token', 'template']
      .map((name) => `http://${name}.localhost/*`)
      .join(),
    WXT_TOKEN_ORIGINS: `${originOf('token', port)},${originOf('template', port)}=notes`,
    WXT_API_ORIGINS: originOf('api', port),
  });
  const copy = (name: string) => join(PROJECT_ROOT, folder, `${browserName}-${name}`);
  return {
    port,
    otherPort,
    extensionPath,
    compromisedPath: await compromise(extensionPath, copy('compromised')),
    framablePath: await compromise(extensionPath, copy('framable'), { webAccessible: ['popup.html'] }),
  };
}
