import { ApiError, formError } from '../errors.ts';
import type { MailPurpose } from '../types.ts';
import { generateCode } from './ids.ts';
import type { Mailbox } from './mailbox.ts';

const CODE_LIFETIME_MS = 10 * 60 * 1000;
const MAX_ATTEMPTS = 5;
/** Clerk's convention for test addresses and numbers: https://clerk.com/docs/testing/test-emails-and-phones */
const TEST_MARK = '+clerk_test';
const TEST_PHONE_NUMBER = /^\+1\d{3}55501\d\d$/;
const TEST_CODE = '424242';

/** One proof in progress or done. */
export interface Verification {
  status: 'unverified' | 'verified' | 'failed' | 'expired' | 'transferable';
  strategy: string;
  attempts: number;
  /** Unix ms; `null` for proofs that need no code. */
  expireAt: number | null;
}

/** A verification that waits for a code that was sent. */
export interface CodeVerification extends Verification {
  code: string;
  /** E-mail address or phone number. */
  recipient: string;
  expireAt: number;
}

/** A proof that was given at once, e.g. a password; `admin` for what was set in the dashboard. */
export function verifiedBy(strategy: string): Verification {
  return { status: 'verified', strategy, attempts: 1, expireAt: null };
}

/** Sends a new code by mail or SMS; an earlier one stops working because its verification is replaced. */
export function sendCode(
  mailbox: Mailbox,
  request: { recipient: string; strategy: string; purpose: MailPurpose; now: number },
): CodeVerification {
  const code = generateCode();
  const { recipient, strategy, purpose, now } = request;
  mailbox.send({ emailAddress: recipient, code, purpose });
  return {
    status: 'unverified',
    strategy,
    attempts: 0,
    expireAt: now + CODE_LIFETIME_MS,
    code,
    recipient,
  };
}

/**
 * Marks the verification as verified.
 * @throws {ApiError} `verification_*` by state, `form_code_incorrect` for a wrong code.
 */
export function attemptCode(verification: Verification | null, code: string, now: number): void {
  if (!verification || !isCodeVerification(verification)) throw new ApiError('verification_missing');
  if (verification.status === 'verified') throw new ApiError('verification_already_verified');
  if (now > verification.expireAt) verification.status = 'expired';
  if (verification.status === 'expired') throw new ApiError('verification_expired');
  if (verification.status === 'failed') throw new ApiError('verification_failed');

  verification.attempts += 1;
  if (isRightCode(verification, code)) {
    verification.status = 'verified';
    return;
  }
  if (verification.attempts >= MAX_ATTEMPTS) verification.status = 'failed';
  throw formError('form_code_incorrect', 'code');
}

function isCodeVerification(verification: Verification): verification is CodeVerification {
  return 'code' in verification;
}

function isRightCode(verification: CodeVerification, code: string): boolean {
  if (code === verification.code) return true;
  const { recipient } = verification;
  return code === TEST_CODE && (recipient.includes(TEST_MARK) || TEST_PHONE_NUMBER.test(recipient));
}
