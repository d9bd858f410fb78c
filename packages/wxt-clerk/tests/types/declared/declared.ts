/** A project that declares its own roles, permissions, claims and metadata, once, as Clerk has it. */
import { checkAuthorization, pinSession } from '../../../src/client/index';
import { type ShowWhen, useAuth, useOrganization, useUser } from '../../../src/react/index';

declare global {
  interface ClerkAuthorization {
    role: 'org:lead' | 'org:guest';
    permission: 'org:notes:read' | 'org:notes:write';
  }
  interface CustomJwtSessionClaims {
    tier?: 'gold' | 'silver';
  }
  interface UserPublicMetadata {
    isOnboarded?: boolean;
  }
}

export const WHENS: ShowWhen[] = [{ role: 'org:lead' }, (has) => has({ permission: 'org:notes:read' })];
// @ts-expect-error: not a role of this project
export const WRONG_ROLE: ShowWhen = { role: 'org:admin' };
// @ts-expect-error: not a permission of this project
export const WRONG_PERMISSION: ShowWhen = (has) => has({ permission: 'org:notes:delete' });

export function useRoles() {
  const { has, orgRole } = useAuth();
  const { membership } = useOrganization();
  has({ role: 'org:lead' });
  has({ permission: 'org:notes:write' });
  // @ts-expect-error: not a role of this project
  has({ role: 'org:admin' });
  // @ts-expect-error: not a permission of this project
  has({ permission: 'org:notes:delete' });
  const role: 'org:lead' | 'org:guest' | null | undefined = orgRole;
  // @ts-expect-error: not a role of this project
  const isAdmin = orgRole === 'org:admin';
  // @ts-expect-error: not a role of this project
  const isMember = membership?.role === 'org:member';
  return { role, isAdmin, isMember, isLead: membership?.role === 'org:lead' };
}

export function useDeclared() {
  const tier: 'gold' | 'silver' | undefined = useAuth().sessionClaims?.tier;
  // @ts-expect-error: not a value of this claim
  const isBronze = tier === 'bronze';
  const isOnboarded: boolean | undefined = useUser().user?.publicMetadata.isOnboarded;
  // @ts-expect-error: it is a boolean
  const text: string | undefined = isOnboarded;
  return { tier, isBronze, isOnboarded, text };
}

export async function ask() {
  await checkAuthorization({ role: 'org:guest' });
  // @ts-expect-error: not a role of this project
  await checkAuthorization({ role: 'org:admin' });
  // @ts-expect-error: not a permission of this project
  await pinSession('sess_1').checkAuthorization({ permission: 'org:notes:delete' });
}
