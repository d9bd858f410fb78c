import { describe, expect, test } from 'vitest';
import { findResumePoint } from '../src/ui/clerk/resume';

type Client = Parameters<typeof findResumePoint>[0];

const NOW = 1_795_395_200_000;
const none = { status: null, strategy: null, expireAt: null };
const code = (endsInMinutes: number) => ({
  status: 'unverified',
  strategy: 'email_code',
  expireAt: new Date(NOW + endsInMinutes * 60_000),
});

function client(changes: {
  signIn?: { status?: string; verification?: object };
  signUp?: { status?: string; email?: object; phone?: object };
}): Client {
  const { signIn = {}, signUp = {} } = changes;
  return {
    signIn: { status: signIn.status ?? null, firstFactorVerification: signIn.verification ?? none },
    signUp: {
      status: signUp.status ?? null,
      verifications: { emailAddress: signUp.email ?? none, phoneNumber: signUp.phone ?? none },
    },
  } as unknown as Client;
}

describe('where a popup that was closed half-way opens again', () => {
  test.each([
    ['nothing begun', client({}), null],
    ['identifier given', client({ signIn: { status: 'needs_first_factor' } }), ['sign-in', '/factor-one']],
    [
      'sign-in code sent',
      client({ signIn: { status: 'needs_first_factor', verification: code(9) } }),
      ['sign-in', '/factor-one'],
    ],
    ['second factor due', client({ signIn: { status: 'needs_second_factor' } }), ['sign-in', '/factor-two']],
    [
      'new password due',
      client({ signIn: { status: 'needs_new_password' } }),
      ['sign-in', '/reset-password'],
    ],
    ['signed in', client({ signIn: { status: 'complete' } }), null],
    [
      'sign-up code sent',
      client({ signUp: { status: 'missing_requirements', email: code(9) } }),
      ['sign-up', '/verify-email-address'],
    ],
    [
      'sign-up code sent by phone',
      client({ signUp: { status: 'missing_requirements', phone: code(9) } }),
      ['sign-up', '/verify-phone-number'],
    ],
    ['sign-up code ran out', client({ signUp: { status: 'missing_requirements', email: code(-1) } }), null],
    ['sign-up done', client({ signUp: { status: 'complete', email: code(9) } }), null],
    [
      'both begun, sign-up last',
      client({
        signIn: { status: 'needs_first_factor', verification: code(3) },
        signUp: { status: 'missing_requirements', email: code(9) },
      }),
      ['sign-up', '/verify-email-address'],
    ],
    [
      'both begun, sign-in last',
      client({
        signIn: { status: 'needs_first_factor', verification: code(9) },
        signUp: { status: 'missing_requirements', email: code(3) },
      }),
      ['sign-in', '/factor-one'],
    ],
  ])('%s', (_name, given, expected) => {
    const point = findResumePoint(given, NOW);
    expect(point && [point.flow, point.route]).toEqual(expected);
  });
});
