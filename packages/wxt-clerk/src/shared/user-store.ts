import type { SessionSnapshot, UserSnapshot } from '../messages/protocol';
import { inTransaction, requested } from './database';

/** Who was signed in last, and with which sessions. */
export interface KeptPerson {
  user: UserSnapshot;
  sessions: (SessionSnapshot & { user: UserSnapshot })[];
}

/** Who was signed in last, so that it can be said at once after a restart of the browser, also offline. Not secret. */
export interface UserStore {
  read(): Promise<KeptPerson | null>;
  write(kept: KeptPerson | null): Promise<void>;
}

/** What versions before several accounts kept is the person alone; those before tasks say nothing of these. */
export type StoredPerson = Pick<UserSnapshot, 'userId' | 'sessionId'> &
  Partial<UserSnapshot> & { sessions?: KeptPerson['sessions'] };

/** @param frontendApi Host of the instance's Frontend API, with its port. */
export function userStoreOf(frontendApi: string): UserStore {
  return {
    read: () =>
      inTransaction(['people'], 'readonly', async ({ people }) => {
        const stored: StoredPerson | undefined = await requested(people.get(frontendApi));
        return stored ? keptPersonOf(stored) : null;
      }),
    write: (kept) =>
      inTransaction(['people'], 'readwrite', ({ people }) => {
        if (kept) people.put({ ...kept.user, sessions: kept.sessions } satisfies StoredPerson, frontendApi);
        else people.delete(frontendApi);
      }),
  };
}

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
