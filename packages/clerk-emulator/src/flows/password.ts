import { formError } from '../errors.ts';
import type { Form } from '../form.ts';
import type { User } from '../state/users.ts';

const MIN_LENGTH = 8;
const MAX_LENGTH = 72;

/**
 * Holds a new password to the instance's rules.
 * @param paramName the form field it came in
 * @throws {ApiError} `form_password_length_too_short` or `…_too_long`
 */
export function assertAcceptablePassword(password: string, paramName: string): void {
  if (password.length < MIN_LENGTH) throw formError('form_password_length_too_short', paramName);
  if (password.length > MAX_LENGTH) throw formError('form_password_length_too_long', paramName);
}

/** Checks the field `password` of a form. @throws {ApiError} `form_password_incorrect` */
export function assertPassword(user: User, form: Form): void {
  if (form.required('password') !== user.password) throw formError('form_password_incorrect', 'password');
}
