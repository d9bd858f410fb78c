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
  const user = { ...NOTHING_KNOWN, ...stored };
  return { user, sessions: sessions?.length ? sessions : [sessionOf(user)] };
}

const NOTHING_KNOWN = {
  status: 'active',
  currentTask: null,
  organizationId: null,
  organizationName: null,
  organizationSlug: null,
  organizationImageUrl: null,
  organizationRole: null,
  organizationPermissions: null,
  firstName: null,
  lastName: null,
  username: null,
  emailAddress: null,
  phoneNumber: null,
  imageUrl: null,
  publicMetadata: {},
  createdAt: null,
  updatedAt: null,
  lastSignInAt: null,
} as const;

function sessionOf(user: UserSnapshot): KeptPerson['sessions'][number] {
  return {
    id: user.sessionId,
    status: user.status,
    lastActiveAt: null,
    expireAt: null,
    abandonAt: null,
    createdAt: null,
    updatedAt: null,
    lastActiveOrganizationId: user.organizationId,
    actor: null,
    tasks: null,
    currentTask: user.currentTask,
    factorVerificationAge: null,
    lastActiveTokenExpiresAt: null,
    publicUserData: null,
    user,
  };
}
