import * as de from './de';
import * as en from './en';
import * as fr from './fr';
import type { ErrorTexts, Texts } from './texts';

export type { Texts } from './texts';

// Each condition is a constant of the build (module/languages.ts): a language that it leaves out is in no bundle. Texts and
// errors apart, since the first paint has no errors.
export const TEXTS: Record<string, Texts | undefined> = {
  en: en.texts,
  de: __CLERK_SPEAKS_DE__ ? de.texts : undefined,
  fr: __CLERK_SPEAKS_FR__ ? fr.texts : undefined,
};

export const ERROR_TEXTS: Record<string, ErrorTexts | undefined> = {
  en: en.errors,
  de: __CLERK_SPEAKS_DE__ ? de.errors : undefined,
  fr: __CLERK_SPEAKS_FR__ ? fr.errors : undefined,
};
