import type { Core } from '../core.ts';
import type { SignUp } from '../state/sign-up.ts';
import type { Verification } from '../state/verification.ts';
import type { Settings } from '../types.ts';
import { verificationJson } from './verification.ts';

/** The fields that a sign-up still lacks. */
export function missingFields({ settings }: Core, signUp: SignUp): string[] {
  const hasContact = signUp.emailAddress !== null || (settings.phoneNumbers && signUp.phoneNumber !== null);
  return [
    ...(hasContact ? [] : [settings.phoneNumbers ? 'email_address_or_phone_number' : 'email_address']),
    ...(settings.usernames && signUp.username === null ? ['username'] : []),
    ...(needsPassword(settings, signUp) && signUp.password === null ? ['password'] : []),
  ];
}

/** Who signs up by a provider needs none. */
function needsPassword({ passwordRequired }: Settings, { externalVerification }: SignUp): boolean {
  return passwordRequired && externalVerification?.status !== 'verified';
}

/** The fields that were given and not proved yet. */
export function unverifiedFields({
  emailAddress,
  emailVerification,
  phoneNumber,
  phoneVerification,
}: SignUp) {
  const isOpen = (value: string | null, verification: Verification | null) =>
    value !== null && verification?.status !== 'verified';
  return [
    ...(isOpen(emailAddress, emailVerification) ? ['email_address'] : []),
    ...(isOpen(phoneNumber, phoneVerification) ? ['phone_number'] : []),
  ];
}

/** A sign-up attempt as the SDK reads it. */
export function signUpJson(core: Core, signUp: SignUp) {
  return {
    object: 'sign_up_attempt',
    id: signUp.id,
    status: signUp.status,
    ...fieldsJson(core.settings, needsPassword(core.settings, signUp)),
    missing_fields: missingFields(core, signUp),
    unverified_fields: unverifiedFields(signUp),
    verifications: {
      email_address: codeVerificationJson(signUp.emailVerification, core.now()),
      phone_number: codeVerificationJson(signUp.phoneVerification, core.now()),
      web3_wallet: null,
      external_account: signUp.externalVerification && verificationJson(signUp.externalVerification),
    },
    username: signUp.username,
    first_name: signUp.firstName,
    last_name: signUp.lastName,
    email_address: signUp.emailAddress,
    phone_number: signUp.phoneNumber,
    web3_wallet: null,
    // clerk-js reads the first, the published OpenAPI lists the second.
    has_password: signUp.password !== null,
    password_enabled: signUp.password !== null,
    unsafe_metadata: signUp.unsafeMetadata,
    public_metadata: {},
    custom_action: false,
    external_id: null,
    external_account: null,
    external_account_strategy: signUp.externalVerification?.strategy ?? null,
    created_session_id: signUp.createdSessionId,
    created_user_id: signUp.createdUserId,
    abandon_at: signUp.abandonAt,
    legal_accepted_at: signUp.legalAcceptedAt,
    locale: signUp.locale,
  };
}

/** What a sign-up needs and what it may have. Where people have an address or a number, none of the two is needed. */
function fieldsJson({ phoneNumbers, usernames }: Settings, isPasswordNeeded: boolean) {
  const contact = phoneNumbers ? ['email_address', 'phone_number'] : [];
  return {
    required_fields: [
      ...(phoneNumbers ? [] : ['email_address']),
      ...(usernames ? ['username'] : []),
      ...(isPasswordNeeded ? ['password'] : []),
    ],
    optional_fields: [...contact, 'first_name', 'last_name', ...(isPasswordNeeded ? [] : ['password'])],
  };
}

/** `null` until a code was asked for: one with a strategy makes Clerk's form believe that a code is on its way. */
function codeVerificationJson(verification: Verification | null, now: number) {
  if (!verification) return null;
  return {
    ...verificationJson(verification, now),
    next_action: nextAction(verification.status),
    supported_strategies: [verification.strategy],
  };
}

function nextAction(status: Verification['status']): string {
  if (status === 'verified') return '';
  return status === 'unverified' ? 'needs_attempt' : 'needs_prepare';
}
