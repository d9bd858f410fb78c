import { describe, expect, test } from 'vitest';
import { decodeJwt } from '../src/shared/jwt';
import { fakeJwt } from './support/fake-jwt';

describe('a JWT', () => {
  test('is decoded, with letters beyond ASCII', () => {
    expect(decodeJwt(fakeJwt({ sub: 'user_1', name: 'Zoë 🦊' }))).toEqual({ sub: 'user_1', name: 'Zoë 🦊' });
  });

  test('is refused when it is none', () => {
    expect(() => decodeJwt('nonsense')).toThrow('Not a JWT');
  });
});
