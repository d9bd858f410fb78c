import type { Core } from '../core.ts';
import { secondFactorsJson, trustFactorsJson } from '../flows/factors.ts';
import type { SignIn } from '../state/sign-in.ts';
import type { User } from '../state/users.ts';
import { signInUserDataJson } from './user.ts';
import { verificationJson } from './verification.ts';

/** A sign-in attempt as the SDK reads it. */
export function signInJson(core: Core, signIn: SignIn) {
  const user = signIn.userId === null ? null : core.users.find(signIn.userId);
  const { firstFactorVerification, secondFactorVerification } = signIn;
  return {
    object: 'sign_in_attempt',
    id: signIn.id,
    status: signIn.status,
    supported_identifiers: ['email_address'],
    identifier: signIn.identifier,
    supported_first_factors: user ? firstFactorsJson(core, user, signIn.identifier) : [],
    supported_second_factors: user && secondFactors(core, signIn, user),
    first_factor_verification: firstFactorVerification && verificationJson(firstFactorVerification),
    second_factor_verification: secondFactorVerification && verificationJson(secondFactorVerification),
    user_data: user && signInUserDataJson(core, user),
    created_session_id: signIn.createdSessionId,
    abandon_at: signIn.abandonAt,
    client_trust_state: signIn.clientTrustState,
    locale: signIn.locale,
  };
}

/** `supported_first_factors` of somebody who goes by this address. */
export function firstFactorsJson(
  core: Core,
  user: User,
  identifier: string | null,
): Array<{ strategy: string }> {
  const email = user.emailAddresses.find((address) => address.emailAddress === identifier);
  if (!email) return [];
  // The UI picks the code factor whose safe_identifier equals the identifier.
  const target = { email_address_id: email.id, safe_identifier: email.emailAddress, primary: true };
  const emailCode = { strategy: 'email_code', ...target };
  const hasPasskey = core.settings.passkeys && user.passkeys.some(({ key }) => key);
  const passkey = hasPasskey ? [{ strategy: 'passkey' }] : [];
  if (user.password === null) return [...passkey, emailCode];
  const reset = { strategy: 'reset_password_email_code', ...target };
  return [{ strategy: 'password' }, ...passkey, emailCode, reset];
}

function secondFactors(core: Core, { status }: SignIn, user: User): object[] | null {
  if (status === 'needs_second_factor') return secondFactorsJson(core, user);
  return status === 'needs_client_trust' ? trustFactorsJson(user) : null;
}
