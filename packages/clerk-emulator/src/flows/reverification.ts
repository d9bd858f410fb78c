import type { Core } from '../core.ts';
import { ApiError, formError } from '../errors.ts';
import type { Form } from '../form.ts';
import type { Reverification, ReverificationLevel } from '../state/reverification.ts';
import type { Session } from '../state/sessions.ts';
import type { User } from '../state/users.ts';
import { attemptCode, verifiedBy } from '../state/verification.ts';
import { attemptSecondFactor, secondFactorStrategies, sendSecondFactorCode } from './factors.ts';
import { primaryIdentifier, sendFirstFactorCode } from './first-factors.ts';
import { prove } from './lockout.ts';
import { finishPasskeyProof, startPasskeyProof } from './passkeys.ts';
import { assertPassword } from './password.ts';

const LEVELS: readonly ReverificationLevel[] = ['first_factor', 'second_factor', 'multi_factor'];
const REVERIFICATION_CODES = ['email_code', 'phone_code'];
/** Clerk's own account pages ask for a proof of the last ten minutes. */
const RECENT_MS = 10 * 60 * 1000;

/** A session whose user proves to be still there. */
export interface ReverificationContext {
  core: Core;
  session: Session;
  user: User;
}

/** Begins anew. Without a second factor, its level falls back to the first. @throws {ApiError} `form_param_value_invalid` */
export function startReverification(context: ReverificationContext, form: Form): void {
  const wanted = form.required('level');
  const level = LEVELS.find((candidate) => candidate === wanted);
  if (!level) throw formError('form_param_value_invalid', 'level');
  const isSecondOnly = level === 'second_factor' && hasSecond(context);
  context.session.reverification = {
    level: hasSecond(context) ? level : 'first_factor',
    status: isSecondOnly ? 'needs_second_factor' : 'needs_first_factor',
    firstFactorVerification: null,
    secondFactorVerification: null,
  };
}

/** Sends a code. @throws {ApiError} `strategy_for_user_invalid`, `form_param_value_invalid` */
export function prepareFirst(context: ReverificationContext, form: Form): void {
  const { core, user } = context;
  const reverification = expectStatus(context, 'needs_first_factor');
  const strategy = form.required('strategy');
  if (strategy === 'passkey' && core.settings.passkeys) {
    reverification.firstFactorVerification = startPasskeyProof(core, user);
    return;
  }
  if (!REVERIFICATION_CODES.includes(strategy)) throw new ApiError('strategy_for_user_invalid');
  const about = { user, identifier: primaryIdentifier(user), purpose: 'reverification' } as const;
  reverification.firstFactorVerification = sendFirstFactorCode(core, about, form);
}

/** Checks a password or a code. @throws {ApiError} `form_password_incorrect`, `form_code_incorrect`, … */
export function attemptFirst(context: ReverificationContext, form: Form): void {
  const { core, session, user } = context;
  const reverification = expectStatus(context, 'needs_first_factor');
  const strategy = form.required('strategy');
  if (strategy === 'password') {
    if (user.password === null) throw new ApiError('strategy_for_user_invalid');
    prove(core, user, () => assertPassword(user, form));
    reverification.firstFactorVerification = verifiedBy('password');
  } else if (REVERIFICATION_CODES.includes(strategy)) {
    const code = form.required('code');
    prove(core, user, () => attemptCode(reverification.firstFactorVerification, code, core.now()));
  } else if (strategy === 'passkey') {
    finishPasskeyProof(core, user, reverification.firstFactorVerification, form);
  } else {
    throw new ApiError('strategy_for_user_invalid');
  }
  session.firstFactorAt = core.now();
  const goesOn = reverification.level === 'multi_factor' && hasSecond(context);
  reverification.status = goesOn ? 'needs_second_factor' : 'complete';
}

/** Sends an SMS code. @throws {ApiError} `strategy_for_user_invalid`, `form_param_value_invalid` */
export function prepareSecond(context: ReverificationContext, form: Form): void {
  const reverification = expectStatus(context, 'needs_second_factor');
  reverification.secondFactorVerification = sendSecondFactorCode(context.core, context.user, form, {
    isForTrust: false,
    purpose: 'reverification',
  });
}

/** Checks the second factor. @throws {ApiError} `form_code_incorrect`, `strategy_for_user_invalid`, … */
export function attemptSecond(context: ReverificationContext, form: Form): void {
  const { core, session, user } = context;
  const reverification = expectStatus(context, 'needs_second_factor');
  const sent = reverification.secondFactorVerification;
  reverification.secondFactorVerification = attemptSecondFactor(core, user, sent, form);
  session.secondFactorAt = core.now();
  reverification.status = 'complete';
}

/** Whether a sensitive change may go on. */
export function isRecentlyVerified(context: ReverificationContext): boolean {
  const { core, session } = context;
  const isRecent = (at: number | null) => at !== null && core.now() - at < RECENT_MS;
  return hasSecond(context) ? isRecent(session.secondFactorAt) : isRecent(session.firstFactorAt);
}

function hasSecond({ core, user }: ReverificationContext): boolean {
  return secondFactorStrategies(core, user).length > 0;
}

function expectStatus({ session }: ReverificationContext, status: Reverification['status']): Reverification {
  const { reverification } = session;
  if (!reverification) throw new ApiError('verification_missing');
  if (reverification.status !== status) throw new ApiError('resource_forbidden');
  return reverification;
}
