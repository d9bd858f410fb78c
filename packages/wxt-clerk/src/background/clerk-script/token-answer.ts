import type { UserSnapshot } from '../../messages/protocol';
import { decodeJwt, type JwtClaims } from '../../shared/jwt';

/** A new token, as it says itself what it is. Times in milliseconds. */
export interface TokenAnswer {
  token: string;
  /** 0 for a token that does not say it, which only a template's can leave out. */
  expiresAt: number;
  /** How long the server made it to live: `exp` − `iat`; 0 where it is not said. Such a token is handed out and never kept. */
  lifetimeMs: number;
  /** Does it give the person other rights in their organization than the last one, or than what is known? */
  hasOtherRights: boolean;
  /** Is it of another organization than the one that was asked for? A template's token need not say. */
  isElsewhere: boolean;
}

/** The claims of a token's organization: of version 2, and of the one before (https://clerk.com/docs/backend-requests/resources/session-tokens). */
interface OrganizationClaims extends JwtClaims {
  v?: number;
  o?: { id?: string; rol?: string; per?: string; fpm?: string };
  org_id?: string;
  org_role?: string;
  org_permissions?: string[];
}

/** What a token was asked for with. */
interface AskedToken {
  user: UserSnapshot;
  organizationId: string | null;
  isOwn: boolean;
  lastToken: string | undefined;
}

/**
 * Reads a token; `null` when it is none of this session.
 *
 * @param lastToken The one that it is in place of; without it there is nothing to compare with but the person's.
 * @param isOwn Is it of the session's own organization and of no template? Only such a token tells of the person's rights.
 */
export function readTokenAnswer(
  token: string,
  { user, organizationId, isOwn, lastToken }: AskedToken,
): TokenAnswer | null {
  const claims = claimsOf(token);
  const { exp, iat, sid = user.sessionId, sub = user.userId } = claims ?? {};
  // Another's answer, from a cache on the way here for example. A template's token names only the person.
  if (!claims || sid !== user.sessionId || sub !== user.userId) return null;
  const last = lastToken === undefined ? null : claimsOf(lastToken);
  const rights = {
    hasOtherRights: isOwn && saysOtherRights(claims, last, user),
    isElsewhere: saysOrganization(claims) && organizationOf(claims) !== organizationId,
  };
  if (typeof exp !== 'number' || typeof iat !== 'number')
    return { token, expiresAt: 0, lifetimeMs: 0, ...rights };
  if (exp <= iat) return null;
  return { token, expiresAt: exp * 1000, lifetimeMs: (exp - iat) * 1000, ...rights };
}

function claimsOf(jwt: string): JwtClaims | null {
  try {
    return decodeJwt(jwt);
  } catch {
    return null;
  }
}

function saysOtherRights(
  claims: OrganizationClaims,
  last: OrganizationClaims | null,
  user: UserSnapshot,
): boolean {
  if (last && rightsOf(claims) !== rightsOf(last)) return true;
  const role = claims.o ? `org:${claims.o.rol}` : (claims.org_role ?? null);
  return saysOrganization(claims) && role !== user.organizationRole;
}

// Of neither version: a template's, or of a server that says nothing of organizations.
const saysOrganization = ({ v, org_id }: OrganizationClaims) => v === 2 || org_id !== undefined;

const organizationOf = ({ o, org_id }: OrganizationClaims) => o?.id ?? org_id ?? null;

function rightsOf({ o, org_id, org_role, org_permissions }: OrganizationClaims): string {
  return JSON.stringify([o, org_id, org_role, org_permissions]);
}
