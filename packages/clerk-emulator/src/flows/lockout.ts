import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import type { User } from '../state/users.ts';

/** Clerk's default. */
export const LOCKOUT_MINUTES = 60;
const WRONG = ['form_password_incorrect', 'form_code_incorrect'];

/** How long an account stays locked, in seconds; `null` when it is not. */
export function lockoutSeconds(core: Core, { lockedUntil }: User): number | null {
  const left = lockedUntil === null ? 0 : lockedUntil - core.now();
  return left > 0 ? Math.ceil(left / 1000) : null;
}

/** Locks an account, or opens it before its time. */
export function setLocked(core: Core, user: User, isLocked: boolean): void {
  user.lockedUntil = isLocked ? core.now() + LOCKOUT_MINUTES * 60_000 : null;
  user.failedAttempts = 0;
}

/** @throws {ApiError} `user_banned`, `user_locked` */
export function assertMayProve(core: Core, user: User): void {
  if (user.banned) throw new ApiError('user_banned');
  const seconds = lockoutSeconds(core, user);
  if (seconds === null) return;
  const wait = seconds > 60 ? `${Math.ceil(seconds / 60)} minutes` : 'a minute';
  throw new ApiError('user_locked', {
    longMessage: `Your account is locked. You will be able to try again in ${wait}.`,
    meta: { lockout_expires_in_seconds: seconds },
  });
}

/**
 * Runs a check of a password or a code. A wrong one counts; one too many locks the account.
 * @throws {ApiError} `user_banned`, `user_locked`, and what the check throws
 */
export function prove<T>(core: Core, user: User, check: () => T): T {
  assertMayProve(core, user);
  try {
    return check();
  } catch (error) {
    if (error instanceof ApiError && WRONG.includes(error.code)) countFailure(core, user);
    throw error;
  }
}

function countFailure(core: Core, user: User): void {
  const { lockoutAttempts } = core.settings;
  user.failedAttempts += 1;
  if (lockoutAttempts === null || user.failedAttempts < lockoutAttempts) return;
  setLocked(core, user, true);
  assertMayProve(core, user);
}
