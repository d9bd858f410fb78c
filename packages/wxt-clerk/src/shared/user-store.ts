import type { UserSnapshot } from '../messages/protocol';
import { inTransaction, requested } from './database';

/** Who was signed in last, so that it can be said at once after a restart of the browser, also offline. Not secret. */
export interface UserStore {
  read(): Promise<UserSnapshot | null>;
  write(user: UserSnapshot | null): Promise<void>;
}

type StoredUser = Omit<UserSnapshot, 'status' | 'currentTask'> & Partial<UserSnapshot>;

/** @param frontendApi Host of the instance's Frontend API, with its port. */
export function userStoreOf(frontendApi: string): UserStore {
  return {
    read: () =>
      inTransaction(['people'], 'readonly', async ({ people }) => {
        const stored: StoredUser | undefined = await requested(people.get(frontendApi));
        // What an earlier version kept says nothing of tasks: it was of who is signed in.
        return stored ? { status: 'active', currentTask: null, ...stored } : null;
      }),
    write: (user) =>
      inTransaction(['people'], 'readwrite', ({ people }) => {
        if (user) people.put(user, frontendApi);
        else people.delete(frontendApi);
      }),
  };
}
