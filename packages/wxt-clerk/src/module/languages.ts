import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The languages that the package has texts in: `shared/texts/` and `ui/clerk/localization/`. */
export const LANGUAGES: readonly string[] = ['en', 'de', 'fr'];

/**
 * The languages of a build: those that the extension's own texts in `public/_locales` and the package's have in common, so
 * that a page speaks one language. An extension without `_locales` speaks English.
 *
 * @param publicFolder The folder that WXT copies.
 * @param defaultLocale `default_locale` of the manifest, which comes first.
 */
export function languagesOf(publicFolder: string, defaultLocale = 'en'): string[] {
  const folder = join(publicFolder, '_locales');
  if (!existsSync(folder)) return ['en'];
  const own = readdirSync(folder);
  const both = LANGUAGES.filter((language) => own.includes(language));
  both.sort((one, other) => Number(other === defaultLocale) - Number(one === defaultLocale));
  return both.length > 0 ? both : ['en'];
}

/**
 * The languages that `clerk.languages` asks for, or else those of `languagesOf`.
 *
 * @throws {Error} For a language that the package has no texts in.
 */
export function resolveLanguages(
  wanted: readonly string[] | undefined,
  ...own: Parameters<typeof languagesOf>
) {
  if (!wanted) return languagesOf(...own);
  const unknown = wanted.find((language) => !LANGUAGES.includes(language));
  if (unknown === undefined && wanted.length > 0) return [...wanted];
  throw new Error(
    `languages of clerk in wxt.config.ts names "${unknown ?? ''}", and the screens have: ${LANGUAGES.join(', ')}.`,
  );
}

/**
 * Whether the extension's own texts name their language, in a text `language` of each of them. Firefox logs an error for
 * every text that is asked for and missing (https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/i18n/getMessage),
 * so that an extension without it must not be asked.
 *
 * @param publicFolder The folder that WXT copies.
 * @param defaultLocale `default_locale` of the manifest: Chromium refuses texts that are not in it, too.
 */
export function namesItsLanguage(publicFolder: string, defaultLocale = 'en'): boolean {
  const file = join(publicFolder, '_locales', defaultLocale, 'messages.json');
  // No JSON parser: Chromium takes comments in this file.
  return existsSync(file) && /"language"\s*:/.test(readFileSync(file, 'utf8'));
}

/**
 * What Vite's `define` puts into the sources, so that a language that is left out is in no bundle.
 *
 * @param asksTexts Whether the extension's own texts can be asked for the language: `namesItsLanguage`.
 */
export function languageDefines(languages: readonly string[], asksTexts: boolean): Record<string, string> {
  const speaks = LANGUAGES.filter((language) => language !== 'en').map((language) => [
    `__CLERK_SPEAKS_${language.toUpperCase()}__`,
    String(languages.includes(language)),
  ]);
  return {
    __CLERK_LANGUAGES__: JSON.stringify(languages),
    __CLERK_ASKS_TEXTS__: String(asksTexts),
    ...Object.fromEntries(speaks),
  };
}
