import type { TestProject } from 'vitest/node';
import { type Emulator, type InstanceType, startEmulator } from '../../emulator/index.ts';
import type { BrowserName } from '../../scripts/browsers/driver/index.ts';
import { describeBrowser, findBrowser } from '../../scripts/browsers/find-browser.ts';
import { expectBrowserName } from '../../scripts/command-line.ts';
import { createKeyPair } from '../../scripts/crx/key-pair.ts';
import { buildExtension } from '../../scripts/extension-build.ts';

export type InstanceName = 'production' | 'development' | 'strippedOrigin';

/** What a test needs to know of one local Frontend API and the extension that was built for it. */
export interface Instance extends Pick<Emulator, 'url' | 'publishableKey' | 'jwtKey' | 'seededUser'> {
  extensionPath: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    browserName: BrowserName;
    executablePath: string;
    production: Instance;
    development: Instance;
    /** The production instance again, with a build that has the switch for Firefox in production on. */
    strippedOrigin: Instance;
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
    const { url, publishableKey, jwtKey, seededUser } = emulators[instance];
    const outDir = `.output/e2e/${name}`;
    const extensionPath = await buildExtension(browserName, publishableKey, outDir, variables);
    project.provide(name as InstanceName, { url, publishableKey, jwtKey, seededUser, extensionPath });
  }
  return async () => {
    await Promise.all(Object.values(emulators).map((emulator) => emulator.close()));
  };
}
