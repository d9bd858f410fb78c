import { formError } from '../errors.ts';

/**
 * The address in the form it is stored and compared in.
 * @param paramName the form field it came in
 * @throws {ApiError} `form_param_format_invalid`
 */
export function normalizeEmailAddress(text: string, paramName: string): string {
  const emailAddress = text.trim().toLowerCase();
  if (!/^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+\.[^\s\p{Cc}@]+$/u.test(emailAddress))
    throw formError('form_param_format_invalid', paramName);
  return emailAddress;
}
