import type { UserSnapshot } from '../messages/protocol';
import { localized } from './i18n';

type Named = Pick<UserSnapshot, 'firstName' | 'lastName' | 'emailAddress'>;

/** What to call a person: their name, else their e-mail address. */
export function displayName({ firstName, lastName, emailAddress }: Named): string {
  return [firstName, lastName].filter(Boolean).join(' ') || emailAddress || localized('signedIn');
}

/** One or two letters that stand in for a picture. */
export function initials(user: Named): string {
  const words = displayName(user)
    .split(/[\s@.]+/)
    .filter(Boolean);
  const letters = user.firstName && user.lastName ? words.slice(0, 2) : words.slice(0, 1);
  return letters.map((word) => [...word][0]?.toUpperCase() ?? '').join('');
}
