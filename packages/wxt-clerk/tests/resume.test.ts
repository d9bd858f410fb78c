import { describe, expect, test } from 'vitest';
import { findResumePoint, isAtPointLeft, resumeAfterProvider, type Unfinished } from '../src/ui/clerk/resume';
import { currentRoute, startAtRoute } from '../src/ui/clerk/route';

const NOW = 1_795_395_200_000;
const none = { status: null, strategy: null, expireAt: null };
const code = (endsInMinutes: number, strategy = 'email_code') => ({
  status: 'unverified',
  strategy,
  expireAt: new Date(NOW + endsInMinutes * 60_000),
});

function unfinished(changes: {
  task?: string;
  signIn?: { status?: string; first?: object; second?: object; factors?: string[] };
  signUp?: { status?: string; email?: object; phone?: object; provider?: object };
}): Unfinished {
  const { task, signIn = {}, signUp = {} } = changes;
  return {
    task,
    signIn: {
      status: signIn.status ?? null,
      supportedFirstFactors: signIn.factors?.map((strategy) => ({ strategy })) ?? null,
      firstFactorVerification: signIn.first ?? none,
      secondFactorVerification: signIn.second ?? none,
    },
    signUp: {
      status: signUp.status ?? null,
      verifications: {
        emailAddress: signUp.email ?? none,
        phoneNumber: signUp.phone ?? none,
        externalAccount: signUp.provider ?? none,
      },
    },
  } as unknown as Unfinished;
}

describe('where a popup that was closed half-way opens again', () => {
  test.each([
    ['nothing begun', unfinished({}), null],
    [
      'identifier given',
      unfinished({ signIn: { status: 'needs_first_factor' } }),
      ['sign-in', '/factor-one', undefined],
    ],
    [
      'sign-in code sent',
      unfinished({ signIn: { status: 'needs_first_factor', first: code(9) } }),
      ['sign-in', '/factor-one', 'email_code'],
    ],
    [
      'sign-in code ran out',
      unfinished({ signIn: { status: 'needs_first_factor', first: code(-1) } }),
      ['sign-in', '/factor-one', undefined],
    ],
    [
      'second factor due',
      unfinished({ signIn: { status: 'needs_second_factor', first: code(9) } }),
      ['sign-in', '/factor-two', undefined],
    ],
    [
      'code of the second factor sent',
      unfinished({ signIn: { status: 'needs_second_factor', second: code(9, 'phone_code') } }),
      ['sign-in', '/factor-two', 'phone_code'],
    ],
    [
      'code for a new client sent',
      unfinished({ signIn: { status: 'needs_client_trust', second: code(9) } }),
      ['sign-in', '/client-trust', 'email_code'],
    ],
    [
      'new password due',
      unfinished({ signIn: { status: 'needs_new_password' } }),
      ['sign-in', '/reset-password', undefined],
    ],
    ['signed in', unfinished({ signIn: { status: 'complete' } }), null],
    [
      'signed in, with a task',
      unfinished({ task: 'setup-mfa', signIn: { status: 'needs_first_factor' } }),
      ['sign-in', '/tasks/setup-mfa', undefined],
    ],
    [
      'only a company’s own provider to go on with',
      unfinished({ signIn: { status: 'needs_first_factor', factors: ['enterprise_sso'] } }),
      null,
    ],
    [
      'a password beside a provider',
      unfinished({ signIn: { status: 'needs_first_factor', factors: ['password', 'oauth_google'] } }),
      ['sign-in', '/factor-one', undefined],
    ],
    [
      'back from a provider, with fields missing',
      unfinished({ signUp: { status: 'missing_requirements', provider: { status: 'verified' } } }),
      ['sign-up', '/continue', undefined],
    ],
    [
      'not back from a provider',
      unfinished({ signUp: { status: 'missing_requirements', provider: { status: 'unverified' } } }),
      null,
    ],
    [
      'sign-up code sent',
      unfinished({ signUp: { status: 'missing_requirements', email: code(9) } }),
      ['sign-up', '/verify-email-address', undefined],
    ],
    [
      'sign-up code sent by phone',
      unfinished({ signUp: { status: 'missing_requirements', phone: code(9) } }),
      ['sign-up', '/verify-phone-number', undefined],
    ],
    [
      'sign-up code ran out',
      unfinished({ signUp: { status: 'missing_requirements', email: code(-1) } }),
      null,
    ],
    ['sign-up done', unfinished({ signUp: { status: 'complete', email: code(9) } }), null],
    [
      'both begun, sign-up last',
      unfinished({
        signIn: { status: 'needs_first_factor', first: code(3) },
        signUp: { status: 'missing_requirements', email: code(9) },
      }),
      ['sign-up', '/verify-email-address', undefined],
    ],
    [
      'both begun, sign-in last',
      unfinished({
        signIn: { status: 'needs_first_factor', first: code(9) },
        signUp: { status: 'missing_requirements', email: code(3) },
      }),
      ['sign-in', '/factor-one', 'email_code'],
    ],
  ])('%s', (_name, given, expected) => {
    const point = findResumePoint(given, NOW);
    expect(point && [point.flow, point.route, point.sentCode]).toEqual(expected);
  });
});

describe('where the form goes on after a provider’s answer', () => {
  const withBoth = (signIn: string, signUp: string, provider = 'verified') =>
    ({
      session: null,
      client: unfinished({
        signIn: { status: signIn },
        signUp: { status: signUp, provider: { status: provider } },
      }),
    }) as unknown as Parameters<typeof resumeAfterProvider>[0];

  test.each([
    [
      'a second factor, beside an older sign-up with a missing field',
      { kind: 'sign-in', state: 'more-to-do' },
      withBoth('needs_second_factor', 'missing_requirements'),
      ['sign-in', '/factor-two'],
    ],
    [
      'a missing field, beside an older sign-in with a second factor',
      { kind: 'sign-up', state: 'more-to-do' },
      withBoth('needs_second_factor', 'missing_requirements'),
      ['sign-up', '/continue'],
    ],
    [
      'a sign-up that was refused, which only its own form says',
      { kind: 'sign-up', state: 'refused' },
      withBoth('needs_identifier', 'missing_requirements', 'unverified'),
      ['sign-up', '/'],
    ],
    [
      'a sign-in that was refused, which only its first step says',
      { kind: 'sign-in', state: 'refused' },
      withBoth('needs_first_factor', 'missing_requirements'),
      ['sign-in', '/'],
    ],
  ] as const)('%s', (_, attempt, clerk, expected) => {
    expect([resumeAfterProvider(clerk, attempt), currentRoute()]).toEqual(expected);
  });

  test('is known to be where it is: the form of a page that was opened after the answer stays', () => {
    const clerk = withBoth('needs_second_factor', 'missing_requirements');
    startAtRoute('/');
    expect(isAtPointLeft(clerk, { kind: 'sign-in', state: 'more-to-do' })).toBe(false);
    startAtRoute('/factor-two');
    expect(isAtPointLeft(clerk, { kind: 'sign-in', state: 'more-to-do' })).toBe(true);
    expect(isAtPointLeft(clerk, { kind: 'sign-in', state: 'refused' })).toBe(false);
    expect(isAtPointLeft(clerk, { kind: 'sign-up', state: 'more-to-do' })).toBe(false);
  });
});
