import type { TestProject } from 'vitest/node';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import type { BrowserName } from '../../scripts/browsers/driver/index.ts';
import { describeBrowser, findBrowser } from '../../scripts/browsers/find-browser.ts';
import { expectBrowserName } from '../../scripts/command-line.ts';
import { buildExtension } from '../../scripts/extension-build.ts';

export type InstanceName = 'production' | 'development';

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
  }
}

/** Finds the browser, starts a local Frontend API for each kind of key and builds the extension for each. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const browserName = expectBrowserName(process.env.E2E_BROWSER ?? 'chromium', 'E2E_BROWSER');
  const browser = await findBrowser(browserName);
  console.log(describeBrowser(browser));
  project.provide('browserName', browserName);
  project.provide('executablePath', browser.executablePath);

  const emulators: Emulator[] = [];
  for (const name of ['production', 'development'] as const) {
    const emulator = await startEmulator({ instance: name });
    emulators.push(emulator);
    const { url, publishableKey, jwtKey, seededUser } = emulator;
    const extensionPath = await buildExtension(browserName, publishableKey, `.output/e2e/${name}`);
    project.provide(name, { url, publishableKey, jwtKey, seededUser, extensionPath });
  }
  return async () => {
    await Promise.all(emulators.map((emulator) => emulator.close()));
  };
}
