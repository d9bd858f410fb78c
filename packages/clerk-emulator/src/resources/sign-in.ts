import type { Core } from '../core.ts';
import type { SignIn } from '../state/sign-in.ts';
import { publicUserDataJson } from './user.ts';
import { verificationJson } from './verification.ts';

/** A sign-in attempt as the SDK reads it. */
export function signInJson(core: Core, signIn: SignIn) {
  const user = signIn.userId === null ? null : core.users.find(signIn.userId);
  return {
    object: 'sign_in_attempt',
    id: signIn.id,
    status: signIn.status,
    supported_identifiers: ['email_address'],
    identifier: signIn.identifier,
    supported_first_factors: supportedFirstFactors(core, signIn),
    supported_second_factors: null,
    first_factor_verification:
      signIn.firstFactorVerification && verificationJson(signIn.firstFactorVerification),
    second_factor_verification: null,
    user_data: user && publicUserDataJson(core, user),
    created_session_id: signIn.createdSessionId,
    abandon_at: signIn.abandonAt,
    client_trust_state: null,
    locale: signIn.locale,
  };
}

function supportedFirstFactors(core: Core, signIn: SignIn): object[] {
  const user = signIn.userId === null ? null : core.users.find(signIn.userId);
  const email = user?.emailAddresses.find((address) => address.emailAddress === signIn.identifier);
  if (!user || !email) return [];
  // The UI picks the code factor whose safe_identifier equals the identifier.
  const target = { email_address_id: email.id, safe_identifier: email.emailAddress, primary: true };
  const emailCode = { strategy: 'email_code', ...target };
  if (user.password === null) return [emailCode];
  return [{ strategy: 'password' }, emailCode, { strategy: 'reset_password_email_code', ...target }];
}
