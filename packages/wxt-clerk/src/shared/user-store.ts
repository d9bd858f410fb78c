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

/**
 * @param frontendApi Host of the instance's Frontend API, with its port.
 * @param complete Brings what an earlier version kept up to today.
 */
export function userStoreOf(
  frontendApi: string,
  complete: (stored: StoredPerson) => Promise<KeptPerson>,
): UserStore {
  return {
    async read() {
      const stored = await inTransaction(['people'], 'readonly', ({ people }) =>
        requested<StoredPerson | undefined>(people.get(frontendApi)),
      );
      if (!stored) return null;
      const { sessions, ...user } = stored;
      return sessions?.length ? { user: user as UserSnapshot, sessions } : complete(stored);
    },
    write: (kept) =>
      inTransaction(['people'], 'readwrite', ({ people }) => {
        if (kept) people.put({ ...kept.user, sessions: kept.sessions } satisfies StoredPerson, frontendApi);
        else people.delete(frontendApi);
      }),
  };
}
