import { glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmulatorControl } from 'clerk-emulator';
import type { ExtensionBrowser, Surface } from 'extension-driver';
import { expect } from 'vitest';
import { waitUntilSignedIn } from '../../../../../tools/steps/sign-in.ts';
import { dumpOwnStorage } from '../../support/own-storage.ts';
import { ask, test as base } from '../fixtures.ts';
import { CHOICES, callbackOf, openProvider, setUpProviders } from './provider.ts';

const test = base.extend<{ variables: Record<string, string>; userDataDir: string }>({
  variables: { WXT_CLERK_SSO: 'true' },
  // biome-ignore lint/correctness/noEmptyPattern: Vitest wants a destructured parameter.
  userDataDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'profile-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
});

const EVIL = 'nonce_of_the_attacker';

/** A web page sends a tab to the callback address, as any site can. Nobody serves anything there. */
async function pushNonce(browser: ExtensionBrowser, site: string, callback: string): Promise<Surface> {
  const page = await browser.openWebPage(site);
  await page.evaluate((url: string) => {
    location.href = url;
  }, `${callback}?__clerk_status=completed&rotating_token_nonce=${EVIL}`);
  return page;
}

const asked = async (control: EmulatorControl) =>
  (await control.requests()).filter(({ query }) => query.rotating_token_nonce !== undefined).length;

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
  expect(await asked(control), 'no nonce but our own is taken to the server').toBe(0);
  expect(await provider.isOpen()).toBe(true);
  expect(await hostile.isOpen(), 'nobody else’s tab is closed').toBe(true);
  await provider.click(CHOICES.ada);
  await waitUntilSignedIn(panel, 'Ada Lovelace');
  expect(await asked(control)).toBe(1);
});

/** Where a request is sent to, asked from outside of the browser. */
function locationOf(url: string, form?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: form === undefined ? 'GET' : 'POST',
        agent: new Agent({ rejectUnauthorized: false }),
        lookup: (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
      },
      (answer) => {
        answer.resume();
        resolve(answer.headers.location ?? '');
      },
    );
    outgoing.on('error', reject);
    outgoing.end(form);
  });
}

/** What the provider's page would lead to: the address with the nonce. */
async function answerOfProvider(provider: Surface): Promise<string> {
  const { page, account } = await provider.evaluate(() => ({
    page: location.href,
    account: document.querySelector<HTMLButtonElement>('#person-1')?.value ?? '',
  }));
  const answer = await fetch(page, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ account }),
  });
  return locationOf(answer.headers.get('location') ?? '');
}

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
