import type { Surface } from 'extension-driver';
import { describe, expect } from 'vitest';
import { ERROR_SENTENCES } from 'wxt-clerk/messages';
import { byTurns } from '../../tools/e2e/by-turns.ts';
import { ask } from '../../tools/e2e/fixtures.ts';
import { expectToSpeak, readAll } from '../../tools/e2e/languages.ts';
import { starterTestsByLanguage } from '../../tools/e2e/starter.ts';
import { type Login, waitUntilSignedIn } from '../../tools/steps/sign-in.ts';

byTurns();

const WORDS = {
  de: {
    signInForm: 'Kein Account?',
    signUp: 'Registrieren',
    signUpForm: ['Erstellen Sie Ihr Konto', 'Passwort erstellen'],
    wrongPassword: 'Das eingegebene Passwort ist falsch.',
    actions: ['Seitenleiste öffnen', 'Konto verwalten', 'Abmelden'],
    manageAccount: 'Konto verwalten',
    accountPage: 'Profil bearbeiten',
    unavailable: 'Der Anmeldedienst ist nicht erreichbar. Versuchen Sie es gleich noch einmal.',
    tryAgain: 'Erneut versuchen',
  },
  fr: {
    signInForm: "Vous n'avez pas encore de compte",
    signUp: "S'inscrire",
    signUpForm: ['Créez votre compte', 'Créez un mot de passe'],
    wrongPassword: 'Mot de passe incorrect',
    actions: ['Ouvrir le panneau latéral', 'Gérer le compte', 'Se déconnecter'],
    manageAccount: 'Gérer le compte',
    accountPage: 'Mettre à jour le profil',
    unavailable: 'Le service de connexion est injoignable. Réessayez dans un instant.',
    tryAgain: 'Réessayer',
  },
};

/** Fills in Clerk's form whatever its buttons are called. */
async function enterPassword(page: Surface, { emailAddress, password }: Login): Promise<void> {
  await page.type('input[name="identifier"]', emailAddress);
  await page.press('Enter');
  await page.type('input[name="password"]', password);
  await page.press('Enter');
}

describe.each(starterTestsByLanguage(WORDS))('a browser in $language', ({ language, words, test }) => {
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

  test('shows the account card and the account page in it', async ({ browser, instance }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    for (const text of words.actions) expect(await popup.text()).toContain(text);
    await expectToSpeak(popup, language);
    await popup.click({ role: 'button', name: words.manageAccount });
    await popup.waitForText(words.accountPage);
    await expectToSpeak(popup, language);
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
