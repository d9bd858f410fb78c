import type { EmulatorControl, SeededUser } from 'clerk-emulator';
import { FapiClient } from 'clerk-emulator/frontend-api-client';
import type { ExtensionBrowser, Surface } from 'extension-driver';
import { describe, expect, vi } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { waitForSignInForm } from '../../../../../tools/steps/sign-in.ts';
import { sized } from '../../../../../tools/test-size.ts';
import { type HostileFrame, hostileFrame } from '../../support/hostile/frames.ts';
import { dumpOwnStorage } from '../../support/own-storage.ts';
import { ask, signIn } from '../fixtures.ts';
import { apiOf, extensionIdOf, JWT, ownBrowserTest, pageOf, test } from './fixtures.ts';

byTurns(0);

/** How long the sweep goes on signing in, using and signing out. */
const SWEEP_MS = sized({ usual: 0, matrix: 60_000 });

const ME = { type: 'fetch-api', method: 'GET', url: apiOf('/me') };

/** Everything that a person and the extension's pages do with a session, once round. */
async function goRound(browser: ExtensionBrowser, page: Surface, site: HostileFrame): Promise<void> {
  await ask(page, { type: 'get-token' });
  await ask(page, { type: 'get-token', skipCache: true });
  await ask(page, ME);
  await site.ask(ME, { type: 'get-user' }, { type: 'subscribe' }, { type: 'get-token' });
  await site.loot();
  await browser.stopBackground();
  await ask(page, { type: 'get-token' });
  const panel = await browser.openPage('sidepanel.html');
  await panel.click({ role: 'button', name: 'Manage account' });
  await panel.waitForText('Profile details');
  await site.loot();
  await panel.close();
}

/**
 * Where the extension keeps something that looks like a JWT. The page must be one without Clerk, which would look into a
 * cookie jar of its own.
 */
async function findJwts(page: Surface): Promise<string[]> {
  const places = Object.entries(await page.evaluate(dumpOwnStorage));
  return places.filter(([, text]) => JWT.test(text)).map(([place]) => place);
}

async function untilConfirmed(
  control: EmulatorControl,
  { userId }: SeededUser,
  page: Surface,
): Promise<void> {
  const isSignedIn = async () =>
    (await control.listSessions()).some((each) => each.userId === userId && each.status === 'active');
  await vi.waitUntil(async () => !(await isSignedIn()), { timeout: 10_000 });
  // The extension itself learns of it with the server's answer.
  await page.waitFor(async () => {
    const request = indexedDB.open('clerk');
    await new Promise((resolve) => {
      request.onsuccess = resolve;
    });
    const pending = request.result.transaction('sign-outs').objectStore('sign-outs').count();
    await new Promise((resolve) => {
      pending.onsuccess = resolve;
    });
    request.result.close();
    return pending.result === 0;
  });
}

