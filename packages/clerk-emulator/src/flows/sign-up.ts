import type { Core } from '../core.ts';
import { ApiError, formError, takenError } from '../errors.ts';
import type { Form } from '../form.ts';
import { missingFields, unverifiedFields } from '../resources/sign-up.ts';
import type { Client } from '../state/clients.ts';
import type { ProviderAccount } from '../state/external-accounts.ts';
import { generateId } from '../state/ids.ts';
import type { SignUp } from '../state/sign-up.ts';
import { isExternalVerification } from '../state/single-sign-on.ts';
import type { User } from '../state/users.ts';
import { attemptCode, sendCode, verifiedBy } from '../state/verification.ts';
import { normalizeEmailAddress } from './email-address.ts';
import { EMAIL_LINK, type LinkSender, sendLink } from './email-links.ts';
import { emailProof, linkAccount, verifiedByProvider } from './external-accounts.ts';
import { assertAcceptableUsername, normalizePhoneNumber } from './identifiers.ts';
import { assertAcceptablePassword } from './password.ts';
import { isProviderStrategy } from './providers.ts';
import type { Caller } from './redirect-urls.ts';
import { assertMaySignIn, openSession } from './sessions.ts';
import {
  askProvider,
  type ProviderRequest,
  readProviderChoice,
  readProviderRequest,
} from './single-sign-on.ts';
import { useTicket } from './tickets.ts';

const ABANDON_AFTER_MS = 24 * 60 * 60 * 1000;
/** What a sign-up can prove by a code, and where its verification is kept. */
const CODES = {
  email_code: { address: 'emailAddress', field: 'email_address', verification: 'emailVerification' },
  email_link: { address: 'emailAddress', field: 'email_address', verification: 'emailVerification' },
  phone_code: { address: 'phoneNumber', field: 'phone_number', verification: 'phoneVerification' },
} as const;
type CodeStrategy = keyof typeof CODES;

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

/**
 * Goes on in a sign-up with the account of a sign-in that turned out to be nobody's.
 * @throws {ApiError} `account_transfer_invalid`, and as `createSignUp`
 */
export function transferToSignUp(core: Core, client: Client, form: Form): SignUp {
  const verification = client.signIn?.firstFactorVerification ?? null;
  const isTransferable = isExternalVerification(verification) && verification.status === 'transferable';
  const account = isTransferable ? verification.account : null;
  if (!isTransferable || !account) throw new ApiError('account_transfer_invalid');
  assertOpen(core, form);
  const signUp = newSignUp(core);
  updateSignUp(core, signUp, form);
  signUp.externalVerification = verifiedByProvider(verification);
  applyProviderAccount(signUp, account);
  client.signIn = null;
  client.signUp = signUp;
  return signUp;
}

/** What a form asks of a provider, `null` when it asks for nothing of the kind. @throws {ApiError} as `readProviderRequest` */
export function readSignUpProvider(
  core: Core,
  form: Form,
  caller: Caller,
  signUp: SignUp | null,
): ProviderRequest | null {
  if (!isProviderStrategy(form.optional('strategy'))) return null;
  const emailAddress =
    form.optional('email_address') ?? form.optional('identifier') ?? signUp?.emailAddress ?? null;
  return readProviderRequest(core, form, caller, readProviderChoice(core, form, emailAddress));
}

/** Opens the way to a provider's page. */
export function askForSignUp(core: Core, client: Client, signUp: SignUp, provider: ProviderRequest): void {
  const target = { purpose: 'sign-up', targetId: signUp.id } as const;
  signUp.externalVerification = askProvider(core, client, provider, target);
}

/** Takes over what a provider knows of a person; an e-mail address from there is proved. */
export function applyProviderAccount(signUp: SignUp, account: ProviderAccount): void {
  const { externalVerification: verification } = signUp;
  if (!verification) return;
  verification.account = account;
  if (account.emailAddress !== null) {
    signUp.emailAddress = account.emailAddress;
    signUp.emailVerification = emailProof(verification.strategy);
  }
  signUp.firstName ??= account.firstName;
  signUp.lastName ??= account.lastName;
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
    phoneNumber: null,
    username: null,
    password: null,
    firstName: null,
    lastName: null,
    unsafeMetadata: {},
    locale: null,
    legalAcceptedAt: null,
    emailVerification: null,
    phoneVerification: null,
    externalVerification: null,
    createdSessionId: null,
    createdUserId: null,
    abandonAt: core.now() + ABANDON_AFTER_MS,
  };
}

/**
 * Takes over what the form carries and leaves the rest.
 * @throws {ApiError} `form_*` for a bad or taken value, `strategy_for_user_invalid` for anything but sign-up by code or ticket,
 * `resource_forbidden` when the attempt is complete. The attempt is unchanged then.
 */
