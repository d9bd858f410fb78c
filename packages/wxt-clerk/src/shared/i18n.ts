import { browser } from 'wxt/browser';
import type { ErrorCode } from '../messages/message-error';

/** The name of a text in `public/_locales/en/messages.json`, from which WXT makes these types. */
export type TextName = Exclude<Parameters<typeof browser.i18n.getMessage>[0], `@@${string}`>;

/** A text in the person's language, with values in the place of its placeholders. */
export function localized(name: TextName, ...values: string[]): string {
  return browser.i18n.getMessage(name, values);
}

/** The sentence of an error code in the person's language. The one that travels in a reply is always English. */
export function errorSentence(code: ErrorCode): string {
  // Names of texts have no hyphens.
  return localized(`error_${code.replaceAll('-', '_')}` as `error_${Underscored<ErrorCode>}`);
}

type Underscored<Text extends string> = Text extends `${infer Head}-${infer Tail}`
  ? `${Head}_${Underscored<Tail>}`
  : Text;

/**
 * The language of the texts, e.g. `de`. The text itself says it: Chromium without its own German texts takes ours all the
 * same, while `getUILanguage` reports English.
 */
export function language(): string {
  return localized('language');
}

/** The language of the texts for `Intl`, with the browser's own region where it has one: `de-AT`, `en-GB`. */
export function formatLocale(): string {
  const ofBrowser = browser.i18n.getUILanguage();
  return ofBrowser.startsWith(`${language()}-`) ? ofBrowser : language();
}
