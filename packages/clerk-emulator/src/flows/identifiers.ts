import type { Core } from '../core.ts';
import { formError, takenError } from '../errors.ts';
import type { User } from '../state/users.ts';
import { normalizeEmailAddress } from './email-address.ts';

const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/;
const USERNAME_LENGTH = { min: 4, max: 64 };

/** Whom an identifier names, and the form it is stored in. */
export interface Identified {
  identifier: string;
  user: User | null;
}

/**
 * Looks up what somebody typed to sign in: an e-mail address, and where the instance has them a phone number or a username.
 * @throws {ApiError} `form_param_format_invalid` for what is none of them
 */
export function identify(core: Core, text: string): Identified {
  const { settings, users } = core;
  const number = withoutSeparators(text);
  if (settings.phoneNumbers && PHONE_NUMBER.test(number)) {
    return { identifier: number, user: signInOwner(users.findByPhoneNumber(number), number) };
  }
  if (settings.usernames && !text.includes('@')) {
    const user = users.findByUsername(text.trim());
    return { identifier: user?.username ?? text.trim(), user };
  }
  const identifier = normalizeEmailAddress(text, 'identifier');
  return { identifier, user: users.findByEmailAddress(identifier) };
}

/** A number that is kept for the second factor names nobody. */
function signInOwner(user: User | null, number: string): User | null {
  const phone = user?.phoneNumbers.find(({ phoneNumber }) => phoneNumber === number);
  return phone?.isSecondFactor ? null : user;
}

/**
 * The number in the form it is stored and compared in.
 * @throws {ApiError} `form_param_format_invalid`
 */
export function normalizePhoneNumber(text: string): string {
  const phoneNumber = withoutSeparators(text);
  if (!PHONE_NUMBER.test(phoneNumber)) throw formError('form_param_format_invalid', 'phone_number');
  return phoneNumber;
}

function withoutSeparators(text: string): string {
  return text.replace(/[\s().-]/g, '');
}

/**
 * Holds a new username to the instance's rules.
 * @param owner who may have it already
 * @throws {ApiError} `form_username_invalid_length`, `form_username_invalid_character`, `form_identifier_exists`
 */
export function assertAcceptableUsername(core: Core, username: string, owner: User | null): void {
  if (username.length < USERNAME_LENGTH.min || username.length > USERNAME_LENGTH.max) {
    throw formError('form_username_invalid_length', 'username');
  }
  if (!/^[a-z0-9_-]+$/i.test(username)) throw formError('form_username_invalid_character', 'username');
  const holder = core.users.findByUsername(username);
  if (holder && holder !== owner) throw takenError('username');
}
