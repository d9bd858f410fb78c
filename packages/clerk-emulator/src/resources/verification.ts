import { isPasskeyVerification } from '../state/passkeys.ts';
import type { Verification } from '../state/verification.ts';

/** Strategies whose proof is a code that was sent; all others have an object name of their own. */
const CODE_STRATEGIES = [
  'email_code',
  'phone_code',
  'reset_password_email_code',
  'reset_password_phone_code',
];

/** A verification as the SDK reads it. The code itself never leaves the server. */
export function verificationJson(verification: Verification) {
  const { status, strategy, attempts, expireAt } = verification;
  const name = CODE_STRATEGIES.includes(strategy) ? 'otp' : strategy;
  const nonce = isPasskeyVerification(verification) ? { nonce: verification.nonce } : {};
  return { object: `verification_${name}`, status, strategy, attempts, expire_at: expireAt, ...nonce };
}