export function updateSignUp(core: Core, signUp: SignUp, form: Form): void {
  assertPending(signUp);
  const strategy = form.optional('strategy');
  const isOther = strategy === 'ticket' || isProviderStrategy(strategy);
  if (strategy !== null && !isOther) expectCodeStrategy(core, strategy);
  const emailAddress = readFreeEmailAddress(core, form);
  const phoneNumber = readFreePhoneNumber(core, form);
  const username = core.settings.usernames ? form.optional('username') : null;
  if (username !== null) assertAcceptableUsername(core, username, null);
  const password = form.optional('password');
  if (password !== null) assertAcceptablePassword(password, 'password');
  const unsafeMetadata = form.has('unsafe_metadata') ? form.object('unsafe_metadata') : signUp.unsafeMetadata;

  if (emailAddress !== null && emailAddress !== signUp.emailAddress) {
    signUp.emailAddress = emailAddress;
    signUp.emailVerification = null;
  }
  if (phoneNumber !== null && phoneNumber !== signUp.phoneNumber) {
    signUp.phoneNumber = phoneNumber;
    signUp.phoneVerification = null;
  }
  signUp.username = username ?? signUp.username;
  signUp.password = password ?? signUp.password;
  signUp.firstName = form.optional('first_name') ?? signUp.firstName;
  signUp.lastName = form.optional('last_name') ?? signUp.lastName;
  signUp.locale = form.optional('locale') ?? signUp.locale;
  signUp.unsafeMetadata = unsafeMetadata;
  if (form.optional('legal_accepted') === 'true') signUp.legalAcceptedAt = core.now();
}

/** Sends a code or a link. @throws {ApiError} `strategy_for_user_invalid`, `form_param_missing`, `resource_forbidden` */
export function prepareVerification(core: Core, sender: LinkSender, signUp: SignUp, form: Form): void {
  assertPending(signUp);
  const strategy = expectCodeStrategy(core, form.required('strategy'));
  const { address, field, verification } = CODES[strategy];
  const recipient = signUp[address];
  if (recipient === null) throw formError('form_param_missing', field);
  if (strategy === EMAIL_LINK) {
    const target = { purpose: 'sign-up', targetId: signUp.id, userId: null, recipient } as const;
    signUp.emailVerification = sendLink(core, sender, target, form);
    return;
  }
  signUp[verification] = sendCode(core.mailbox, { recipient, strategy, purpose: 'sign-up', now: core.now() });
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
  const { form } = request;
  const strategy = expectCodeStrategy(core, form.optional('strategy') ?? 'email_code');
  attemptCode(signUp[CODES[strategy].verification], form.required('code'), core.now());
  await completeSignUp(core, client, signUp, { userAgent: request.userAgent });
}

/** Creates the user and opens the session if the attempt lacks nothing; otherwise does nothing. */
export async function completeSignUp(
  core: Core,
  client: Client,
  signUp: SignUp,
  how: { userAgent: string; isElsewhere?: boolean },
): Promise<void> {
  if (missingFields(core, signUp).length > 0 || unverifiedFields(signUp).length > 0) return;
  const { emailVerification, phoneVerification } = signUp;
  const user = createUser(core, signUp);
  const proof = provedAccount(signUp)
    ? signUp.externalVerification
    : (emailVerification ?? phoneVerification);
  const strategy = proof?.strategy ?? 'email_code';
  const session = await openSession(core, client, user, { strategy, ...how });
  signUp.status = 'complete';
  signUp.createdUserId = user.id;
  signUp.createdSessionId = session.id;
}

/** Somebody else may have taken an identifier since the attempt named it. */
function createUser(core: Core, signUp: SignUp): User {
  const { emailAddress, phoneNumber, phoneVerification, username } = signUp;
  if (emailAddress !== null) assertFreeEmailAddress(core, emailAddress);
  if (phoneNumber !== null) assertFreePhoneNumber(core, phoneNumber);
  if (username !== null) assertAcceptableUsername(core, username, null);
  const { emailVerification, password, firstName, lastName, unsafeMetadata } = signUp;
  const profile = { username, password, firstName, lastName, unsafeMetadata };
  const user = core.users.create({ emailAddress, emailVerification, ...profile });
  if (phoneNumber !== null) {
    user.primaryPhoneNumberId = core.users.addPhoneNumber(user, phoneNumber, phoneVerification).id;
  }
  const account = provedAccount(signUp);
  if (account && signUp.externalVerification) linkAccount(core, user, signUp.externalVerification, account);
  return user;
}

function provedAccount({ externalVerification }: SignUp): ProviderAccount | null {
  return externalVerification?.status === 'verified' ? externalVerification.account : null;
}

function readFreeEmailAddress(core: Core, form: Form): string | null {
  const text = form.optional('email_address');
  if (text === null) return null;
  const emailAddress = normalizeEmailAddress(text, 'email_address');
  assertFreeEmailAddress(core, emailAddress);
  return emailAddress;
}

/** An instance whose people sign in by their address alone takes no number. */
function readFreePhoneNumber(core: Core, form: Form): string | null {
  const text = core.settings.phoneNumbers ? form.optional('phone_number') : null;
  if (text === null) return null;
  const phoneNumber = normalizePhoneNumber(text);
  assertFreePhoneNumber(core, phoneNumber);
  return phoneNumber;
}

function assertFreeEmailAddress(core: Core, emailAddress: string): void {
  if (core.users.findByEmailAddress(emailAddress)) throw takenError('email_address');
}

function assertFreePhoneNumber(core: Core, phoneNumber: string): void {
  if (core.users.findByPhoneNumber(phoneNumber)) throw takenError('phone_number');
}

/** @throws {ApiError} `strategy_for_user_invalid` for what the instance does not prove by a code */
function expectCodeStrategy({ settings }: Core, strategy: string): CodeStrategy {
  if (strategy === 'email_code') return strategy;
  if (strategy === EMAIL_LINK && settings.emailLinks) return strategy;
  if (strategy === 'phone_code' && settings.phoneNumbers) return strategy;
  throw new ApiError('strategy_for_user_invalid');
}

function assertPending(signUp: SignUp): void {
  if (signUp.status === 'complete') throw new ApiError('resource_forbidden');
}
