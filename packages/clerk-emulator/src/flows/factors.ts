import type { Core } from '../core.ts';
import { ApiError, formError } from '../errors.ts';
import type { Form } from '../form.ts';
import { isTotpCode } from '../state/totp.ts';
import { isVerified, type User } from '../state/users.ts';
import { attemptCode, sendCode, type Verification, verifiedBy } from '../state/verification.ts';
import type { MailPurpose, SecondFactorStrategy } from '../types.ts';
import { prove } from './lockout.ts';

/** The second factors that the user set up and the instance has. */
export function secondFactorStrategies({ settings }: Core, user: User): SecondFactorStrategy[] {
  const has: Record<SecondFactorStrategy, boolean> = {
    totp: user.totp?.isVerified === true,
    phone_code: user.phoneNumbers.some((phone) => phone.isSecondFactor),
    email_code: user.emailAddresses.some(isVerified),
    backup_code: (user.backupCodes ?? []).length > 0,
  };
  const strategies = settings.secondFactors.filter((strategy) => has[strategy]);
  // Backup codes stand in for another factor; alone they are none.
  return strategies.every((strategy) => strategy === 'backup_code') ? [] : strategies;
}

/** What an SMS code may be sent to, for a second factor or for a client that is not known yet. */
function codePhoneNumbers(user: User, isForTrust: boolean) {
  return user.phoneNumbers.filter((phone) => (isForTrust ? isVerified(phone) : phone.isSecondFactor));
}

/** `supported_second_factors`, with each number and each address that a code can go to. */
export function secondFactorsJson(core: Core, user: User): object[] {
  return secondFactorStrategies(core, user).flatMap((strategy): object[] => {
    if (strategy === 'phone_code') return phoneFactors(user, false);
    return strategy === 'email_code' ? emailFactors(user) : [{ strategy }];
  });
}

/** What proves a user on a client that is not known yet: a code, by mail or SMS. */
export function trustFactorsJson(user: User): object[] {
  return [...emailFactors(user), ...phoneFactors(user, true)];
}

function emailFactors(user: User): object[] {
  return user.emailAddresses.filter(isVerified).map((email) => ({
    strategy: 'email_code',
    email_address_id: email.id,
    safe_identifier: email.emailAddress,
    primary: email.id === user.primaryEmailAddressId,
  }));
}

function phoneFactors(user: User, isForTrust: boolean): object[] {
  return codePhoneNumbers(user, isForTrust).map((phone) => ({
    strategy: 'phone_code',
    phone_number_id: phone.id,
    safe_identifier: phone.phoneNumber.replace(/\d(?=\d{4})/g, '*'),
    primary: phone.id === user.primaryPhoneNumberId,
    default: phone.isDefaultSecondFactor,
  }));
}

/**
 * Sends the code of a second factor.
 * @param isForTrust whether it proves a client that is not known yet, for which an e-mail code will do
 * @throws {ApiError} `strategy_for_user_invalid`, `form_param_value_invalid`
 */
export function sendSecondFactorCode(
  core: Core,
  user: User,
  form: Form,
  { isForTrust, purpose }: { isForTrust: boolean; purpose: MailPurpose },
): Verification {
  const strategy = form.optional('strategy') ?? 'phone_code';
  const send = (recipient: string) =>
    sendCode(core.mailbox, { recipient, strategy, purpose, now: core.now() });
  if (strategy === 'email_code' && (isForTrust || secondFactorStrategies(core, user).includes(strategy))) {
    return send(pickEmailAddress(user, form));
  }
  if (strategy !== 'phone_code') throw new ApiError('strategy_for_user_invalid');
  return send(pickPhoneNumber(user, form.optional('phone_number_id'), isForTrust));
}

/**
 * The address that a code goes to: the one the form names, or the primary one.
 * @throws {ApiError} `form_param_value_invalid`
 */
function pickEmailAddress(user: User, form: Form): string {
  const id = form.optional('email_address_id') ?? user.primaryEmailAddressId;
  const email = user.emailAddresses.find((candidate) => candidate.id === id && isVerified(candidate));
  if (!email) throw formError('form_param_value_invalid', 'email_address_id');
  return email.emailAddress;
}

function pickPhoneNumber(user: User, id: string | null, isForTrust: boolean): string {
  const phones = codePhoneNumbers(user, isForTrust);
  const chosen = id === null ? (phones.find((phone) => phone.isDefaultSecondFactor) ?? phones[0]) : undefined;
  const phone = id === null ? chosen : phones.find((candidate) => candidate.id === id);
  if (phone) return phone.phoneNumber;
  throw id === null
    ? new ApiError('strategy_for_user_invalid')
    : formError('form_param_value_invalid', 'phone_number_id');
}

/**
 * Checks a second factor.
 * @param sent the verification of a code that was sent
 * @throws {ApiError} `strategy_for_user_invalid`, `form_code_incorrect`, `verification_*`, `user_locked`
 */
export function attemptSecondFactor(
  core: Core,
  user: User,
  sent: Verification | null,
  form: Form,
): Verification {
  const strategy = form.required('strategy');
  if (strategy === 'email_code' || strategy === 'phone_code') {
    if (sent?.strategy !== strategy) throw new ApiError('verification_missing');
    const code = form.required('code');
    prove(core, user, () => attemptCode(sent, code, core.now()));
    return sent;
  }
  if (!secondFactorStrategies(core, user).some((own) => own === strategy)) {
    throw new ApiError('strategy_for_user_invalid');
  }
  const code = form.required('code');
  prove(core, user, () => {
    const isRight = strategy === 'totp' ? isOwnTotpCode(core, user, code) : useBackupCode(user, code);
    if (!isRight) throw formError('form_code_incorrect', 'code');
  });
  return verifiedBy(strategy);
}

function isOwnTotpCode(core: Core, { totp }: User, code: string): boolean {
  return totp !== null && isTotpCode(totp.secret, code, core.now());
}

/** A backup code works once. */
function useBackupCode(user: User, code: string): boolean {
  const codes = user.backupCodes ?? [];
  if (!codes.includes(code)) return false;
  user.backupCodes = codes.filter((other) => other !== code);
  return true;
}
