import { createControlClient, type EmulatorControl, type InstanceType } from 'clerk-emulator';
import { type ExtensionBrowser, launchExtensionBrowser, type Surface } from 'extension-driver';
import { test as base, inject } from 'vitest';
import { buildOnce } from '../../../../tools/e2e/build-once.ts';
import type { Instance } from '../../../../tools/e2e/global-setup.ts';
import { ask, EXTENSION, openedToSites } from './fixtures.ts';

interface Fixtures {
  instance: Instance;
  control: EmulatorControl;
  /** The folder of the built extension. */
  extensionPath: string;
  /** What all tests of a file share. */
  started: ExtensionBrowser;
  browser: ExtensionBrowser;
}

/** How the extension of a file's tests is built. */
interface SharedBuild {
  instanceName?: InstanceType;
  /** Variables of the build beside those that open it to some web sites. */
  variables?: Record<string, string>;
}

/**
 * As the test of `fixtures.ts`, but all tests of a file share one browser, whose start takes longer than what most of them
 * do. Each begins without a page, signed out, and with a server in its first state; what an earlier one has left in the
 * extension's storage stays.
 */
export function sharedBrowserTest({ instanceName = 'production', variables = {} }: SharedBuild = {}) {
  return base.extend<Fixtures>({
    // biome-ignore lint/correctness/noEmptyPattern: Vitest wants a destructured parameter.
    instance: [async ({}, use) => use(inject('instances')[instanceName]), { scope: 'file' }],
    control: [async ({ instance }, use) => use(createControlClient(instance.url)), { scope: 'file' }],
    extensionPath: [
      async ({ instance: { publishableKey } }, use) => {
        const wanted = { ...openedToSites(), ...variables };
        await use(await buildOnce({ project: EXTENSION, variables: wanted, publishableKey }));
      },
      { scope: 'file' },
    ],
    started: [
      async ({ instance, extensionPath }, use) => {
        const browser = await launchExtensionBrowser(inject('browserName'), {
          executablePath: inject('executablePath'),
          extensionPath,
          headless: true,
          trustedServers: [instance],
          windowSize: { width: 1280, height: 860 },
        });
        await use(browser);
        await browser.close();
      },
      { scope: 'file' },
    ],
    browser: async ({ started, control }, use) => {
      const opened: Surface[] = [];
      await control.reset();
      await use(keepingTrack(started, opened));
      await started.setOffline(false);
      await control.clearFaults();
      // The last one first: a popup closes by itself when another page goes.
      for (const surface of opened.reverse()) await surface.close();
      const page = await started.openPage('own-page.html');
      await ask(page, { type: 'sign-out' });
      await page.close();
    },
  });
}

/** With a production key, and nothing switched on. */
export const test = sharedBrowserTest();

const OPENERS = ['openPopup', 'openPage', 'openWebPage', 'waitForSurface'];

/** The same browser, which notes every surface that it opens. */
function keepingTrack(browser: ExtensionBrowser, opened: Surface[]): ExtensionBrowser {
  return new Proxy(browser, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const method = member.bind(target);
      if (!OPENERS.includes(String(name))) return method;
      return async (...args: unknown[]) => {
        const surface: Surface = await method(...args);
        opened.push(surface);
        return surface;
      };
    },
  });
}
