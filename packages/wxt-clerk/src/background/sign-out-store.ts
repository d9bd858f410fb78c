import { credentialStoreOf, readCredential } from '../shared/credential-store';
import { inTransaction, requested } from '../shared/database';
import type { EndedHow } from './clerk-script/requests';
import { type SealedCredential, seal, unseal } from './credential-seal';

/** A sign-out that the server does not know of yet. It outlives the background and the browser. */
export interface PendingSignOut {
  id: string;
  /** The instance that it belongs to: a build with another key must not send it anywhere. */
  frontendApi: string;
  sessionIds: string[];
  /** Is the client not this extension's alone? Then only the sessions that are named are ended. */
  isShared?: boolean;
  /**
   * Of one session, whose client goes on: what the server has to be told, with the credential that is stored then; `null` where
   * it is not to be told. All other sign-outs have a credential of their own, sealed.
   */
  how?: EndedHow | null;
  /** `null` until the credential is sealed. */
  sealed: SealedCredential | null;
  /** How often the server was told in vain. */
  attempts: number;
}

/** The tombstones: what was signed out, and what is needed to tell the server so. */
export interface SignOutStore {
  list(): Promise<PendingSignOut[]>;
  /** Writes a tombstone. From here on the sign-out cannot be lost. */
  begin(sessionIds: string[]): Promise<PendingSignOut>;
  /** The same of one session, whose client goes on. */
  beginOne(sessionId: string, how: EndedHow | null): Promise<void>;
  /**
   * Moves the stored credential into the tombstone, sealed: no request finds it where it was from here on.
   *
   * @returns The tombstone, or `null` when there was no credential and so nothing to tell the server.
   */
  sealCredential(pending: PendingSignOut): Promise<PendingSignOut | null>;
  /** The credential, or `null` when its key is gone for good. */
  unseal(pending: PendingSignOut): Promise<string | null>;
  countAttempt(pending: PendingSignOut): Promise<void>;
  /** The server knows: the credential is forgotten. */
  finish(id: string): Promise<void>;
}

/** Is it of one session, whose client goes on? */
export function isOfOne({ how }: PendingSignOut): boolean {
  return how !== undefined;
}

/** Is there something to tell the server? */
export function isUntold({ sealed, how }: PendingSignOut): boolean {
  return sealed !== null || Boolean(how);
}

/** @param frontendApi Host of the instance's Frontend API, with its port. */
export function signOutStoreOf(frontendApi: string): SignOutStore {
  const credentials = credentialStoreOf(frontendApi);
  const finish = (id: string) =>
    inTransaction(['sign-outs'], 'readwrite', ({ 'sign-outs': signOuts }) => void signOuts.delete(id));
  const put = (pending: PendingSignOut) =>
    inTransaction(
      ['sign-outs'],
      'readwrite',
      ({ 'sign-outs': signOuts }) => void signOuts.put(pending, pending.id),
    );

  return {
    list: () =>
      inTransaction(['sign-outs'], 'readonly', async ({ 'sign-outs': signOuts }) => {
        const all = await requested<PendingSignOut[]>(signOuts.getAll());
        return all.filter((pending) => pending.frontendApi === frontendApi);
      }),
    async begin(sessionIds) {
      const pending = { id: crypto.randomUUID(), frontendApi, sessionIds, sealed: null, attempts: 0 };
      await put(pending);
      return pending;
    },
    async beginOne(sessionId, how) {
      // By its session, so that it is never there twice.
      await put({ id: sessionId, frontendApi, sessionIds: [sessionId], how, sealed: null, attempts: 0 });
    },
    async sealCredential(pending) {
      for (;;) {
        const credential = await credentials.read();
        const sealed = credential === undefined ? null : await seal(credential);
        const outcome = await inTransaction(
          ['credentials', 'quarantine', 'sign-outs'],
          'readwrite',
          async ({ 'sign-outs': signOuts, ...stores }) => {
            const current = await requested<PendingSignOut | undefined>(signOuts.get(pending.id));
            // Another call was faster.
            if (!current || current.sealed) return current ?? null;
            // A response may have brought a new credential while the first was being sealed.
            if ((await readCredential(stores, frontendApi)) !== credential) return 'again';
            // Nor may the successor of one that was set aside come back.
            stores.quarantine.delete(frontendApi);
            if (!sealed) {
              signOuts.delete(pending.id);
              return null;
            }
            stores.credentials.delete(frontendApi);
            signOuts.put({ ...current, sealed }, pending.id);
            return { ...current, sealed };
          },
        );
        if (outcome !== 'again') return outcome;
      }
    },
    unseal: async ({ sealed }) => (sealed ? unsealIfPossible(sealed) : null),
    countAttempt: (pending) => put({ ...pending, attempts: pending.attempts + 1 }),
    finish,
  };
}

async function unsealIfPossible(sealed: SealedCredential): Promise<string | null> {
  try {
    return await unseal(sealed);
  } catch (error) {
    // WebCrypto's name for "not sealed with this key"; anything else, a busy disk for example, may pass.
    if (error instanceof DOMException && error.name === 'OperationError') return null;
    throw error;
  }
}
