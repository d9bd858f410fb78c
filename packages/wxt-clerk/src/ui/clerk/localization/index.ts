import type { ClerkProvider } from '@clerk/chrome-extension';
import type { ComponentProps } from 'react';
import { errorSentence, formText, language } from '../../../shared/i18n';

/** Clerk's own texts in one language. */
export type Localization = NonNullable<ComponentProps<typeof ClerkProvider>['localization']>;

// English is in Clerk itself. Each of these is a chunk of its own, and only one is ever loaded.
const LANGUAGES: Record<string, (() => Promise<{ default: Localization }>) | undefined> = {
  de: __CLERK_SPEAKS_DE__ ? () => import('./de') : undefined,
  fr: __CLERK_SPEAKS_FR__ ? () => import('./fr') : undefined,
};

/** Clerk's texts in the language of this extension's own, with our words for what an extension cannot do. */
export async function loadLocalization(): Promise<Localization> {
  const texts = (await LANGUAGES[language()]?.())?.default;
  return { ...texts, unstable__errors: { ...texts?.unstable__errors, ...ownErrors() } };
}

/** Clerk's own words send the person to the support, or speak to the developer. */
function ownErrors(): Record<string, string> {
  const captcha = errorSentence('captcha-required');
  return {
    captcha_missing_token: captcha,
    captcha_invalid: captcha,
    captcha_unavailable: captcha,
    protect_check_script_load_failed: captcha,
    protect_check_unsupported_environment: captcha,
    passkey_invalid_rpID_or_domain: formText('passkeysElsewhere'),
  };
}
