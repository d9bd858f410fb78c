import { describe, expect, test } from 'vitest';
import { toMessageError } from '../src/messages/message-error';
import { redact } from '../src/shared/redact';
import { fakeJwt } from './support/fake-jwt';

const JWT = fakeJwt({ sub: 'user_1' });

describe('redaction', () => {
  test.each([
    [`Network error at "https://h/v1/client?__clerk_db_jwt=${JWT}&_is_native=1"`, '&_is_native=1"'],
    ['https://h/v1/client?__clerk_db_jwt=dvb_opaque_credential', '__clerk_db_jwt=…'],
    [`https%3A%2F%2Fh%3F__clerk_db_jwt%3D${JWT}`, '__clerk_db_jwt%3D…'],
    ['Network error at "https://h/v1/me?rotating_token_nonce=opaque_nonce&_is_native=1"', '&_is_native=1"'],
    [`the token ${JWT}, and more`, 'the token …, and more'],
    ['Authorization: Bearer opaque-credential', 'Authorization: Bearer …'],
  ])('takes the credential out of %s', (text, left) => {
    const redacted = redact(text);
    expect(redacted).toContain(left);
    expect(redacted).not.toMatch(/ey[\w-]{10,}\.|opaque/);
  });

  test.each(['The sign-in service cannot be reached.', 'https://h/v1/client?_is_native=1', 'eyes.only.text'])(
    'leaves "%s" as it is',
    (text) => {
      expect(redact(text)).toBe(text);
    },
  );

  test('reaches all that a console prints of an error: message, stack and causes', () => {
    const inner = new Error(`inner ${JWT}`);
    const error = toMessageError(
      new TypeError(`Network error at "https://h?__clerk_db_jwt=${JWT}"`, { cause: inner }),
    );
    const cause = error.cause as Error;
    expect(cause.name).toBe('TypeError');
    expect(cause.message).toBe('Network error at "https://h?__clerk_db_jwt=…"');
    expect(
      [error.message, error.stack, cause.message, cause.stack, String(cause.cause)].join(),
    ).not.toContain(JWT.slice(0, 20));
  });
});
