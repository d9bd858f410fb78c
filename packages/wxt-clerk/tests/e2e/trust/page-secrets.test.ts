import { glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstanceType } from 'clerk-emulator';
import type { ExtensionBrowser, Surface } from 'extension-driver';
import { describe, expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { waitForSignInForm } from '../../../../../tools/steps/sign-in.ts';
import { ask, askForToken, test as base, signIn } from '../fixtures.ts';
import { openPlace } from '../flows/places.ts';

byTurns();

const test = base.extend<{ userDataDir: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest wants a destructured parameter.
  userDataDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'profile-'));
    await use(folder);
    await rm(folder, { recursive: true, maxRetries: 20, retryDelay: 100 });
  },
});

/** Loads Clerk into a signed-in page. */
async function openAccount(page: Surface): Promise<Surface> {
  await page.click({ role: 'button', name: 'Manage account' });
  await page.waitForText('Profile details');
  return page;
}

/** Pages that Clerk is loaded in: the panel, one tab behind another, and the one that has the focus. */
async function openPagesWithClerk(browser: ExtensionBrowser): Promise<Surface[]> {
  const panel = await openAccount(await openPlace(browser, 'panel'));
  const behind = await openAccount(await browser.openPage('sidepanel.html'));
  const front = await openAccount(await browser.openPage('sidepanel.html'));
  return [panel, behind, front];
}

/** Names in the jar that the page's scripts see, and in the browser's own one behind it. */
function cookieNames(page: Surface): Promise<string[]> {
  return page.evaluate(() => {
    const own = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')?.get?.call(document);
    return `${document.cookie}; ${own}`.split('; ').flatMap((pair) => pair.split('=')[0] || []);
  });
}

async function sessionTokensOf(pages: Surface[]): Promise<string[]> {
  const names = (await Promise.all(pages.map(cookieNames))).flat();
  return names.filter((name) => name.startsWith('__session'));
}

const ENDED_ELSEWHERE: Record<string, (page: Surface, sessions: () => Promise<void>) => Promise<unknown>> = {
  'by another page': (page) => ask(page, { type: 'sign-out' }),
  'on the server': (page, revoke) => revoke().then(() => ask(page, { type: 'session-changed' })),
};

describe('a page that Clerk is loaded in', () => {
  test.for(Object.entries(ENDED_ELSEWHERE))(
    'has no session token in a cookie jar, nor when it ends %s',
    async ([, end], { browser, control, instance }) => {
      const page = await signIn(browser, instance);
      const pages = await openPagesWithClerk(browser);
      // Clerk writes here, and this is what it looks like.
      for (const each of pages) expect(await cookieNames(each)).toContain('clerk_active_context');
      await askForToken(page, { skipCache: true });
      expect(await sessionTokensOf(pages)).toEqual([]);
      await end(page, async () => {
        for (const { sessionId } of await control.listSessions()) await control.revokeSession(sessionId);
      });
      for (const each of pages) await waitForSignInForm(each);
      expect(await sessionTokensOf(pages)).toEqual([]);
    },
  );
});

/** Files of the browser's caches in a profile, with what is in them. */
async function readCaches(profile: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const path of glob('**/*[Cc]ache*/**', { cwd: profile, withFileTypes: true }))
    if (path.isFile()) texts.push(await readFile(join(path.parentPath, path.name), 'latin1'));
  return texts;
}

// Beside code and texts of the browser itself, which have words that begin like a JWT.
const SECRET = /eyJ[\w-]{10,}\.|^authorization: .*/gim;

const TRACE = 'trace=4711';

/** A request that nothing keeps out of the cache. */
async function fetchWithTrace(page: Surface, url: string): Promise<void> {
  await page.evaluate((url: string) => fetch(url).then((answer) => answer.text()), url);
}

describe.each<InstanceType>(['production', 'development'])('the disk, with a %s key', (instanceName) => {
  const diskTest = test.extend<{ instanceName: InstanceType }>({ instanceName });

  diskTest(
    'has nothing of Clerk’s answers in the browser’s cache',
    async ({ browser, instance, userDataDir }) => {
      const page = await signIn(browser, instance);
      await openPagesWithClerk(browser);
      await askForToken(page, { skipCache: true });
      await fetchWithTrace(page, `${instance.url}/?${TRACE}`);
      await ask(page, { type: 'sign-out' });
      await waitForSignInForm(await browser.openPopup());
      await browser.close();

      const caches = await readCaches(userDataDir);
      const isTrace = (text: string) => text.includes(TRACE);
      expect(caches.filter(isTrace)).not.toEqual([]);
      const others = caches.filter((text) => !isTrace(text));
      expect(others.flatMap((text) => text.match(SECRET) ?? [])).toEqual([]);
    },
  );
});
