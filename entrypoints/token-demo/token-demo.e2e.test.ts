import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { verifyToken } from '@clerk/backend';
import type { ExtensionBrowser, Surface } from 'extension-driver';
import { describe, expect } from 'vitest';
import { scriptsOfPage } from 'wxt-clerk-cli/page-scripts';
import { findViolations } from '../../tools/e2e/accessibility.ts';
import { byTurns } from '../../tools/e2e/by-turns.ts';
import { ask } from '../../tools/e2e/fixtures.ts';
import { expectToSpeak } from '../../tools/e2e/languages.ts';
import { starterTest, starterTestsByLanguage } from '../../tools/e2e/starter.ts';
import { enterPassword, type Login, waitUntilSignedIn } from '../../tools/steps/sign-in.ts';
import { getDemoToken } from '../../tools/steps/token-demo.ts';

byTurns();

const test = starterTest();

async function signIn(browser: ExtensionBrowser, user: Login): Promise<Surface> {
  const popup = await browser.openPopup();
  await enterPassword(popup, user);
  await waitUntilSignedIn(popup, 'Ada Lovelace');
  return popup;
}

describe('the token demo', () => {
  test('shows a token that a server accepts, also when the background was stopped', async ({
    browser,
    instance,
  }) => {
    await (await signIn(browser, instance.seededUser)).close();
    const demo = await browser.openPage('token-demo.html');
    await demo.waitForText('Signed in as Ada Lovelace.');
    await browser.stopBackground();
    const token = await getDemoToken(demo);
    const { jwtKey, seededUser } = instance;
    const claims = await verifyToken(token, { jwtKey, authorizedParties: [browser.extensionOrigin] });
    expect(claims.sub).toBe(seededUser.userId);
    expect(await demo.text()).toContain(seededUser.userId);
    expect(await findViolations(demo)).toEqual([]);
  });

  test('counts down', async ({ browser, control, instance }) => {
    await control.configure({ tokenLifetimeSeconds: 25 });
    await signIn(browser, instance.seededUser);
    const demo = await browser.openPage('token-demo.html');
    await getDemoToken(demo);
    const secondsLeft = () =>
      Number(document.querySelector('[data-seconds-left]')?.getAttribute('data-seconds-left'));
    const first = await demo.evaluate(secondsLeft);
    expect(first).toBeLessThanOrEqual(25);
    await demo.waitFor(
      (seen: number) =>
        Number(document.querySelector('[data-seconds-left]')?.getAttribute('data-seconds-left')) < seen,
      first,
    );
  });

  test('says so when nobody is signed in', async ({ browser }) => {
    const demo = await browser.openPage('token-demo.html');
    await demo.click({ role: 'button', name: 'Get a token' });
    await demo.waitForText('Nobody is signed in');
  });

  test('takes the token away when the person signs out elsewhere', async ({ browser, instance }) => {
    await signIn(browser, instance.seededUser);
    const demo = await browser.openPage('token-demo.html');
    await getDemoToken(demo);
    await ask(demo, { type: 'sign-out' });
    await demo.waitForText('Nobody is signed in');
    expect(await demo.evaluate(() => document.querySelector('[data-testid="token"]'))).toBeNull();
  });

  test('loads at most 300 kB of script before it shows the person', ({ extensionPath }) => {
    const scripts = scriptsOfPage(readFileSync(join(extensionPath, 'token-demo.html'), 'utf8'));
    expect(scripts.length).toBeGreaterThan(0);
    const size = scripts.reduce((sum, file) => sum + statSync(join(extensionPath, file)).size, 0);
    expect(size).toBeLessThanOrEqual(300_000);
  });
});

const WORDS = {
  de: {
    open: 'Token-Demo öffnen',
    title: 'Token-Demo – ',
    signedIn: 'Angemeldet als Ada Lovelace.',
    getToken: 'Token abrufen',
    validFor: 'Gültig für',
  },
  fr: {
    open: 'Ouvrir la démo du jeton',
    title: 'Démo du jeton – ',
    signedIn: 'Connecté en tant que Ada Lovelace.',
    getToken: 'Obtenir un jeton',
    validFor: 'Valable pendant',
  },
};

describe.each(starterTestsByLanguage(WORDS))('a browser in $language', ({ language, words, test }) => {
  test('shows the token demo in it', async ({ browser, instance }) => {
    const panel = await browser.openPage('sidepanel.html');
    await panel.type('input[name="identifier"]', instance.seededUser.emailAddress);
    await panel.press('Enter');
    await panel.type('input[name="password"]', instance.seededUser.password);
    await panel.press('Enter');
    await panel.waitForText(words.open);
    const demo = await browser.openPage('token-demo.html');
    await demo.waitForText(words.signedIn);
    expect(await demo.evaluate(() => document.title)).toContain(words.title);
    await demo.click({ role: 'button', name: words.getToken });
    await demo.waitForText(words.validFor);
    await expectToSpeak(demo, language);
  });
});
