import { isLinkVerification, type LinkVerification } from '../state/email-links.ts';
import { isPasskeyVerification } from '../state/passkeys.ts';
import { type ExternalVerification, isExternalVerification } from '../state/single-sign-on.ts';
import type { Verification } from '../state/verification.ts';

/** Strategies whose proof is a code that was sent; all others have an object name of their own. */
const CODE_STRATEGIES = [
  'email_code',
  'phone_code',
  'reset_password_email_code',
  'reset_password_phone_code',
];

/**
 * A verification as the SDK reads it. The code itself never leaves the server.
 * @param now Unix ms; whoever waits for a link learns from it that it has expired
 */
export function verificationJson(verification: Verification, now = 0) {
  if (isLinkVerification(verification)) return linkJson(verification, now);
  if (isExternalVerification(verification)) return externalJson(verification);
  const { status, attempts, expireAt } = verification;
  const nonce = isPasskeyVerification(verification) ? { nonce: verification.nonce } : {};
  return { ...nameJson(verification.strategy), status, attempts, expire_at: expireAt, ...nonce };
}

function externalJson({ status, strategy, attempts, expireAt, pageUrl, error }: ExternalVerification) {
  return {
    ...nameJson(strategy),
    status,
    attempts,
    expire_at: expireAt,
    ...(pageUrl === null ? {} : { external_verification_redirect_url: pageUrl }),
    ...(error === null ? {} : { error }),
  };
}

function linkJson({ status, strategy, attempts, expireAt, verifiedAtClient }: LinkVerification, now: number) {
  const isExpired = status === 'unverified' && now > expireAt;
  return {
    ...nameJson(strategy),
    status: isExpired ? 'expired' : status,
    attempts,
    expire_at: expireAt,
    ...(verifiedAtClient === null ? {} : { verified_at_client: verifiedAtClient }),
  };
}

function nameJson(strategy: string): { object: string; strategy: string } {
  // The document knows the proofs of enterprise connections by their older name.
  if (strategy === 'enterprise_sso') return { object: 'verification_saml', strategy: 'saml' };
  return { object: `verification_${objectName(strategy)}`, strategy };
}

function objectName(strategy: string): string {
  if (CODE_STRATEGIES.includes(strategy)) return 'otp';
  if (strategy.startsWith('from_oauth_')) return 'from_oauth';
  return strategy.startsWith('oauth_') ? 'oauth' : strategy;
}
