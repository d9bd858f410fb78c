import type { SessionSnapshot, UserSnapshot } from '../../messages/protocol';
import type { KeptPerson, StoredPerson } from '../../shared/user-store';

/** What is kept, as of today: an earlier version's has what it knew. */
export function keptPersonOf({ sessions, ...stored }: StoredPerson): KeptPerson {
  const user = { ...nothingOf(USER_FIELDS), status: 'active', publicMetadata: {}, ...stored } as UserSnapshot;
  if (sessions?.length) return { user, sessions };
  const { sessionId: id, status, currentTask, organizationId } = user;
  const own = { id, status, currentTask, lastActiveOrganizationId: organizationId, user };
  return { user, sessions: [{ ...nothingOf(SESSION_FIELDS), ...own } as KeptPerson['sessions'][number]] };
}

const USER_FIELDS: (keyof UserSnapshot)[] = [
  ...(['currentTask', 'organizationId', 'organizationName', 'organizationSlug'] as const),
  ...(['organizationImageUrl', 'organizationRole', 'organizationPermissions'] as const),
  ...(['firstName', 'lastName', 'username', 'emailAddress', 'phoneNumber', 'imageUrl'] as const),
  ...(['createdAt', 'updatedAt', 'lastSignInAt'] as const),
];

const SESSION_FIELDS: (keyof SessionSnapshot)[] = [
  ...(['lastActiveAt', 'expireAt', 'abandonAt', 'createdAt', 'updatedAt', 'actor', 'tasks'] as const),
  ...(['factorVerificationAge', 'lastActiveTokenExpiresAt', 'publicUserData'] as const),
];

function nothingOf<Field extends string>(fields: Field[]) {
  return Object.fromEntries(fields.map((field) => [field, null]));
}
