import type { Core } from '../core.ts';
import type { Membership } from '../state/organizations.ts';
import { isSystemPermission } from '../state/roles.ts';
import type { User } from '../state/users.ts';
import { permissionsOf } from './organizations.ts';

/**
 * What a session token says of organization, features and plans, in version 2: `o`, `fea`, `pla`. Clerk's own permissions are in no
 * token; the others are `per`, their actions, and `fpm`, for each feature of the organization a number whose bits say which.
 */
export function authorizationClaims(core: Core, user: User, membership: Membership | null) {
  const features = membership ? featuresOf(core, membership) : [];
  const fea = [
    ...features.map((feature) => `${user.features.includes(feature) ? 'uo' : 'o'}:${feature}`),
    ...user.features.filter((feature) => !features.includes(feature)).map((feature) => `u:${feature}`),
  ];
  const plans = [
    ...(membership?.organization.plan ? [`o:${membership.organization.plan}`] : []),
    ...(user.plan ? [`u:${user.plan}`] : []),
  ];
  return {
    ...(membership ? { o: organizationClaim(core, membership, features) } : {}),
    ...(fea.length > 0 ? { fea: fea.join(',') } : {}),
    ...(plans.length > 0 ? { pla: plans.join(',') } : {}),
  };
}

function organizationClaim(core: Core, membership: Membership, features: string[]) {
  const { organization, role } = membership;
  const granted = customPermissions(core, membership).filter(({ feature }) => features.includes(feature));
  const actions = [...new Set(granted.map(({ action }) => action))];
  const maskOf = (feature: string) =>
    granted
      .filter((permission) => permission.feature === feature)
      .reduce((mask, { action }) => mask | (1n << BigInt(actions.indexOf(action))), 0n);
  return {
    id: organization.id,
    slg: organization.slug,
    rol: role.replace(/^org:/, ''),
    ...(actions.length > 0 ? { per: actions.join(','), fpm: features.map(maskOf).join(',') } : {}),
  };
}

/** Those of the plan; without one, as without billing, all that the member has permissions for, too. */
function featuresOf(core: Core, membership: Membership): string[] {
  const { plan, features } = membership.organization;
  if (plan !== null) return features;
  return [...new Set([...features, ...customPermissions(core, membership).map(({ feature }) => feature)])];
}

function customPermissions(core: Core, membership: Membership): Array<{ feature: string; action: string }> {
  return permissionsOf(core, membership)
    .filter((key) => !isSystemPermission(key))
    .map((key) => {
      const [, feature = '', action = ''] = key.split(':');
      return { feature, action };
    });
}
