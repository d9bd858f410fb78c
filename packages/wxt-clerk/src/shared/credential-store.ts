import { inTransaction, requested, type Stores } from './database';

/** The long-lived client credential of one instance, shared by every context of the extension. */
export interface CredentialStore {
  /** The credential, or `undefined` when there is none. One that cannot be one is set aside first. */
  read(): Promise<string | undefined>;
  /**
   * Puts a received credential in place of the one that its request had sent. Does nothing when another one is there
   * by now: an answer to an older request must not undo a sign-in or a sign-out. The successor of one that was set
   * aside meanwhile is put in its place.
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
    async replace(sent, received) {
      if (await putInPlace(sent, received, frontendApi)) return true;
      if (sent === undefined || received === undefined) return false;
      return putInPlaceOfDead(await digestOf(sent), received, frontendApi);
    },
    async setAside(credential) {
      const digest = await digestOf(credential);
      await inTransaction(['credentials', 'quarantine'], 'readwrite', async (stores) => {
        if ((await readCredential(stores, frontendApi)) === credential)
          putAside({ type: 'string', digest }, stores, frontendApi);
      });
    },
  };
}

function putInPlace(
  sent: string | undefined,
  received: string | undefined,
  frontendApi: string,
): Promise<boolean> {
  return inTransaction(['credentials', 'quarantine'], 'readwrite', async (stores) => {
    if ((await readCredential(stores, frontendApi)) !== sent) return false;
    if (received === undefined) stores.credentials.delete(frontendApi);
    else stores.credentials.put(received, frontendApi);
    stores.quarantine.delete(frontendApi);
    return true;
  });
}

/** A sign-in that was sent with a credential before it was set aside brings the next one when there is none. */
function putInPlaceOfDead(digest: string, received: string, frontendApi: string): Promise<boolean> {
  return inTransaction(['credentials', 'quarantine'], 'readwrite', async ({ credentials, quarantine }) => {
    const stored = await requested<unknown>(credentials.get(frontendApi));
    const dead = await requested<SetAside | undefined>(quarantine.get(frontendApi));
    if (stored !== undefined || dead?.digest !== digest) return false;
    credentials.put(received, frontendApi);
    quarantine.delete(frontendApi);
    return true;
  });
}

/** Reads a credential inside a transaction, and sets a corrupt one aside so that the person can sign in again. */
export async function readCredential(
  stores: Stores<'credentials' | 'quarantine'>,
  frontendApi: string,
): Promise<string | undefined> {
  const stored: unknown = await requested(stores.credentials.get(frontendApi));
  if (stored === undefined || isCredential(stored)) return stored;
  putAside({ type: typeof stored }, stores, frontendApi);
  return undefined;
}

/** What was in the credential's place. What it was is not kept: it may be a credential all the same. */
interface SetAside {
  type: string;
  /** Of a credential, its SHA-256: by it its successor is known. */
  digest?: string;
}

function putAside(
  what: SetAside,
  { credentials, quarantine }: Stores<'credentials' | 'quarantine'>,
  frontendApi: string,
): void {
  credentials.delete(frontendApi);
  quarantine.put({ ...what, setAsideAt: Date.now() }, frontendApi);
}

async function digestOf(credential: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(credential));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

// A line break or a letter beyond Latin-1 makes `Headers.set` throw on every request; servers refuse longer headers.
const CREDENTIAL = /^[\x21-\x7e]{8,8192}$/;

/** Can this value be a client credential at all? */
export function isCredential(value: unknown): value is string {
  return typeof value === 'string' && CREDENTIAL.test(value);
}
