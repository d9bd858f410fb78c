import type { Emulator, InstanceType } from 'clerk-emulator';
import { type ExtensionBrowser, launchExtensionBrowser, type TrustedServer } from 'extension-driver';
import { test as base, inject } from 'vitest';
import { buildOnce } from '../../../../../tools/e2e/build-once.ts';
import { EXTENSION } from '../fixtures.ts';
import { startInstance, startWebApp } from './web-app.ts';

interface Fixtures {
  instanceName: InstanceType;
  emulator: Emulator;
  webApp: TrustedServer;
  /** Further variables of the extension's build. */
  variables: Record<string, string>;
  /** A browser with a new profile and an extension that has its session from the web app. */
  browser: ExtensionBrowser;
}

/** A test in a real browser, on an instance with a web app. */
export const test = base.extend<Fixtures>({
  instanceName: 'production',
  emulator: async ({ instanceName }, use) => {
    const emulator = await startInstance(instanceName);
    await use(emulator);
    await emulator.close();
  },
  webApp: async ({ emulator, instanceName }, use) => {
    const webApp = await startWebApp(emulator, `${inject('outDir')}/web-app-${instanceName}`);
    await use(webApp);
    await webApp.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Vitest wants a destructured parameter.
  variables: async ({}, use) => {
    await use({ WXT_CLERK_SYNC: 'true' });
  },
  browser: async ({ emulator, webApp, variables }, use) => {
    const { publishableKey } = emulator;
    const browser = await launchExtensionBrowser(inject('browserName'), {
      executablePath: inject('executablePath'),
      extensionPath: await buildOnce({ project: EXTENSION, publishableKey, variables }),
      headless: true,
      trustedServers: [emulator, webApp].filter(({ certificate }) => certificate !== ''),
      windowSize: { width: 1280, height: 860 },
    });
    await use(browser);
    await browser.close();
  },
});