describe('secrets', () => {
  test('are not seen by a content script in all of sign-in, use and sign-out', {
    timeout: SWEEP_MS + 120_000,
  }, async ({ browser, extensionPath, control, instance, sites: _ }) => {
    const sitePage = await browser.openWebPage(pageOf('granted'));
    const site = await hostileFrame(sitePage);
    const stranger = await hostileFrame(await browser.openWebPage(pageOf('ungranted')));
    let rounds = 0;
    for (const end = Date.now() + SWEEP_MS; Date.now() < end || rounds < 2; rounds += 1) {
      const page = await signIn(browser, instance);
      expect(await findJwts(page), 'the credential has its place').toContain('clerk.credentials');
      await goRound(browser, page, site);
      await ask(page, { type: 'sign-out' });
      await untilConfirmed(control, instance.seededUser, page);
      expect(await findJwts(page), 'nothing is left').toEqual([]);
      expect(page.consoleErrors().join()).not.toMatch(JWT);
      await page.close();
    }

    const loot = await site.loot();
    const secrets = [loot, await stranger.loot()].flatMap((each) =>
      Object.entries(each).flatMap(([kind, texts]) =>
        texts
          .filter((text) => JWT.test(text) || text.includes('client_jwt'))
          .map((text) => `${kind}: ${text}`),
      ),
    );
    expect(secrets).toEqual([]);
    expect(sitePage.consoleErrors()).toEqual([]);
    // It was not blind: what it may see, it saw.
    expect(loot['runtime.onMessage']?.join()).toContain('"firstName":"Ada"');
    expect(loot['DOM in shadow roots']?.join()).toContain('Ada Lovelace');
    await sitePage.evaluate(() => postMessage({ order: 'one that makes it fail', command: null }));
    await expect.poll(() => sitePage.text().then(() => sitePage.consoleErrors())).not.toEqual([]);
    const told = loot['window messages']?.join() ?? '';
    expect(told, 'the page is not told of the extension').not.toContain(
      extensionIdOf(browser, extensionPath),
    );
  });

  ownBrowserTest(
    'of another person, planted wherever a content script can write, change nobody',
    async ({ browser, control, instance, sites: _ }) => {
      const grace = { emailAddress: 'grace@example.com', password: 'nanosecond', firstName: 'Grace' };
      await control.createUser(grace);
      const client = new FapiClient(instance);
      await client.signIn(grace.emailAddress, grace.password);
      const credential = client.credential ?? '';
      expect(credential).toMatch(JWT);
      const { host } = new URL(instance.url);
      // The names under which Clerk, a port of its guide and this extension keep such things.
      const keys = [
        `${host}|__clerk_client_jwt|v2`,
        '__clerk_client_jwt',
        host,
        '__client',
        '__session',
        'tokens',
      ];

      const page = await signIn(browser, instance);
      const site = await hostileFrame(await browser.openWebPage(pageOf('granted')));
      const writable = await site.plant(keys, credential);
      const always = [
        'localStorage',
        'sessionStorage',
        'document.cookie',
        'indexedDB',
        'BroadcastChannel clerk:session_token',
      ];
      // Chrome closes its storage to content scripts when it is told to; Firefox cannot be told.
      const open = browser.name === 'firefox' ? ['storage.local', 'storage.sync'] : [];
      expect(writable.toSorted()).toEqual([...open, ...always].toSorted());
      expect(JSON.stringify(await site.loot()), 'the loot shows what was planted').toContain(credential);

      const expectAda = async (on: Surface) => {
        const person = { ok: true, value: { firstName: 'Ada' } };
        expect(await ask(on, { type: 'get-user' })).toMatchObject(person);
        expect(await ask(on, { ...ME })).toMatchObject({
          value: { status: 200, body: { userId: instance.seededUser.userId } },
        });
        expect(await site.ask({ type: 'get-user' })).toMatchObject([{ reply: person }]);
      };
      await expectAda(page);
      await browser.stopBackground();
      await expectAda(page);
      expect(await ask(page, { type: 'session-changed' })).toMatchObject({ value: { firstName: 'Ada' } });

      await ask(page, { type: 'sign-out' });
      await untilConfirmed(control, instance.seededUser, page);
      await browser.stopBackground();
      const popup = await browser.openPopup();
      await waitForSignInForm(popup);
      expect(await ask(popup, { type: 'get-user' })).toMatchObject({ ok: true, value: null });
      expect(await ask(popup, { type: 'session-changed' })).toMatchObject({ ok: true, value: null });
    },
  );

  test('of a sign-out that the server has not confirmed are kept sealed', async ({
    browser,
    control,
    instance,
  }) => {
    const page = await signIn(browser, instance);
    await control.addFault({ endpoint: '*', kind: 'status', status: 503 });
    await ask(page, { type: 'sign-out' });
    expect(await findJwts(page)).toEqual([]);
    const kept = await page.evaluate(dumpOwnStorage);
    expect(kept['clerk.sign-outs']).toContain('"sealed"');
    expect(kept['clerk.keys']).toBe('["key, not extractable"]');
    expect(await control.listSessions()).toMatchObject([{ status: 'active' }]);

    await control.clearFaults();
    await browser.stopBackground();
    await ask(page, { type: 'get-user' });
    await untilConfirmed(control, instance.seededUser, page);
    expect(await findJwts(page)).toEqual([]);
  });
});
