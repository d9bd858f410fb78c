import { createCheckAuthorization } from '@clerk/shared/authorization';
import type { AuthorizationQuestion, SessionSnapshot } from '../messages/protocol';
import type { JwtClaims } from './jwt';

/** Is this the body of Clerk's 403, by which an API wants a recent verification? */
export { isReverificationHint } from '@clerk/shared/authorization-errors';

/**
 * What Clerk's own `checkAuthorization` answers, a pure function: role and permissions of the session's active organization,
 * features and plans of its token (clerk-js 6.40.0, core/resources/Session.ts, checkAuthorization).
 *
 * @param claims Of the session's last token; `null` for none. Only features and plans are in it alone.
 */
export function isAuthorized(
  { user, factorVerificationAge }: Pick<SessionSnapshot, 'user' | 'factorVerificationAge'>,
  claims: JwtClaims | null,
  question: AuthorizationQuestion,
): boolean {
  const check = createCheckAuthorization({
    userId: user?.userId,
    factorVerificationAge,
    orgId: user?.organizationRole ? user.organizationId : null,
    orgRole: user?.organizationRole,
    orgPermissions: user?.organizationPermissions,
    features: textOf(claims?.fea),
    plans: textOf(claims?.pla),
  });
  return check(question as Parameters<typeof check>[0]);
}

/** Is the answer in the token's claims alone? */
export function asksForClaims({ feature, plan }: AuthorizationQuestion): boolean {
  return feature !== undefined || plan !== undefined;
}

function textOf(claim: unknown): string {
  return typeof claim === 'string' ? claim : '';
}
