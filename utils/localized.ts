import { browser } from 'wxt/browser';

/** The name of a text in `public/_locales/en/messages.json`, from which WXT makes these types. */
export type TextName = Exclude<Parameters<typeof browser.i18n.getMessage>[0], `@@${string}`>;

/** A text of this extension in the person's language, with values in the place of its placeholders. */
export function localized(name: TextName, ...values: string[]): string {
  return browser.i18n.getMessage(name, values);
}
