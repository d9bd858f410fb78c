import type { Core } from '../core.ts';
import { secondFactorsJson, trustFactorsJson } from '../flows/factors.ts';
import { firstFactorsJson } from '../flows/first-factors.ts';
import { identifiers } from '../state/settings.ts';
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
    supported_identifiers: identifiers(core.settings),
    identifier: signIn.identifier,
    supported_first_factors: firstFactorsJson(core, user, signIn.identifier),
    supported_second_factors: user && secondFactors(core, signIn, user),
    first_factor_verification:
      firstFactorVerification && verificationJson(firstFactorVerification, core.now()),
    second_factor_verification: secondFactorVerification && verificationJson(secondFactorVerification),
    user_data: user && signInUserDataJson(core, user),
    created_session_id: signIn.createdSessionId,
    abandon_at: signIn.abandonAt,
    client_trust_state: signIn.clientTrustState,
    locale: signIn.locale,
  };
}

function secondFactors(core: Core, { status }: SignIn, user: User): object[] | null {
  if (status === 'needs_second_factor') return secondFactorsJson(core, user);
  return status === 'needs_client_trust' ? trustFactorsJson(user) : null;
}
