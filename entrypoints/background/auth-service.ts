import type { AuthState } from '../../utils/auth-state';
import { expiryOf } from '../../utils/jwt';
import type { SessionToken, UserSnapshot } from '../../utils/protocol';
import type { ClerkClient } from './clerk-client';
import { isSessionGone, toFrontendApiError } from './frontend-api-error';

/** What the auth service stands on; given from outside so that its rules run in a test without a browser. */
export interface AuthServiceDependencies {
  /** Loads the Clerk client; called at most once at a time, and again only after a failure. */
  loadClerk(): Promise<ClerkClient>;
  readState(): Promise<AuthState | null>;
  writeState(state: AuthState): Promise<void>;
}

export interface AuthService {
  getToken(): Promise<SessionToken | null>;
  getUser(): Promise<UserSnapshot | null>;
  signOut(): Promise<null>;
  /** Reads the session anew after a page's Clerk changed it. */
  refresh(): Promise<UserSnapshot | null>;
}

/** The one owner of the auth state. Every value is plain data; every failure is a `MessageError`. */
export function createAuthService({
  loadClerk,
  readState,
  writeState,
}: AuthServiceDependencies): AuthService {
  const getClerk = shareInFlight(loadClerk);

  async function publish(user: UserSnapshot | null): Promise<UserSnapshot | null> {
    const last = await readState();
    if (!last || !isSameUser(last.user, user)) {
      await writeState({ revision: (last?.revision ?? 0) + 1, user });
    }
    return user;
  }

  async function refresh(): Promise<UserSnapshot | null> {
    const isFirst = !getClerk.isDone();
    const clerk = await getClerk();
    // A client that was just created has just asked.
    if (!isFirst) await clerk.refresh();
    return publish(clerk.user());
  }

  async function getUser(): Promise<UserSnapshot | null> {
    const state = await readState();
    if (state) return state.user;
    return publish((await getClerk()).user());
  }

  async function getToken(): Promise<SessionToken | null> {
    if ((await readState())?.user === null) return null;
    const clerk = await getClerk();
    await publish(clerk.user());
    try {
      const token = await clerk.getToken();
      return token === null ? null : { token, expiresAt: expiryOf(token) };
    } catch (error) {
      // The session may have been ended elsewhere; only the client's own list says so with authority.
      if (isSessionGone(error) && (await refresh()) === null) return null;
      throw error;
    }
  }

  async function signOut(): Promise<null> {
    const clerk = await getClerk();
    await clerk.signOut();
    await publish(null);
    return null;
  }

  return {
    getToken: withCodedErrors(getToken),
    getUser: withCodedErrors(getUser),
    signOut: withCodedErrors(signOut),
    refresh: withCodedErrors(refresh),
  };
}

interface Shared<T> {
  (): Promise<T>;
  isDone(): boolean;
}

/** One call in flight at a time, its success kept, its failure shared by those who waited and kept by nobody. */
function shareInFlight<T>(create: () => Promise<T>): Shared<T> {
  let current: Promise<T> | null = null;
  let done = false;
  const get = () => {
    current ??= create().then(
      (value) => {
        done = true;
        return value;
      },
      (error) => {
        current = null;
        throw error;
      },
    );
    return current;
  };
  return Object.assign(get, { isDone: () => done });
}

function withCodedErrors<T>(operation: () => Promise<T>): () => Promise<T> {
  return () =>
    operation().catch((error) => {
      throw toFrontendApiError(error);
    });
}

function isSameUser(a: UserSnapshot | null, b: UserSnapshot | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
