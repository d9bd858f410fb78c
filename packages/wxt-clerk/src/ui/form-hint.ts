import { language } from '../shared/i18n';
import { keep, parseText, readText } from './page-storage';

/** What Clerk's form looked like the last time, so that what holds its place looks the same. Nothing of it is secret. */
export interface FormHint {
  /** The language that the form spoke. */
  language: string;
  /** `null` when it was at a step without the field for an identifier, such as a code. */
  field: { label: string; placeholder: string; top: number } | null;
}

const KEY = 'wxt-clerk-form';

/** What is remembered, in the language of now; `null` where nothing is. */
export function readFormHint(): FormHint | null {
  const hint = parseText(readText(KEY)) as FormHint | null;
  return hint?.language === language() ? hint : null;
}

/** @param field Clerk's field, `null` where its form has none. */
export function rememberForm(form: HTMLElement, field: HTMLInputElement | null): void {
  const hint: FormHint = { language: language(), field: field && describe(form, field) };
  keep(KEY, hint);
}

/** The next form starts from the beginning. */
export function forgetStep(): void {
  if (readFormHint()?.field === null) keep(KEY, null);
}

function describe(form: HTMLElement, field: HTMLInputElement): FormHint['field'] {
  return {
    label: field.labels?.[0]?.textContent ?? '',
    placeholder: field.placeholder,
    top: Math.round(field.getBoundingClientRect().top - form.getBoundingClientRect().top),
  };
}
