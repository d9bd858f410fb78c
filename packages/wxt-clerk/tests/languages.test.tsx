import { enUS } from '@clerk/localizations/en-US';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { bodyOf, ERROR_SENTENCES, MessageError } from '../src/messages/message-error';
import { LANGUAGES } from '../src/module/languages';
import {
  errorSentence,
  formatLocale,
  formText,
  language,
  localized,
  publicErrorSentence,
} from '../src/shared/i18n';
import { AuthScreen } from '../src/ui/AuthScreen';
import { loadLocalization } from '../src/ui/clerk/localization/index';
import { ErrorNotice } from '../src/ui/ErrorNotice';
import { SetupNotice } from '../src/ui/SetupNotice';
import { formatSeconds } from '../src/ui/useSecondsLeft';
import { ADA, fakeBackground } from './support/fake-background';
import { speak } from './support/speak';

afterEach(cleanup);

describe('a person who reads German', () => {
  test('reads it on the account card', async () => {
    const { publish } = fakeBackground({ 'get-user': () => new Promise<never>(() => {}) });
    await publish({ revision: 1, user: ADA });
    speak('de');
    render(<AuthScreen />);
    await screen.findByText('Ada Lovelace');
    const labels = screen.getAllByRole('button').map(({ textContent }) => textContent);
    expect(labels).toEqual(['Konto verwalten', 'Abmelden']);
    expect(screen.getByRole('region', { name: 'Angemeldet' })).toBeTruthy();
  });

  test('reads the sentence of an error that crossed the wire in English', () => {
    speak('de');
    const error = MessageError.fromBody(bodyOf(new MessageError('offline', { retryAfterMs: 5000 })));
    expect(error.message).toBe(ERROR_SENTENCES.offline);
    render(<ErrorNotice error={error} onRetry={() => {}} />);
    expect(screen.getByRole('alert').textContent).toContain('Sie sind offline.');
    expect(screen.getByRole('button').textContent).toBe('Erneut versuchen (in 5 Sek.)');
  });
});

test('a build without a key says so in the person’s language, and the rest to the developer', () => {
  fakeBackground({});
  speak('fr');
  render(<SetupNotice problem="WXT_CLERK_PUBLISHABLE_KEY is not set." />);
  expect(screen.getByRole('heading').textContent).toBe('Configuration requise');
  expect(screen.getByText('WXT_CLERK_PUBLISHABLE_KEY is not set.').lang).toBe('en');
});

test('an error that a developer has to mend is said in English in a content script, and in every language in a page', () => {
  speak('de');
  expect(publicErrorSentence('offline')).toBe(errorSentence('offline'));
  expect(publicErrorSentence('api-refused')).toBe(ERROR_SENTENCES['api-refused']);
  expect(errorSentence('api-refused')).toContain('Nehmen Sie ihren Ursprung');
});

describe('the language', () => {
  const says = (ofTexts: string, ofBrowser: string) => {
    Object.assign(fakeBrowser.i18n, { getMessage: () => ofTexts, getUILanguage: () => ofBrowser });
    return language();
  };

  test.each([
    ['that of the extension’s own texts, whatever the browser says', 'de', 'en-US', 'de'],
    ['theirs also where the browser took those of the default locale', 'en', 'pl', 'en'],
    ['the browser’s, where the extension has no texts', '', 'fr-CA', 'fr'],
    ['the browser’s, where a text of that name means something else', 'Language', 'de', 'de'],
    ['the first of the build, where the package has no other', '', 'pl', 'en'],
  ])('is %s', (_, ofTexts, ofBrowser, expected) => {
    expect(says(ofTexts, ofBrowser)).toBe(expected);
  });
});

describe('values in texts', () => {
  test('stand where the language wants them', () => {
    speak('fr');
    expect(localized('actionIn', localized('tryAgain'), '9 s')).toBe('Réessayer (dans 9 s)');
  });

  test('are not read for placeholders themselves', () => {
    expect(localized('actionIn', '$2', '$1')).toBe('$2 in $1');
  });
});

describe('numbers and times', () => {
  test.each([
    ['en', 'en-GB', 'en-GB'],
    ['de', 'de-AT', 'de-AT'],
    ['de', 'en-US', 'de'],
    ['en', 'pl', 'en'],
    ['en', 'enm-GB', 'en'],
  ])('texts in %s in a browser in %s go with %s', (texts, browser, expected) => {
    speak(texts, browser);
    expect(formatLocale()).toBe(expected);
  });

  test.each([
    ['en', '9 sec'],
    ['de', '9 Sek.'],
    ['fr', '9 s'],
  ])('seconds in %s', (language, expected) => {
    speak(language);
    expect(formatSeconds(9).replace(/\s/, ' ')).toBe(expected);
  });
});

describe('Clerk’s own texts', () => {
  test('are Clerk’s where the person reads English', async () => {
    expect(Object.keys(await loadLocalization())).toEqual(['unstable__errors']);
  });

  test.each(LANGUAGES)('say in %s what an extension cannot do, in our words', async (language) => {
    speak(language);
    expect((await loadLocalization()).unstable__errors).toMatchObject({
      captcha_missing_token: errorSentence('captcha-required'),
      passkey_invalid_rpID_or_domain: formText('passkeysElsewhere'),
    });
  });

  test.each(['de', 'fr'])('leave no task of a session in English: %s', async (language) => {
    speak(language);
    const { taskSetupMfa, taskResetPassword } = await loadLocalization();
    const leaves = (texts: object): string[] =>
      Object.values(texts).flatMap((text) => (typeof text === 'string' ? text : leaves(text)));
    for (const [theirs, clerks] of [
      [taskSetupMfa, enUS.taskSetupMfa],
      [taskResetPassword, enUS.taskResetPassword],
    ]) {
      const english = leaves(clerks as object);
      expect(leaves(theirs as object)).toHaveLength(english.length);
      expect(leaves(theirs as object).filter((text) => english.includes(text))).toEqual([]);
    }
  });

  test.each(['de', 'fr'])(
    'call the account without an organization what the card calls it: %s',
    async (language) => {
      speak(language);
      const { organizationSwitcher } = await loadLocalization();
      expect(organizationSwitcher?.personalWorkspace).toBe(localized('personalAccount'));
    },
  );

  test.each([
    ['de', 'Fortsetzen', 'Passwort erstellen'],
    ['fr', 'Continuer', 'Créez un mot de passe'],
  ])('come in %s, with what Clerk left out', async (language, button, placeholder) => {
    speak(language);
    const texts = await loadLocalization();
    expect(texts?.formButtonPrimary).toBe(button);
    expect(texts?.formFieldInputPlaceholder__signUpPassword).toBe(placeholder);
    expect(texts?.signIn?.start?.title).toMatch(/\w/);
  });

  test.each(LANGUAGES.filter((language) => language !== 'en'))(
    'are there in %s, as ours are',
    async (language) => {
      speak(language);
      expect(await loadLocalization()).toMatchObject({ locale: expect.stringContaining(language) });
    },
  );
});
