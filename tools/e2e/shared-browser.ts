import { createControlClient, type EmulatorControl, type InstanceType } from 'clerk-emulator';
import type { ExtensionBrowser, Surface } from 'extension-driver';
import { test as base, inject } from 'vitest';
import { type Build, buildOnce } from './build-once.ts';
import { ask } from './fixtures.ts';
import type { Instance } from './global-setup.ts';
import { RunningBrowser } from './running-browser.ts';

interface Fixtures {
  instance: Instance;
  control: EmulatorControl;
  /** The folder of the built extension. */
  extensionPath: string;
  browser: ExtensionBrowser;
}

// Of the whole run: the files of tests share one process and its modules (`isolate` in vitest.config.ts).
const theOne = new RunningBrowser();

// Each `extend` of a test has worker fixtures of its own: all of them give the same browser, and the first that ends closes it.
const oneBrowser = base.extend<{ running: RunningBrowser }>({
  running: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest wants a destructured parameter.
    async ({}, use) => {
      await use(theOne);
      await theOne.close();
    },
    { scope: 'worker' },
  ],
});

interface Wanted extends Omit<Build, 'publishableKey'> {
  instanceName?: InstanceType;
  /** What the browser speaks, and the extension with it. */
  language?: string;
  /** A page of the extension, from which each test is signed out when it is over. */
  ownPage: string;
  /** Gives the folder that the browser loads, made of the built one. */
  prepare?: (buildPath: string) => Promise<string>;
}

/**
 * As the test of `fixtures.ts`, but in the one browser of the run, whose start takes longer than what most of them
 * do. Each begins without a page, signed out, and with a server in its first state; what an earlier one has left in the
 * extension's storage stays.
 */
export function sharedBrowserTest(wanted: Wanted) {
  const {
    project,
    variables = {},
    ownPage,
    instanceName = 'production',
    language = 'en-US',
    prepare,
  } = wanted;
  return oneBrowser.extend<Fixtures>({
    // biome-ignore lint/correctness/noEmptyPattern: Vitest wants a destructured parameter.
    instance: [async ({}, use) => use(inject('instances')[instanceName]), { scope: 'file' }],
    control: [async ({ instance }, use) => use(createControlClient(instance.url)), { scope: 'file' }],
    extensionPath: [
      async ({ instance: { publishableKey } }, use) => {
        const buildPath = await buildOnce({ project, variables, publishableKey });
        await use((await prepare?.(buildPath)) ?? buildPath);
      },
      { scope: 'file' },
    ],
    browser: async ({ running, instance, extensionPath, control, task }, use) => {
      const started = await running.startedWith({ extensionPath, trustedServers: [instance], language });
      const opened: Surface[] = [];
      await control.reset();
      await use(keepingTrack(started, opened));
      // What a failed test leaves is not known: the next one, or its second try, begins with a new browser.
      if (task.result?.state === 'fail') return await running.close();
      await started.setOffline(false);
      // Also the settings: a server that refuses everything is told of the sign-out again and again.
      await control.reset();
      // The last one first: a popup closes by itself when another page goes.
      for (const surface of opened.reverse()) await surface.close();
      const page = await started.openPage(ownPage);
      await ask(page, { type: 'sign-out' });
      await page.close();
    },
  });
}

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
