import type { UserSnapshot } from '../messages/protocol';
import type { JwtClaims } from '../shared/jwt';

/** The claims of a token's organization: of version 2, and of the one before (https://clerk.com/docs/backend-requests/resources/session-tokens). */
interface OrganizationClaims extends JwtClaims {
  v?: number;
  o?: { id?: string; rol?: string; per?: string; fpm?: string };
  org_id?: string;
  org_role?: string;
  org_permissions?: string[];
}

/** Does a session's token give the person other rights in their organization than the last one, or than what is known? */
export function saysOtherRights(token: JwtClaims, last: JwtClaims | null, user: UserSnapshot): boolean {
  const claims = token as OrganizationClaims;
  if (last && rightsOf(claims) !== rightsOf(last as OrganizationClaims)) return true;
  // Of neither version: a template's, or of a server that says nothing of organizations.
  if (claims.v !== 2 && claims.org_id === undefined) return false;
  const organizationId = claims.o?.id ?? claims.org_id ?? null;
  const role = claims.o ? `org:${claims.o.rol}` : (claims.org_role ?? null);
  return organizationId !== user.organizationId || role !== user.organizationRole;
}

function rightsOf({ o, org_id, org_role, org_permissions }: OrganizationClaims): string {
  return JSON.stringify([o, org_id, org_role, org_permissions]);
}
