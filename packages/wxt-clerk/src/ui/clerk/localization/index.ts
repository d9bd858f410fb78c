import type { ClerkProvider } from '@clerk/chrome-extension';
import type { ComponentProps } from 'react';
import { language } from '../../../shared/i18n';

/** Clerk's own texts in one language. */
export type Localization = NonNullable<ComponentProps<typeof ClerkProvider>['localization']>;

// English is in Clerk itself. Each of these is a chunk of its own, and only one is ever loaded.
const LANGUAGES: Record<string, () => Promise<{ default: Localization }>> = {
  de: () => import('./de'),
  fr: () => import('./fr'),
};

/** Clerk's texts in the language of this extension's own, `undefined` for English. */
export async function loadLocalization(): Promise<Localization | undefined> {
  return (await LANGUAGES[language()]?.())?.default;
}
