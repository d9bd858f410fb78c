import type { UserSnapshot } from '../messages/protocol';

type Named = Pick<UserSnapshot, 'firstName' | 'lastName' | 'emailAddress'>;

/** What to call a person: their name, else their e-mail address, else what stands in for a name. */
export function displayName({ firstName, lastName, emailAddress }: Named, nameless = ''): string {
  return [firstName, lastName].filter(Boolean).join(' ') || emailAddress || nameless;
}

/** One or two letters that stand in for a picture. */
export function initials(user: Named, nameless = ''): string {
  const words = displayName(user, nameless)
    .split(/[\s@.]+/)
    .filter(Boolean);
  const letters = user.firstName && user.lastName ? words.slice(0, 2) : words.slice(0, 1);
  return letters.map((word) => [...word][0]?.toUpperCase() ?? '').join('');
}
