import type { Verification } from '../state/verification.ts';

/** A verification as the SDK reads it. The code itself never leaves the server. */
export function verificationJson(verification: Verification) {
  return {
    object: 'verification_otp',
    status: verification.status,
    strategy: verification.strategy,
    attempts: verification.attempts,
    expire_at: verification.expireAt,
    error: null,
    external_verification_redirect_url: null,
    nonce: null,
    message: null,
    verified_at_client: null,
  };
}
