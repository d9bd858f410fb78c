import { inTransaction, requested, type Stores } from './database';

/** The long-lived client credential of one instance, shared by every context of the extension. */
export interface CredentialStore {
  /** The credential, or `undefined` when there is none. One that cannot be one is set aside first. */
  read(): Promise<string | undefined>;
  /**
   * Puts a received credential in place of the one that its request had sent. Does nothing when another one is there
   * by now: an answer to an older request must not undo a sign-in or a sign-out.
   *
   * @returns Whether it was put in place.
   */
  replace(sent: string | undefined, received: string | undefined): Promise<boolean>;
  /** The server says that this credential is dead: sets it aside, unless another one is there by now. */
  setAside(credential: string): Promise<void>;
}

/** @param frontendApi Host of the instance's Frontend API, with its port. */
export function credentialStoreOf(frontendApi: string): CredentialStore {
  return {
    async read() {
      const stored = await inTransaction(['credentials'], 'readonly', ({ credentials }) =>
        requested<unknown>(credentials.get(frontendApi)),
      );
      if (stored === undefined || isCredential(stored)) return stored;
      return inTransaction(['credentials', 'quarantine'], 'readwrite', (stores) =>
        readCredential(stores, frontendApi),
      );
    },
    replace: (sent, received) =>
      inTransaction(['credentials', 'quarantine'], 'readwrite', async (stores) => {
        if ((await readCredential(stores, frontendApi)) !== sent) return false;
        if (received === undefined) stores.credentials.delete(frontendApi);
        else stores.credentials.put(received, frontendApi);
        return true;
      }),
    setAside: (credential) =>
      inTransaction(['credentials', 'quarantine'], 'readwrite', async (stores) => {
        if ((await readCredential(stores, frontendApi)) === credential)
          putAside(credential, stores, frontendApi);
      }),
  };
}

/** Reads a credential inside a transaction, and sets a corrupt one aside so that the person can sign in again. */
export async function readCredential(
  stores: Stores<'credentials' | 'quarantine'>,
  frontendApi: string,
): Promise<string | undefined> {
  const stored: unknown = await requested(stores.credentials.get(frontendApi));
  if (stored === undefined || isCredential(stored)) return stored;
  putAside(stored, stores, frontendApi);
  return undefined;
}

function putAside(
  stored: unknown,
  { credentials, quarantine }: Stores<'credentials' | 'quarantine'>,
  frontendApi: string,
): void {
  credentials.delete(frontendApi);
  // What it was is not kept: it may be a credential all the same.
  quarantine.put({ type: typeof stored, setAsideAt: Date.now() }, frontendApi);
}

// A line break or a letter beyond Latin-1 makes `Headers.set` throw on every request; servers refuse longer headers.
const CREDENTIAL = /^[\x21-\x7e]{8,8192}$/;

/** Can this value be a client credential at all? */
export function isCredential(value: unknown): value is string {
  return typeof value === 'string' && CREDENTIAL.test(value);
}
