import { describe, expect, test } from 'vitest';
import { decodeJwt, expiryOf } from '../../utils/jwt';
import { fakeJwt } from '../support/fake-jwt';

describe('a JWT', () => {
  test('is decoded, with letters beyond ASCII', () => {
    expect(decodeJwt(fakeJwt({ sub: 'user_1', name: 'Zoë 🦊' }))).toEqual({ sub: 'user_1', name: 'Zoë 🦊' });
  });

  test('says when it ends, in milliseconds', () => {
    expect(expiryOf(fakeJwt({ exp: 1_795_395_260 }))).toBe(1_795_395_260_000);
  });

  test('without "exp" is refused', () => {
    expect(() => expiryOf(fakeJwt({ sub: 'user_1' }))).toThrow('no "exp" claim');
  });

  test('is refused when it is none', () => {
    expect(() => decodeJwt('nonsense')).toThrow('Not a JWT');
  });
});
