import type { useClerk } from '@clerk/chrome-extension';
import type { SsoAttempt } from '../../shared/sso-attempt';
import type { Flow } from './flow';
import { currentRoute, startAtRoute } from './route';

type Clerk = ReturnType<typeof useClerk>;
type Client = NonNullable<Clerk['client']>;
type Verification = { status: string | null; strategy: string | null; expireAt: Date | null };

/** Where an unfinished attempt stands, as a route of Clerk's form. */
export interface ResumePoint {
  flow: Flow;
  route: string;
  /** The strategy of a code that is on its way, such as `email_code`. */
  sentCode?: string | undefined;
}

/** What there may be to go on with. */
export interface Unfinished extends Pick<Client, 'signIn' | 'signUp'> {
  /** The task of a session that is still pending, e.g. `setup-mfa`. */
  task?: string | undefined;
}

// Clerk keeps a code for ten minutes; the client's attempts live for a day and carry no date of their own.
const isLive = ({ status, expireAt }: Verification, now: number) =>
  status === 'unverified' && (expireAt?.getTime() ?? 0) > now;

/**
 * Finds the task, sign-in or sign-up that the Frontend API still waits for. A popup closes as soon as the person looks up
 * the code in their mail, and Clerk's forms start from the beginning when they mount.
 *
 * @param now Unix time in milliseconds.
 */
export function findResumePoint({ task, signIn, signUp }: Unfinished, now = Date.now()): ResumePoint | null {
  if (task) return { flow: 'sign-in', route: `/tasks/${task}` };
  const ofSignUp = signUpPoint(signUp, now);
  if (ofSignUp) {
    const signInCodeIsNewer =
      isLive(signIn.firstFactorVerification, now) &&
      (signIn.firstFactorVerification.expireAt ?? 0) > (signUp.verifications.emailAddress.expireAt ?? 0);
    if (!signInCodeIsNewer) return ofSignUp;
  }
  return signInPoint(signIn, now);
}

interface SignInStep {
  route: string;
  /** What says whether a code for this step is on its way. */
  codeOf?: 'firstFactorVerification' | 'secondFactorVerification';
}

const SIGN_IN_STEPS: Partial<Record<NonNullable<Client['signIn']['status']>, SignInStep>> = {
  needs_first_factor: { route: '/factor-one', codeOf: 'firstFactorVerification' },
  needs_second_factor: { route: '/factor-two', codeOf: 'secondFactorVerification' },
  needs_client_trust: { route: '/client-trust', codeOf: 'secondFactorVerification' },
  needs_new_password: { route: '/reset-password' },
};

function signInPoint(signIn: Client['signIn'], now: number): ResumePoint | null {
  const step = signIn.status ? SIGN_IN_STEPS[signIn.status] : undefined;
  if (!step || isWithProviders(signIn)) return null;
  const verification = step.codeOf && signIn[step.codeOf];
  const sentCode = (verification && isLive(verification, now) && verification.strategy) || undefined;
  return { flow: 'sign-in', route: step.route, sentCode };
}

function signUpPoint(signUp: Client['signUp'], now: number): ResumePoint | null {
  const route = signUp.status === 'missing_requirements' ? signUpRoute(signUp, now) : null;
  return route === null ? null : { flow: 'sign-up', route, sentCode: sentLinkOf(signUp) };
}

function signUpRoute({ verifications }: Client['signUp'], now: number): string | null {
  if (isLive(verifications.emailAddress, now)) return '/verify-email-address';
  if (isLive(verifications.phoneNumber, now)) return '/verify-phone-number';
  // The provider knows who it is, and the instance wants to know more.
  return verifications.externalAccount.status === 'verified' ? '/continue' : null;
}

// The form of a sign-up looks by itself whether a code is on its way, but not whether a link is.
function sentLinkOf({ verifications }: Client['signUp']): string | undefined {
  return verifications.emailAddress.strategy === 'email_link' ? 'email_link' : undefined;
}

/** Is the only way to go on the one to a provider? It begins on the form's first step, which also says how it ended. */
function isWithProviders({ status, supportedFirstFactors }: Client['signIn']): boolean {
  if (status !== 'needs_first_factor' || !supportedFirstFactors?.length) return false;
  return supportedFirstFactors.every(
    ({ strategy }) => strategy.startsWith('oauth_') || ['enterprise_sso', 'saml'].includes(strategy),
  );
}

/**
 * Puts Clerk's form on the step where the person left off, or on the first one.
 *
 * @returns The form to show.
 */
export function resumeAttempt({ client, session }: Clerk): Flow {
  return startAt(
    client
      ? findResumePoint({ signIn: client.signIn, signUp: client.signUp, task: session?.currentTask?.key })
      : null,
  );
}

/**
 * Puts Clerk's form where it goes on after a provider's answer: on the step that is left to do, or on the first one of the
 * form that the attempt is of, which alone says why it was refused. The other one's attempt may be older, and carries no date.
 *
 * @returns The form to show.
 */
export function resumeAfterProvider(clerk: Clerk, attempt: Answered): Flow {
  return startAt(pointLeft(clerk, attempt) ?? { flow: flowOf(attempt), route: '/' });
}

/** Is Clerk's form at what a provider's answer has left to do, as that of a page is which was opened after it? */
export function isAtPointLeft(clerk: Clerk, attempt: Answered): boolean {
  const left = pointLeft(clerk, attempt);
  return left !== null && left.route === currentRoute();
}

function pointLeft({ client }: Clerk, attempt: Answered): ResumePoint | null {
  if (!client || attempt.state !== 'more-to-do') return null;
  const now = Date.now();
  return flowOf(attempt) === 'sign-up' ? signUpPoint(client.signUp, now) : signInPoint(client.signIn, now);
}

function flowOf({ kind }: Answered): Flow {
  return kind === 'sign-up' ? 'sign-up' : 'sign-in';
}

type Answered = Pick<SsoAttempt, 'kind' | 'state'>;

function startAt(point: ResumePoint | null): Flow {
  // The route may still be a step of the last sign-in, or a page of the account.
  startAtRoute(point?.route ?? '/', point?.sentCode);
  return point?.flow ?? 'sign-in';
}
