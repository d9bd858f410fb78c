import { describe, expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { ask, signIn } from '../fixtures.ts';
import { extensionIdOf, pageOf, siteTest as test } from './fixtures.ts';

byTurns();

const CARD = 'clerk-test-card';
const NAME = '[data-testid="card-name"]';
const API = '[data-testid="card-api"]';

// On the build as it ships: there is no hostile content script beside it.
describe('a content script', () => {
  test('follows sign-in and sign-out, and survives an extension reload', async ({
    browser,
    instance,
    sites,
  }) => {
    const site = await browser.openWebPage(pageOf('granted'));
    await site.waitForShadowText(CARD, NAME, 'Nobody is signed in');
    const own = await signIn(browser, instance);
    await site.waitForShadowText(CARD, NAME, 'Ada Lovelace');
    await site.waitForShadowText(CARD, API, instance.seededUser.userId);

    await browser.reloadExtension();
    await expect.poll(() => own.isOpen()).toBe(false);
    const renewed = await browser.openPage('own-page.html');
    await renewed.waitForText('Signed in as Ada Lovelace.');
    // Firefox puts a new content script in place of the old one, and shows the person again.
    if (browser.name === 'firefox') await site.waitForShadowText(CARD, API, instance.seededUser.userId);
    // News of the person that came with the sign-in may still be on their way.
    let asked = 0;
    const countMore = async () => {
      const before = asked;
      asked = (await sites.requests()).length;
      return asked - before;
    };
    await expect.poll(countMore, { interval: 700 }).toBe(0);
    // What makes it ask again, several times over.
    for (let turn = 0; turn < 3; turn += 1) {
      await site.evaluate(() => dispatchEvent(new Event('online')));
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
    expect(await site.text().then(() => site.consoleErrors())).toEqual([]);
    expect((await sites.requests()).length, 'nothing asks the API again').toBe(asked);
    // Chrome leaves the old one in the page, which sees that it is old and takes its card away.
    const cards = await site.evaluate((host) => document.querySelectorAll(host).length, CARD);
    expect(cards).toBe(browser.name === 'firefox' ? 1 : 0);

    const again = await browser.openWebPage(pageOf('granted'));
    await again.waitForShadowText(CARD, NAME, 'Ada Lovelace');
    await ask(renewed, { type: 'sign-out' });
    await again.waitForShadowText(CARD, NAME, 'Nobody is signed in');
    expect(await again.shadowText(CARD, API)).not.toContain(instance.seededUser.userId);
    expect(site.consoleErrors()).toEqual([]);
  });

  test('can be ended by its page, and nothing else', async ({ browser, extensionPath, sites: _ }) => {
    const site = await browser.openWebPage(pageOf('granted'));
    await site.waitForShadowText(CARD, NAME, 'Nobody is signed in');
    // What WXT's content scripts tell an older one of themselves; a page that knows the extension's id can say it, too.
    await site.evaluate(
      (id: string) => {
        const detail = { contentScriptName: 'card', messageId: 'forged' };
        const name = `${id}:card:wxt:content-script-started`;
        document.dispatchEvent(new CustomEvent(name, { detail }));
        postMessage({ type: name, ...detail }, '*');
      },
      extensionIdOf(browser, extensionPath),
    );
    await site.waitFor((host) => !document.querySelector(host), CARD);
    const next = await browser.openWebPage(pageOf('granted'));
    await next.waitForShadowText(CARD, NAME, 'Nobody is signed in');
    expect(await site.text().then(() => site.consoleErrors())).toEqual([]);
  });
});
