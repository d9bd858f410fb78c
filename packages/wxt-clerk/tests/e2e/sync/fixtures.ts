import type { Emulator, InstanceType } from 'clerk-emulator';
import { type ExtensionBrowser, launchExtensionBrowser } from 'extension-driver';
import { test as base, inject } from 'vitest';
import { buildOnce } from '../../../../../tools/e2e/build-once.ts';
import { type RunningWebApp, startInstance, startWebApp } from '../../../../../tools/steps/web-app.ts';
import { EXTENSION } from '../fixtures.ts';

interface Fixtures {
  instanceName: InstanceType;
  emulator: Emulator;
  webApp: RunningWebApp;
  /** Further variables of the extension's build. */
  variables: Record<string, string>;
  /** A browser with a new profile and an extension that has its session from the web app. */
  browser: ExtensionBrowser;
}

interface Running {
  emulator: Emulator;
  webApp: RunningWebApp;
}

/** The instances with a web app that have been asked for, since both are built for the address of the instance. */
class Instances {
  readonly #running = new Map<InstanceType, Promise<Running>>();

  get(name: InstanceType): Promise<Running> {
    const running = this.#running.get(name) ?? start(name);
    this.#running.set(name, running);
    return running;
  }

  async close(): Promise<void> {
    const running = await Promise.all(this.#running.values());
    this.#running.clear();
    for (const { emulator, webApp } of running) await Promise.all([emulator.close(), webApp.close()]);
  }
}

async function start(name: InstanceType): Promise<Running> {
  const emulator = await startInstance(name);
  return { emulator, webApp: await startWebApp(emulator, `${inject('outDir')}/web-app-${name}`) };
}

// Of the whole run, and given by each `extend` of the test, as the browser of tools/e2e/shared-browser.ts.
const theOnes = new Instances();

const withInstances = base.extend<{ instances: Instances }>({
  instances: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest wants a destructured parameter.
    async ({}, use) => {
      await use(theOnes);
      await theOnes.close();
    },
    { scope: 'worker' },
  ],
});

/** A test in a real browser of its own, on an instance in its first state that has a web app. */
export const test = withInstances.extend<Fixtures>({
  instanceName: 'production',
  emulator: async ({ instances, instanceName }, use) => {
    const { emulator } = await instances.get(instanceName);
    await emulator.control.reset();
    await use(emulator);
  },
  webApp: async ({ instances, instanceName }, use) => {
    await use((await instances.get(instanceName)).webApp);
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
