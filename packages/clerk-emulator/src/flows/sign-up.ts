import type { Core } from '../core.ts';
import { ApiError, formError } from '../errors.ts';
import type { Form } from '../form.ts';
import { missingFields } from '../resources/sign-up.ts';
import type { Client } from '../state/clients.ts';
import { generateId } from '../state/ids.ts';
import type { SignUp } from '../state/sign-up.ts';
import { attemptCode, sendCode, verifiedBy } from '../state/verification.ts';
import { normalizeEmailAddress } from './email-address.ts';
import { assertAcceptablePassword } from './password.ts';
import { assertMaySignIn, openSession } from './sessions.ts';
import { useTicket } from './tickets.ts';

const ABANDON_AFTER_MS = 24 * 60 * 60 * 1000;
const STRATEGY = 'email_code';

/**
 * Starts an attempt with what the form carries. An invitation's ticket brings a verified address, and opens a restricted instance.
 * @throws {ApiError} as `updateSignUp`, and `sign_up_mode_restricted`, `sign_up_restricted_waitlist`, `captcha_missing_token`, `ticket_*`
 */
export function createSignUp(core: Core, form: Form): SignUp {
  const signUp = newSignUp(core);
  const hasTicket = form.optional('strategy') === 'ticket' || form.optional('ticket') !== null;
  if (!hasTicket) assertOpen(core, form);
  updateSignUp(core, signUp, form);
  if (hasTicket) {
    const { emailAddress } = useTicket(core, form.required('ticket'), ['invitation']);
    signUp.emailAddress = emailAddress;
    signUp.emailVerification = verifiedBy('ticket');
  }
  return signUp;
}

function assertOpen({ settings }: Core, form: Form): void {
  if (settings.signUpMode === 'restricted') throw new ApiError('sign_up_mode_restricted');
  if (settings.signUpMode === 'waitlist') throw new ApiError('sign_up_restricted_waitlist');
  if (settings.botProtection && form.optional('captcha_token') === null) {
    throw new ApiError('captcha_missing_token');
  }
}

function newSignUp(core: Core): SignUp {
  return {
    id: generateId('sua'),
    status: 'missing_requirements',
    emailAddress: null,
    password: null,
    firstName: null,
    lastName: null,
    unsafeMetadata: {},
    locale: null,
    legalAcceptedAt: null,
    emailVerification: null,
    createdSessionId: null,
    createdUserId: null,
    abandonAt: core.now() + ABANDON_AFTER_MS,
  };
}

/**
 * Takes over what the form carries and leaves the rest.
 * @throws {ApiError} `form_*` for a bad or taken value, `strategy_for_user_invalid` for anything but e-mail sign-up,
 * `resource_forbidden` when the attempt is complete. The attempt is unchanged then.
 */
export function updateSignUp(core: Core, signUp: SignUp, form: Form): void {
  assertPending(signUp);
  const strategy = form.optional('strategy');
  if (strategy !== null && strategy !== STRATEGY && strategy !== 'ticket')
    throw new ApiError('strategy_for_user_invalid');
  const emailAddress = readFreeEmailAddress(core, form);
  const password = form.optional('password');
  if (password !== null) assertAcceptablePassword(password, 'password');
  const unsafeMetadata = form.has('unsafe_metadata') ? form.object('unsafe_metadata') : signUp.unsafeMetadata;

  if (emailAddress !== null && emailAddress !== signUp.emailAddress) {
    signUp.emailAddress = emailAddress;
    signUp.emailVerification = null;
  }
  signUp.password = password ?? signUp.password;
  signUp.firstName = form.optional('first_name') ?? signUp.firstName;
  signUp.lastName = form.optional('last_name') ?? signUp.lastName;
  signUp.locale = form.optional('locale') ?? signUp.locale;
  signUp.unsafeMetadata = unsafeMetadata;
  if (form.optional('legal_accepted') === 'true') signUp.legalAcceptedAt = core.now();
}

/** Mails a code. @throws {ApiError} `strategy_for_user_invalid`, `form_param_missing`, `resource_forbidden` */
export function prepareVerification(core: Core, signUp: SignUp, form: Form): void {
  assertPending(signUp);
  if (form.required('strategy') !== STRATEGY) throw new ApiError('strategy_for_user_invalid');
  const { emailAddress } = signUp;
  if (emailAddress === null) throw formError('form_param_missing', 'email_address');
  signUp.emailVerification = sendCode(core.mailbox, {
    recipient: emailAddress,
    strategy: STRATEGY,
    purpose: 'sign-up',
    now: core.now(),
  });
}

/** Checks the code; when nothing is missing any more, creates the user and opens the session. */
export async function attemptVerification(
  core: Core,
  client: Client,
  signUp: SignUp,
  request: { form: Form; userAgent: string },
): Promise<void> {
  assertPending(signUp);
  assertMaySignIn(core, client, null);
  attemptCode(signUp.emailVerification, request.form.required('code'), core.now());
  await completeSignUp(core, client, signUp, request.userAgent);
}

/** Creates the user and opens the session if the attempt lacks nothing; otherwise does nothing. */
export async function completeSignUp(
  core: Core,
  client: Client,
  signUp: SignUp,
  userAgent: string,
): Promise<void> {
  const { emailAddress, password, firstName, lastName, unsafeMetadata, emailVerification } = signUp;
  const isReady = missingFields(core, signUp).length === 0 && emailVerification?.status === 'verified';
  if (!isReady || emailAddress === null) return;
  assertFree(core, emailAddress);

  const profile = { password, firstName, lastName, unsafeMetadata };
  const user = core.users.create({ emailAddress, emailVerification, ...profile });
  const session = await openSession(core, client, user, {
    strategy: emailVerification?.strategy ?? STRATEGY,
    userAgent,
  });
  signUp.status = 'complete';
  signUp.createdUserId = user.id;
  signUp.createdSessionId = session.id;
}

function readFreeEmailAddress(core: Core, form: Form): string | null {
  const text = form.optional('email_address');
  if (text === null) return null;
  const emailAddress = normalizeEmailAddress(text, 'email_address');
  assertFree(core, emailAddress);
  return emailAddress;
}

function assertFree(core: Core, emailAddress: string): void {
  if (core.users.findByEmailAddress(emailAddress)) throw formError('form_identifier_exists', 'email_address');
}

function assertPending(signUp: SignUp): void {
  if (signUp.status === 'complete') throw new ApiError('resource_forbidden');
}
