import { glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExtensionBrowser } from 'extension-driver';
import { expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { waitUntilSignedIn } from '../../../../../tools/steps/sign-in.ts';
import { dumpOwnStorage } from '../../support/own-storage.ts';
import { ask, test as base, openedToSites } from '../fixtures.ts';
import {
  answerOfProvider,
  CHOICES,
  callbackOf,
  countNonces,
  openProvider,
  pushAnswer,
  setUpProviders,
} from './provider.ts';

byTurns();

const test = base.extend<{ variables: Record<string, string>; userDataDir: string }>({
  // As sharedBrowserTest does, so that both have the same build.
  // biome-ignore lint/correctness/noEmptyPattern: Vitest wants a destructured parameter.
  variables: async ({}, use) => {
    await use({ ...openedToSites(), WXT_CLERK_SSO: 'true' });
  },
  // biome-ignore lint/correctness/noEmptyPattern: Vitest wants a destructured parameter.
  userDataDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'profile-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
});

const EVIL = 'nonce_of_the_attacker';

/** A web page sends a tab to the callback address with a nonce of its own. */
const pushNonce = (browser: ExtensionBrowser, site: string, callback: string) =>
  pushAnswer(browser, site, `${callback}?__clerk_status=completed&rotating_token_nonce=${EVIL}`);

test('a site that opens the callback address gets and changes nothing', async ({
  browser,
  control,
  extensionPath,
  instance,
}) => {
  const callback = await callbackOf(extensionPath);
  await setUpProviders(control, callback);
  const site = `${instance.url}/v1/environment`;
  const own = await browser.openPage('own-page.html');
  await pushNonce(browser, site, callback);
  expect(await ask(own, { type: 'get-user' })).toMatchObject({ ok: true, value: null });

  const panel = await browser.openPage('sidepanel.html');
  const provider = await openProvider(browser, panel);
  const hostile = await pushNonce(browser, site, callback);
  expect(await ask(own, { type: 'get-user' })).toMatchObject({ ok: true, value: null });
  expect(await countNonces(control), 'no nonce but our own is taken to the server').toBe(0);
  expect(await provider.isOpen()).toBe(true);
  expect(await hostile.isOpen(), 'nobody else’s tab is closed').toBe(true);
  await provider.click(CHOICES.ada);
  await waitUntilSignedIn(panel, 'Ada Lovelace');
  expect(await countNonces(control)).toBe(1);
});

/** Files of a profile that have a text in them. */
async function findInProfile(profile: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for await (const path of glob('**', { cwd: profile, withFileTypes: true })) {
    if (!path.isFile()) continue;
    const content = await readFile(join(path.parentPath, path.name), 'latin1').catch(() => '');
    if (content.includes(text)) found.push(path.name);
  }
  return found;
}

test('the nonce is in no storage, no log and no error', async ({
  browser,
  control,
  extensionPath,
  userDataDir,
}) => {
  await setUpProviders(control, await callbackOf(extensionPath));
  const panel = await browser.openPage('sidepanel.html');
  const own = await browser.openPage('own-page.html');
  const provider = await openProvider(browser, panel);
  const back = await answerOfProvider(provider);
  const nonce = new URL(back).searchParams.get('rotating_token_nonce') ?? '';
  expect(nonce).not.toBe('');
  await control.addFault({ endpoint: 'GET /v1/client/sign_ins/:id', kind: 'drop', times: 1 });
  await provider.evaluate((url: string) => {
    location.href = url;
  }, back);
  await waitUntilSignedIn(panel, 'Ada Lovelace');
  const stored = JSON.stringify(await own.evaluate(dumpOwnStorage));
  expect(stored).toContain('ada@example.com');
  expect(stored).not.toContain(nonce);
  expect([...panel.consoleErrors(), ...own.consoleErrors()].join()).not.toContain(nonce);
  await browser.close();
  expect(await findInProfile(userDataDir, nonce)).toEqual([]);
});
