import type { AttachedBrowser } from 'extension-driver';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { byTurns } from '../../../../tools/e2e/by-turns.ts';
import { enterPassword, waitForSignInForm, waitUntilSignedIn } from '../../../../tools/steps/sign-in.ts';
import { sized } from '../../../../tools/test-size.ts';
import { EXTENSION } from './fixtures.ts';
import { type Development, DevelopmentProject } from './support/development.ts';

byTurns();

const FRESH = { CLERK_DEV_FRESH: 'true' };
const TEXTS = 'public/_locales/en/messages.json';
const HELLO = JSON.stringify({ greeting: { message: 'Hello' } });
// Of the seeds of clerk-emulator, which development mode prints.
const ADA = { emailAddress: 'ada@example.com', password: 'lovelace1815' };

/** How long a build after an edit, and the reload after it, may take on a busy machine, in ms. */
const REBUILD_MS = 45_000;
/** How long all of a test may take there: each start of `wxt` builds, and starts a browser. */
const LONG_MS = 240_000;

let project: DevelopmentProject;

beforeAll(async () => {
  project = await DevelopmentProject.create(EXTENSION, inject('browserName'), inject('executablePath'));
  await project.write(TEXTS, HELLO);
  await project.edit('wxt.config.ts', "name: 'Core test'", "default_locale: 'en', name: 'Core test'");
});
afterAll(() => project.remove());

test('a taken port and a browser that is not there are said in one sentence, with what to do', async () => {
  const { port } = inject('instances').production;
  expect(await project.runToEnd({ CLERK_DEV_PORT: String(port) })).toMatch(
    `Port ${port}, where development mode has its local Frontend API, is in use`,
  );
  const nowhere = { CHROMIUM_PATH: '/nowhere/browser', FIREFOX_PATH: '/nowhere/browser' };
  expect(await project.runToEnd(nowhere)).toMatch('There is no browser at /nowhere/browser: correct');
});

test('wxt alone lets a person sign in, keeps them over its starts, and loads the extension anew after an edit', {
  timeout: LONG_MS,
}, async () => {
  await project.write(TEXTS, HELLO);
  await during(project.start({ ...FRESH, DEBUG: 'vite:deps' }), async ({ browser, readOutput }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, ADA);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    expect(await project.listProcesses()).not.toEqual([]);
    // Each time the page would be loaded anew, whatever has been typed by then.
    expect(readOutput()).not.toMatch('new dependencies found');
  });
  await expectNothingLeft();

  await during(project.start(), async ({ browser }) => {
    await waitUntilSignedIn(await browser.openPopup(), 'Ada Lovelace');
    await expectEditsToBeSeen(browser);
  });
});

// After the test before it, so that there is somebody to forget.
test.runIf(sized({ usual: false, matrix: true }))(
  'CLERK_DEV_FRESH begins anew',
  {
    timeout: LONG_MS,
  },
  async () => {
    await during(project.start(FRESH), async ({ browser }) => {
      await waitForSignInForm(await browser.openPopup());
    });
  },
);

/** An edit of the background, and one of a text, each open the page anew that the reload closes. */
async function expectEditsToBeSeen(browser: AttachedBrowser): Promise<void> {
  const before = await browser.openPage('own-page.html');
  await before.waitForText('Signed in as Ada Lovelace.');
  await project.edit('entrypoints/background.ts', 'startClerk({', "console.log('edited');\n  startClerk({");
  const between = await browser.waitForSurface('tab', 'own-page.html', REBUILD_MS);
  await between.waitForText('Signed in as Ada Lovelace.');

  await project.edit(TEXTS, 'Hello', 'Good morning');
  const after = await browser.waitForSurface('tab', 'own-page.html', REBUILD_MS);
  await expect.poll(() => after.evaluate(readText, 'greeting'), { timeout: 15_000 }).toBe('Good morning');
}

function readText(name: string): string {
  const scope = globalThis as unknown as Record<string, { i18n: { getMessage(name: string): string } }>;
  return (scope.browser ?? scope.chrome)?.i18n.getMessage(name) ?? '';
}

async function during(
  started: Promise<Development>,
  use: (development: Development) => Promise<void>,
): Promise<void> {
  const development = await started;
  try {
    await use(development);
  } finally {
    await development.stop();
  }
}

// The browser takes a moment to end after what has started it.
async function expectNothingLeft(): Promise<void> {
  await expect.poll(() => project.listProcesses(), { timeout: 5000 }).toEqual([]);
}
