import { describe, expect, test } from 'vitest';
import { displayName, initials } from '../src/shared/user-name';

const person = (firstName: string | null, lastName: string | null, emailAddress: string | null) => ({
  firstName,
  lastName,
  emailAddress,
});

describe('what a person is called', () => {
  test.each([
    [person('Ada', 'Lovelace', 'ada@example.com'), 'Ada Lovelace', 'AL'],
    [person('Ada', null, 'ada@example.com'), 'Ada', 'A'],
    [person(null, null, 'ada@example.com'), 'ada@example.com', 'A'],
    [person('', '', null), 'Signed in', 'S'],
    [person('Анна', 'Ким', null), 'Анна Ким', 'АК'],
    [person('Mary Jane', 'Watson', null), 'Mary Jane Watson', 'MJ'],
  ])('%j', (user, name, letters) => {
    expect(displayName(user, 'Signed in')).toBe(name);
    expect(initials(user, 'Signed in')).toBe(letters);
  });
});
