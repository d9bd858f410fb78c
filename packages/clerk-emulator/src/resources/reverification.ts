import type { Core } from '../core.ts';
import { secondFactorsJson } from '../flows/factors.ts';
import { firstFactorsJson, primaryIdentifier } from '../flows/first-factors.ts';
import type { Reverification } from '../state/reverification.ts';
import type { Session } from '../state/sessions.ts';
import type { User } from '../state/users.ts';
import { sessionJson } from './session.ts';
import { verificationJson } from './verification.ts';

/** Clerk's document knows no proof by a link or a provider here. */
const STRATEGIES = ['password', 'passkey', 'email_code', 'phone_code'];

/** A reverification with the session it belongs to. */
export async function reverificationJson(
  core: Core,
  session: Session,
  user: User,
  { level, status, firstFactorVerification, secondFactorVerification }: Reverification,
  origin: string | null,
) {
  const firstFactors = firstFactorsJson(core, user, primaryIdentifier(user));
  return {
    object: 'session_reverification',
    level,
    status,
    session: await sessionJson(core, session, origin),
    supported_first_factors: firstFactors.filter(({ strategy }) => STRATEGIES.includes(strategy)),
    supported_second_factors: secondFactorsJson(core, user),
    first_factor_verification: firstFactorVerification && verificationJson(firstFactorVerification),
    second_factor_verification: secondFactorVerification && verificationJson(secondFactorVerification),
  };
}
