import type { Core } from '../core.ts';
import { ApiError, formError } from '../errors.ts';
import type { Form } from '../form.ts';
import { type EmailAddress, isVerified, type PhoneNumber, type User } from '../state/users.ts';
import { type CodeVerification, sendCode } from '../state/verification.ts';
import type { MailPurpose } from '../types.ts';
import { connectedStrategies } from './external-accounts.ts';
import { connectionsOf, ENTERPRISE_STRATEGY, type KnownConnection } from './providers.ts';

/** Strategies of the first factor whose proof is a code. */
const CODE_STRATEGIES = [
  'email_code',
  'phone_code',
  'reset_password_email_code',
  'reset_password_phone_code',
];

/** Whether a code proves it, or lets its owner choose a new password. */
export function isCodeStrategy(strategy: string): boolean {
  return CODE_STRATEGIES.includes(strategy);
}

/** Whether its proof is good for a new password only. */
export function isResetStrategy(strategy: string): boolean {
  return strategy.startsWith('reset_password_');
}

/** A way to prove the first factor; a code's goes to an address or a number. */
interface FirstFactor {
  strategy: string;
  connection?: KnownConnection;
  email?: EmailAddress;
  phone?: PhoneNumber;
}

/**
 * How a user may prove to be who the identifier names.
 * @param identifier an e-mail address or a phone number, which codes go to then, or a username; `null`: not known yet
 */
function firstFactors(core: Core, user: User | null, identifier: string | null): FirstFactor[] {
  if (identifier === null) return [];
  const connections = connectionsOf(core, identifier);
  // Who belongs to an enterprise connection signs in there and nowhere else.
  if (connections.length > 0) {
    return connections.map((connection) => ({ strategy: ENTERPRISE_STRATEGY, connection }));
  }
  if (!user) return [];
  const { emails, phones } = codeTargets(core, user, identifier);
  const hasPasskey = core.settings.passkeys && user.passkeys.some(({ key }) => key);
  const codes = (prefix: string) => [
    ...emails.map((email) => ({ strategy: `${prefix}email_code`, email })),
    ...phones.map((phone) => ({ strategy: `${prefix}phone_code`, phone })),
  ];
  return [
    ...(user.password === null ? [] : [{ strategy: 'password' }]),
    ...(hasPasskey ? [{ strategy: 'passkey' }] : []),
    ...(core.settings.emailLinks ? emails.map((email) => ({ strategy: 'email_link', email })) : []),
    ...codes(''),
    ...(user.password === null ? [] : codes('reset_password_')),
    ...connectedStrategies(core, user).map((strategy) => ({ strategy })),
  ];
}

function codeTargets(core: Core, user: User, identifier: string) {
  const isName = identifier === user.username;
  const emails = user.emailAddresses.filter((email) =>
    isName ? email.id === user.primaryEmailAddressId : email.emailAddress === identifier,
  );
  const numbers = core.settings.phoneNumbers ? user.phoneNumbers : [];
  const phones = numbers.filter((phone) =>
    isName ? phone.id === user.primaryPhoneNumberId : phone.phoneNumber === identifier,
  );
  return { emails, phones: phones.filter((phone) => isVerified(phone) && !phone.isSecondFactor) };
}

/** `supported_first_factors`. */
export function firstFactorsJson(core: Core, user: User | null, identifier: string | null) {
  return firstFactors(core, user, identifier).map(({ strategy, email, phone, connection }) => ({
    strategy,
    // Clerk's form picks the code factor whose `safe_identifier` equals the identifier.
    ...(email ? { email_address_id: email.id, safe_identifier: email.emailAddress, primary: true } : {}),
    ...(connection
      ? { enterprise_connection_id: connection.id, enterprise_connection_name: connection.name }
      : {}),
    ...(phone ? { phone_number_id: phone.id, safe_identifier: phone.phoneNumber, primary: true } : {}),
  }));
}

/**
 * Sends the code that a form asks for.
 * @throws {ApiError} `strategy_for_user_invalid`, and `form_param_value_invalid` for another address or number than the factor's
 */
export function sendFirstFactorCode(
  core: Core,
  { user, identifier, purpose }: { user: User; identifier: string | null; purpose: MailPurpose },
  form: Form,
): CodeVerification {
  const strategy = form.required('strategy');
  const recipient = recipientOf(core, { user, identifier }, form);
  return sendCode(core.mailbox, { recipient, strategy, purpose, now: core.now() });
}

/** Where the proof that a form asks for goes to. @throws {ApiError} as `sendFirstFactorCode` */
export function recipientOf(
  core: Core,
  { user, identifier }: { user: User; identifier: string | null },
  form: Form,
): string {
  const strategy = form.required('strategy');
  const factor = firstFactors(core, user, identifier).find((candidate) => candidate.strategy === strategy);
  const target = factor?.email ?? factor?.phone;
  if (!factor || !target) throw new ApiError('strategy_for_user_invalid');
  const field = factor.email ? 'email_address_id' : 'phone_number_id';
  if ((form.optional(field) ?? target.id) !== target.id) throw formError('form_param_value_invalid', field);
  return 'emailAddress' in target ? target.emailAddress : target.phoneNumber;
}

/** Whether an identifier's owner may use this strategy. */
export function isFirstFactor(core: Core, user: User, identifier: string | null, strategy: string): boolean {
  return firstFactors(core, user, identifier).some((factor) => factor.strategy === strategy);
}

/** By what a user is known to others: the e-mail address first. */
export function primaryIdentifier(user: User): string | null {
  const email = user.emailAddresses.find(({ id }) => id === user.primaryEmailAddressId);
  const phone = user.phoneNumbers.find(({ id }) => id === user.primaryPhoneNumberId);
  return email?.emailAddress ?? phone?.phoneNumber ?? user.username;
}
