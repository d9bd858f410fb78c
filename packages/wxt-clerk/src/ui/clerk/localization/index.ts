import type { ClerkProvider } from '@clerk/chrome-extension';
import type { ComponentProps } from 'react';
import { language } from '../../../shared/i18n';

/** Clerk's own texts in one language. */
export type Localization = NonNullable<ComponentProps<typeof ClerkProvider>['localization']>;

// English is in Clerk itself. Each of these is a chunk of its own, and only one is ever loaded.
const LANGUAGES: Record<string, (() => Promise<{ default: Localization }>) | undefined> = {
  de: __CLERK_SPEAKS_DE__ ? () => import('./de') : undefined,
  fr: __CLERK_SPEAKS_FR__ ? () => import('./fr') : undefined,
};

/** Clerk's texts in the language of this extension's own, `undefined` for English. */
export async function loadLocalization(): Promise<Localization | undefined> {
  return (await LANGUAGES[language()]?.())?.default;
}
