import type { OrganizationRole, Settings } from '../types.ts';

/** Of Clerk's own permissions, which never are in a token. */
const SYSTEM_PREFIX = 'org:sys_';

/** Clerk's own permissions that a role can have here. */
export type SystemPermission = (typeof SYSTEM_PERMISSIONS)[number];

const SYSTEM_PERMISSIONS = [
  'org:sys_profile:manage',
  'org:sys_profile:delete',
  'org:sys_memberships:read',
  'org:sys_memberships:manage',
  'org:sys_domains:read',
  'org:sys_domains:manage',
] as const;

const BUILT_IN: Required<OrganizationRole>[] = [
  {
    key: 'org:admin',
    name: 'Admin',
    description: 'Role with elevated permissions in the organization.',
    permissions: [...SYSTEM_PERMISSIONS],
  },
  {
    key: 'org:member',
    name: 'Member',
    description: 'Role with non-privileged permissions in the organization.',
    permissions: ['org:sys_memberships:read'],
  },
];

/** The role of whoever makes an organization. */
export const CREATOR_ROLE = 'org:admin';
/** The role of whoever comes by a domain or a request. */
export const DEFAULT_ROLE = 'org:member';

/** The roles of the instance: Clerk's two, and those of the settings. One of the same key adds to Clerk's. */
export function rolesOf({ organizationRoles }: Settings): Required<OrganizationRole>[] {
  const builtIn = BUILT_IN.map((role) => {
    const more = organizationRoles.find(({ key }) => key === role.key);
    const permissions = [...new Set([...role.permissions, ...(more?.permissions ?? [])])];
    return { ...role, ...withoutUndefined(more), permissions };
  });
  const custom = organizationRoles
    .filter(({ key }) => !BUILT_IN.some((role) => role.key === key))
    .map((role) => ({ ...role, name: role.name ?? nameOf(role.key), description: role.description ?? '' }));
  return [...builtIn, ...custom];
}

/** The role of a key; one that the settings no longer have may do nothing. */
export function roleOf(settings: Settings, key: string): Required<OrganizationRole> {
  const role = rolesOf(settings).find((candidate) => candidate.key === key);
  return role ?? { key, name: nameOf(key), description: '', permissions: [] };
}

/** Whether a permission is one of Clerk's own. */
export function isSystemPermission(key: string): boolean {
  return key.startsWith(SYSTEM_PREFIX);
}

/** `org:billing_manager` is "Billing manager". */
export function nameOf(key: string): string {
  const words = key.split(':').slice(1).join(' ').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function withoutUndefined(role: OrganizationRole | undefined): Partial<OrganizationRole> {
  return Object.fromEntries(Object.entries(role ?? {}).filter(([, value]) => value !== undefined));
}
