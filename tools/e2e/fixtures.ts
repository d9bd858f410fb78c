import { createControlClient, type EmulatorControl, type InstanceType } from 'clerk-emulator';
import { type ExtensionBrowser, launchExtensionBrowser, type Surface } from 'extension-driver';
import { test as base, inject, vi } from 'vitest';
import type { Reply, SessionToken, TokenOptions } from 'wxt-clerk/messages';
import { buildOnce } from './build-once.ts';
import type { Instance } from './global-setup.ts';

interface Fixtures {
  /** Which kind of publishable key the extension is built with. */
  instanceName: InstanceType;
  instance: Instance;
  /** The control surface of the local Frontend API, put back to its first state. */
  control: EmulatorControl;
  /** Folder of the `wxt.config.ts` of the extension under test, from the project's root. */
  project: string;
  /** Further variables of its build. */
  variables: Record<string, string>;
  /** The folder of the built extension. */
  buildPath: string;
  /** The folder that the browser loads: the build, where a test does not put a changed copy in its place. */
  extensionPath: string;
  /** What the browser speaks, and the extension with it. */
  language: string;
  /** A profile folder that the test looks into; without one it is temporary. */
  userDataDir: string | undefined;
  /** A browser with a new profile and the built extension in it. */
  browser: ExtensionBrowser;
}

/** A test in a real browser on a built extension: the starter, where a test does not name another. */
export const test = base.extend<Fixtures>({
  instanceName: 'production',
  instance: async ({ instanceName }, use) => {
    await use(inject('instances')[instanceName]);
  },
  control: async ({ instance }, use) => {
    const control = createControlClient(instance.url);
    await control.reset();
    await use(control);
  },
  project: '.',
  variables: {},
  buildPath: async ({ project, variables, instance }, use) => {
    await use(await buildOnce({ project, variables, publishableKey: instance.publishableKey }));
  },
  extensionPath: async ({ buildPath }, use) => {
    await use(buildPath);
  },
  language: 'en-US',
  userDataDir: undefined,
  // `control` is named so that every test starts from the first state, also one that does not ask for it.
  browser: async ({ extensionPath, language, userDataDir, instance, control: _ }, use) => {
    const browser = await launchExtensionBrowser(inject('browserName'), {
      executablePath: inject('executablePath'),
      extensionPath,
      headless: true,
      trustedServers: [instance],
      language,
      ...(userDataDir && { userDataDir }),
      windowSize: { width: 1280, height: 860 },
    });
    try {
      await use(browser);
    } finally {
      await browser.close();
    }
  },
});

interface MessagingApi {
  runtime: { sendMessage(message: unknown): Promise<Reply> };
}

/** Sends a message to the background as the extension's own page does, and gives the raw reply. */
export function ask(page: Surface, message: unknown): Promise<Reply> {
  return page.evaluate((message: unknown) => {
    const scope = globalThis as unknown as { browser?: MessagingApi; chrome: MessagingApi };
    return (scope.browser ?? scope.chrome).runtime.sendMessage(message);
  }, message);
}

/** Asks for a token as the extension's own page does. */
export async function askForToken(page: Surface, options: TokenOptions = {}): Promise<SessionToken | null> {
  const reply = await ask(page, { ...options, type: 'get-token' });
  if (!reply.ok) throw new Error(`get-token failed: ${reply.error.code}`);
  return reply.value as SessionToken | null;
}

/** The code that was mailed to an address, as soon as it is. The field that takes it appears before the mail is sent. */
export function readCode(control: EmulatorControl, emailAddress: string): Promise<string> {
  return vi.waitUntil(async () => (await control.lastMail(emailAddress))?.code, { timeout: 10_000 });
}

/** How many requests to paths with this ending the local Frontend API has seen. */
export async function countRequests(control: EmulatorControl, pathEnd: string): Promise<number> {
  return (await control.requests()).filter(({ path }) => path.endsWith(pathEnd)).length;
}
