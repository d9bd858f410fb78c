import type { SignUp } from '../state/sign-up.ts';
import { verificationJson } from './verification.ts';

/** The fields that a sign-up still lacks. */
export function missingFields(signUp: SignUp): string[] {
  return [
    ...(signUp.emailAddress === null ? ['email_address'] : []),
    ...(signUp.password === null ? ['password'] : []),
  ];
}

/** A sign-up attempt as the SDK reads it. */
export function signUpJson(signUp: SignUp) {
  const isEmailVerified = signUp.emailVerification?.status === 'verified';
  return {
    object: 'sign_up_attempt',
    id: signUp.id,
    status: signUp.status,
    required_fields: ['email_address', 'password'],
    optional_fields: ['first_name', 'last_name'],
    missing_fields: missingFields(signUp),
    unverified_fields: signUp.emailAddress !== null && !isEmailVerified ? ['email_address'] : [],
    verifications: {
      email_address: signUp.emailAddress === null ? null : emailVerificationJson(signUp),
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

function emailVerificationJson({ emailVerification }: SignUp) {
  const unprepared = { status: 'unverified', strategy: null, attempts: null, expire_at: null };
  return {
    ...(emailVerification ? verificationJson(emailVerification) : unprepared),
    next_action: nextAction(emailVerification?.status),
    supported_strategies: ['email_code'],
  };
}

function nextAction(status: string | undefined): string {
  if (status === 'verified') return '';
  return status === 'unverified' ? 'needs_attempt' : 'needs_prepare';
}
