import type { Core } from '../core.ts';
import type { SignUp } from '../state/sign-up.ts';
import type { Verification } from '../state/verification.ts';
import { verificationJson } from './verification.ts';

/** The fields that a sign-up still lacks. */
export function missingFields(core: Core, signUp: SignUp): string[] {
  const isPasswordMissing = core.settings.passwordRequired && signUp.password === null;
  return [
    ...(signUp.emailAddress === null ? ['email_address'] : []),
    ...(isPasswordMissing ? ['password'] : []),
  ];
}

/** A sign-up attempt as the SDK reads it. */
export function signUpJson(core: Core, signUp: SignUp) {
  const { passwordRequired } = core.settings;
  const isEmailVerified = signUp.emailVerification?.status === 'verified';
  return {
    object: 'sign_up_attempt',
    id: signUp.id,
    status: signUp.status,
    required_fields: ['email_address', ...(passwordRequired ? ['password'] : [])],
    optional_fields: ['first_name', 'last_name', ...(passwordRequired ? [] : ['password'])],
    missing_fields: missingFields(core, signUp),
    unverified_fields: signUp.emailAddress !== null && !isEmailVerified ? ['email_address'] : [],
    verifications: {
      email_address: codeVerificationJson(signUp.emailVerification, 'email_code'),
      phone_number: null,
      web3_wallet: null,
      external_account: null,
    },
    username: null,
    first_name: signUp.firstName,
    last_name: signUp.lastName,
    email_address: signUp.emailAddress,
    phone_number: null,
    web3_wallet: null,
    // clerk-js reads the first, the published OpenAPI lists the second.
    has_password: signUp.password !== null,
    password_enabled: signUp.password !== null,
    unsafe_metadata: signUp.unsafeMetadata,
    public_metadata: {},
    custom_action: false,
    external_id: null,
    external_account: null,
    external_account_strategy: null,
    created_session_id: signUp.createdSessionId,
    created_user_id: signUp.createdUserId,
    abandon_at: signUp.abandonAt,
    legal_accepted_at: signUp.legalAcceptedAt,
    locale: signUp.locale,
  };
}

/** `null` until a code was asked for: one with a strategy makes Clerk's form believe that a code is on its way. */
function codeVerificationJson(verification: Verification | null, strategy: string) {
  if (!verification) return null;
  return {
    ...verificationJson(verification),
    next_action: nextAction(verification.status),
    supported_strategies: [strategy],
  };
}

function nextAction(status: Verification['status']): string {
  if (status === 'verified') return '';
  return status === 'unverified' ? 'needs_attempt' : 'needs_prepare';
}
