import { isSystemPermission, nameOf } from '../state/roles.ts';
import type { OrganizationRole } from '../types.ts';

/** Roles belong to the instance, and are older than everything in it. */
const MADE_AT = Date.UTC(2026, 0);

/** A role with its permissions. */
export function roleJson({ key, name, description, permissions }: Required<OrganizationRole>) {
  return {
    object: 'role',
    id: `role_${key.slice('org:'.length)}`,
    key,
    name,
    description,
    is_creator_eligible: permissions.includes('org:sys_memberships:manage'),
    permissions: permissions.map(permissionJson),
    created_at: MADE_AT,
    updated_at: MADE_AT,
  };
}

function permissionJson(key: string) {
  return {
    object: 'permission',
    id: `perm_${key.slice('org:'.length).replaceAll(':', '_')}`,
    key,
    name: nameOf(key),
    description: '',
    type: isSystemPermission(key) ? 'system' : 'user',
    created_at: MADE_AT,
    updated_at: MADE_AT,
  };
}
