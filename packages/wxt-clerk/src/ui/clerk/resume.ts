import type { useClerk } from '@clerk/chrome-extension';
import type { Flow } from './flow';
import { startAtRoute } from './route';

type Clerk = ReturnType<typeof useClerk>;
type Client = NonNullable<Clerk['client']>;
type Verification = { status: string | null; strategy: string | null; expireAt: Date | null };

/** Where an unfinished attempt stands, as a route of Clerk's form. */
export interface ResumePoint {
  flow: Flow;
  route: string;
}

// Clerk keeps a code for ten minutes; the client's attempts live for a day and carry no date of their own.
const isLive = ({ status, expireAt }: Verification, now: number) =>
  status === 'unverified' && (expireAt?.getTime() ?? 0) > now;

/**
 * Finds the unfinished sign-in or sign-up that the Frontend API still holds for this client. A popup closes as soon as
 * the person looks up the code in their mail, and Clerk's forms start from the beginning when they mount.
 *
 * @param now Unix time in milliseconds.
 */
export function findResumePoint(
  { signIn, signUp }: Pick<Client, 'signIn' | 'signUp'>,
  now = Date.now(),
): ResumePoint | null {
  const signUpCode = signUp.status === 'missing_requirements' ? signUpRoute(signUp, now) : null;
  if (signUpCode) {
    const signInCodeIsNewer =
      isLive(signIn.firstFactorVerification, now) &&
      (signIn.firstFactorVerification.expireAt ?? 0) > (signUp.verifications.emailAddress.expireAt ?? 0);
    if (!signInCodeIsNewer) return { flow: 'sign-up', route: signUpCode };
  }
  const route = signIn.status ? SIGN_IN_ROUTES[signIn.status] : undefined;
  return route ? { flow: 'sign-in', route } : null;
}

const SIGN_IN_ROUTES: Partial<Record<NonNullable<Client['signIn']['status']>, string>> = {
  needs_first_factor: '/factor-one',
  needs_second_factor: '/factor-two',
  needs_new_password: '/reset-password',
};

function signUpRoute({ verifications }: Client['signUp'], now: number): string | null {
  if (isLive(verifications.emailAddress, now)) return '/verify-email-address';
  if (isLive(verifications.phoneNumber, now)) return '/verify-phone-number';
  return null;
}

/**
 * Puts Clerk's form on the step where the person left off, or on the first one.
 *
 * @returns The form to show.
 */
export function resumeAttempt(clerk: Clerk): Flow {
  const point = clerk.client ? findResumePoint(clerk.client) : null;
  // The route may still be a step of the last sign-in, or a page of the account.
  startAtRoute(point?.route ?? '/');
  if (clerk.client && isLive(clerk.client.signIn.firstFactorVerification, Date.now())) preferCode(clerk);
  return point?.flow ?? 'sign-in';
}

// The form opens on the instance's preferred factor, often the password, even while a code is on its way.
function preferCode(clerk: Clerk): void {
  const { __internal_environment: environment } = clerk as unknown as {
    __internal_environment?: { displayConfig: { preferredSignInStrategy: string } };
  };
  if (environment) environment.displayConfig.preferredSignInStrategy = 'otp';
}
