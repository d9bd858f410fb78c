import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Surface } from 'extension-driver';
import { describe, expect, inject, test as plainTest } from 'vitest';
import { ERROR_SENTENCES } from '../../packages/wxt-clerk/src/messages/message-error.ts';
import { type Login, waitUntilSignedIn } from '../../tools/steps/sign-in.ts';
import { ask, test } from './fixtures.ts';

const WORDS = {
  de: {
    signInForm: 'Kein Account?',
    signUp: 'Registrieren',
    signUpForm: ['Erstellen Sie Ihr Konto', 'Passwort erstellen'],
    wrongPassword: 'Das eingegebene Passwort ist falsch.',
    actions: ['Seitenleiste öffnen', 'Token-Demo öffnen', 'Konto verwalten', 'Abmelden'],
    manageAccount: 'Konto verwalten',
    accountPage: 'Profil bearbeiten',
    demoTitle: 'Token-Demo – Clerk WXT Extension',
    signedIn: 'Angemeldet als Ada Lovelace.',
    getToken: 'Token abrufen',
    validFor: 'Gültig für',
    unavailable: 'Der Anmeldedienst ist nicht erreichbar. Versuchen Sie es gleich noch einmal.',
    tryAgain: 'Erneut versuchen',
  },
  fr: {
    signInForm: "Vous n'avez pas encore de compte",
    signUp: "S'inscrire",
    signUpForm: ['Créez votre compte', 'Créez un mot de passe'],
    wrongPassword: 'Mot de passe incorrect',
    actions: ['Ouvrir le panneau latéral', 'Ouvrir la démo du jeton', 'Gérer le compte', 'Se déconnecter'],
    manageAccount: 'Gérer le compte',
    accountPage: 'Mettre à jour le profil',
    demoTitle: 'Démo du jeton – Clerk WXT Extension',
    signedIn: 'Connecté en tant que Ada Lovelace.',
    getToken: 'Obtenir un jeton',
    validFor: 'Valable pendant',
    unavailable: 'Le service de connexion est injoignable. Réessayez dans un instant.',
    tryAgain: 'Réessayer',
  },
};

// Of the English pages, hardly a sentence of which does without one of these.
const ENGLISH = /\b(the|you|your|sign|open|password|continue|again|enter|loading)\b/i;

// Read out in English whatever the language: Clerk's UI 1.34.0 has these in its code, not among its texts.
const CLERKS_OWN = /^(Show password|Open menu|Enter verification code)$/gm;

/** What the page says: its title, its texts, and what only a screen reader or an empty field says. */
function readAll(page: Surface): Promise<string> {
  return page.evaluate(() => {
    const attributes = ['aria-label', 'placeholder', 'title', 'alt'];
    const spoken = [...document.querySelectorAll('body *')].flatMap((element) =>
      attributes.map((name) => element.getAttribute(name)),
    );
    return [document.title, document.body.innerText, ...spoken].filter(Boolean).join('\n');
  });
}

/** The texts that are cut off, or stand out of the page. */
function findOverflow(page: Surface): Promise<string[]> {
  return page.evaluate(() => {
    const pageWidth = document.documentElement.clientWidth;
    const isCut = (element: Element) =>
      element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible';
    const isOutside = (element: Element) => element.getBoundingClientRect().right > pageWidth + 1;
    return (
      [...document.querySelectorAll('body *:not(svg, svg *)')]
        // What is for screen readers alone is one pixel wide.
        .filter((element) => element.checkVisibility() && element.clientWidth !== 1)
        .filter((element) => isCut(element) || isOutside(element))
        .map((element) => `${element.className}: ${element.textContent}`)
    );
  });
}

async function expectToSpeak(page: Surface, language: string): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
  expect((await readAll(page)).replaceAll(CLERKS_OWN, '')).not.toMatch(ENGLISH);
  // A popup grows to its content, and Clerk's messages fold open.
  await expect.poll(() => findOverflow(page), { timeout: 3000 }).toEqual([]);
}

/** Fills in Clerk's form whatever its buttons are called. */
async function enterPassword(page: Surface, { emailAddress, password }: Login): Promise<void> {
  await page.type('input[name="identifier"]', emailAddress);
  await page.press('Enter');
  await page.type('input[name="password"]', password);
  await page.press('Enter');
}

describe.each(Object.entries(WORDS))('a browser in %s', (language, words) => {
  test.override({ language });

  test('shows Clerk’s forms in it, and what they object to', async ({ browser, instance }) => {
    const panel = await browser.openPage('sidepanel.html');
    await panel.click({ role: 'link', name: words.signUp });
    await panel.waitForText(words.signUpForm[0] ?? '');
    for (const text of words.signUpForm) expect(await readAll(panel)).toContain(text);
    await expectToSpeak(panel, language);

    const popup = await browser.openPopup();
    await popup.waitForText(words.signInForm);
    await expectToSpeak(popup, language);
    await enterPassword(popup, { ...instance.seededUser, password: 'not the password' });
    await popup.waitForText(words.wrongPassword);
    await expectToSpeak(popup, language);
  });

  test('shows the account card, the account page and the token demo in it', async ({ browser, instance }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    for (const text of words.actions) expect(await popup.text()).toContain(text);
    await expectToSpeak(popup, language);
    await popup.click({ role: 'button', name: words.manageAccount });
    await popup.waitForText(words.accountPage);
    await expectToSpeak(popup, language);

    const demo = await browser.openPage('token-demo.html');
    await demo.waitForText(words.signedIn);
    expect(await demo.evaluate(() => document.title)).toBe(words.demoTitle);
    await demo.click({ role: 'button', name: words.getToken });
    await demo.waitForText(words.validFor);
    await expectToSpeak(demo, language);
  });

  test('shows an error in it, while the reply itself is in English', async ({ browser, control }) => {
    await control.addFault({ endpoint: '*', kind: 'status', status: 503 });
    const popup = await browser.openPopup();
    await popup.waitForText(words.unavailable);
    await popup.waitForText(words.tryAgain);
    await expectToSpeak(popup, language);
    expect(await ask(popup, { type: 'no such request' })).toMatchObject({
      ok: false,
      error: { code: 'bad-request', message: ERROR_SENTENCES['bad-request'] },
    });
  });
});

plainTest('every language of Clerk’s forms is a script of its own, which no page names ahead', () => {
  const folder = inject('production').extensionPath;
  const filesWith = (text: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(js|html)$/.test(file))
      .filter((file) => readFileSync(join(folder, file), 'utf8').includes(text));
  const german = filesWith('Kein Account?');
  const french = filesWith("Vous n'avez pas encore de compte");
  expect([german.length, french.length]).toEqual([1, 1]);
  expect(german).not.toEqual(french);
  for (const file of [...german, ...french]) {
    const named = filesWith(basename(file, '.js')).filter((page) => page.endsWith('.html'));
    expect(named).toEqual([]);
  }
});
