import { browser } from 'wxt/browser';
import { ERROR_SENTENCES, type ErrorCode } from '../messages/message-error';
import { texts as english, formTexts as englishOfForm } from './texts/en';
import {
  DEVELOPER_ERROR_TEXTS,
  ERROR_TEXTS,
  FORM_TEXTS,
  type FormTexts,
  TEXTS,
  type Texts,
} from './texts/index';

/**
 * The languages of this build, e.g. `['en', 'de']`: those of the extension's own texts that the package has, too. The first
 * one is for everybody whose language is not among them.
 */
const languages: readonly string[] = __CLERK_LANGUAGES__;

/** A text of the package in the person's language, with values in the place of `$1` and `$2`. */
export function localized(name: keyof Texts, ...values: string[]): string {
  const text = (TEXTS[language()] ?? english)[name];
  return text.replaceAll(/\$(\d)/g, (_, digit: string) => values[Number(digit) - 1] ?? '');
}

/** A text that only the page shows in which Clerk is loaded. */
export function formText(name: keyof FormTexts): string {
  return (FORM_TEXTS[language()] ?? englishOfForm)[name];
}

/** The sentence of an error code in the person's language. The one that travels in a reply is always English. */
export function errorSentence(code: ErrorCode): string {
  return DEVELOPER_ERROR_TEXTS[language()]?.[code] ?? publicErrorSentence(code);
}

/**
 * The same for content scripts, which are in every page and have to be small: what only a developer can mend is said in
 * English.
 */
export function publicErrorSentence(code: ErrorCode): string {
  return ERROR_TEXTS[language()]?.[code] ?? ERROR_SENTENCES[code];
}

/**
 * The language of the texts, e.g. `de`: one that the extension's own texts speak, so that a page speaks one language. Where
 * an extension has `_locales`, a text named `language` in each of them says which one the browser took. Without it the
 * browser's own language decides, which is not always the same: Chromium without German texts of its own takes the
 * extension's all the same, while `getUILanguage` reports English (seen in Chromium 156).
 */
export function language(): string {
  const ofTexts = __CLERK_ASKS_TEXTS__ ? browser.i18n.getMessage('language' as '@@ui_locale') : '';
  return matching(ofTexts) ?? matching(browser.i18n.getUILanguage()) ?? languages[0] ?? 'en';
}

function matching(wanted: string): string | undefined {
  return languages.find((ours) => wanted === ours || wanted.startsWith(`${ours}-`));
}

/** The language of the texts for `Intl`, with the browser's own region where it has one: `de-AT`, `en-GB`. */
export function formatLocale(): string {
  const ofBrowser = browser.i18n.getUILanguage();
  return ofBrowser.startsWith(`${language()}-`) ? ofBrowser : language();
}
