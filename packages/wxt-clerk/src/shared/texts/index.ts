import type { ErrorCode } from '../../messages/message-error';
import * as de from './de';
import * as en from './en';
import * as fr from './fr';
import type { FormTexts, Texts } from './texts';

export type { FormTexts, Texts } from './texts';

type Sentences = Partial<Record<ErrorCode, string>>;

// Each condition is a constant of the build (module/languages.ts): a language that it leaves out is in no bundle. Four
// objects, since the first paint has no errors, and a content script none for developers.
export const TEXTS: Record<string, Texts | undefined> = {
  en: en.texts,
  de: __CLERK_SPEAKS_DE__ ? de.texts : undefined,
  fr: __CLERK_SPEAKS_FR__ ? fr.texts : undefined,
};

export const FORM_TEXTS: Record<string, FormTexts | undefined> = {
  en: en.formTexts,
  de: __CLERK_SPEAKS_DE__ ? de.formTexts : undefined,
  fr: __CLERK_SPEAKS_FR__ ? fr.formTexts : undefined,
};

/** English is not among these: message-error.ts has it. */
export const ERROR_TEXTS: Record<string, Sentences | undefined> = {
  de: __CLERK_SPEAKS_DE__ ? de.errors : undefined,
  fr: __CLERK_SPEAKS_FR__ ? fr.errors : undefined,
};

export const DEVELOPER_ERROR_TEXTS: Record<string, Sentences | undefined> = {
  de: __CLERK_SPEAKS_DE__ ? de.developerErrors : undefined,
  fr: __CLERK_SPEAKS_FR__ ? fr.developerErrors : undefined,
};
