/**
 * The one file that builds the background's Clerk client, on `@clerk/clerk-js/no-rhc` itself: the extension package's
 * `createClerkClient({ background: true })` takes no load options and pulls Clerk's UI into the worker.
 */
import { Clerk } from '@clerk/clerk-js/no-rhc';
import { type CredentialStore, credentialKey } from '../../utils/credential-store';
import type { UserSnapshot } from '../../utils/protocol';
import { parsePublishableKey } from '../../utils/publishable-key';
import { attachCredential, type CredentialHooks } from './credential-hooks';

/** What the auth service needs of Clerk, and nothing else. */
export interface ClerkClient {
  /** The signed-in person as of the last answer of the Frontend API; `null` when signed out. */
  user(): UserSnapshot | null;
  /** Asks the Frontend API again who is signed in. */
  refresh(): Promise<void>;
  /** A session token from Clerk's own cache or the Frontend API; `null` when signed out. */
  getToken(): Promise<string | null>;
  /** Ends every session of this client on the Frontend API. */
  signOut(): Promise<void>;
}

type LoadedClerk = Clerk & { client: NonNullable<Clerk['client']> };
type Session = LoadedClerk['client']['sessions'][number];

/**
 * Creates and loads a Clerk client: two requests, environment and client.
 *
 * @throws What Clerk throws when the Frontend API cannot be reached or refuses.
 */
export async function createClerkClient(
  publishableKey: string,
  store: CredentialStore,
): Promise<ClerkClient> {
  const { instanceType, frontendApi } = parsePublishableKey(publishableKey);
  Clerk.sdkMetadata = { name: '@clerk/chrome-extension', version: __CLERK_SDK_VERSION__ };
  const clerk = new Clerk(publishableKey);
  attachCredential(clerk as unknown as CredentialHooks, store, credentialKey(frontendApi), instanceType);
  await clerk.load({ standardBrowser: false, telemetry: false });
  forgetTokensWithoutOrigin(clerk as LoadedClerk);
  return adapt(clerk as LoadedClerk);
}

function adapt(clerk: LoadedClerk): ClerkClient {
  // `clerk.session` is not followed: without a standard browser Clerk never moves it when another context signs in.
  const activeSession = (): Session | null => {
    const active = clerk.client.sessions.filter((session) => session.status === 'active');
    return active.find((session) => session.id === clerk.client.lastActiveSessionId) ?? active[0] ?? null;
  };
  return {
    user: () => snapshotOf(activeSession()),
    // Not in Clerk's types; it is what Clerk calls after a 401. Updates the one `Client` in place.
    refresh: async () => {
      await (clerk.client as unknown as { fetch(): Promise<unknown> }).fetch();
      forgetTokensWithoutOrigin(clerk);
    },
    getToken: async () => (await activeSession()?.getToken()) ?? null,
    // `clerk.signOut()` ends with "window is not defined" in a worker, after doing just this.
    signOut: async () => void (await clerk.client.removeSessions()),
  };
}

/**
 * Browsers send no `Origin` with a GET to a host that the extension has permission for, so the tokens that come along
 * with the client have no `azp` claim, and a server that checks `authorizedParties` refuses them.
 */
function forgetTokensWithoutOrigin({ client }: LoadedClerk): void {
  for (const session of client.sessions) session.clearCache();
}

function snapshotOf(session: Session | null): UserSnapshot | null {
  const user = session?.user;
  if (!session || !user) return null;
  return {
    userId: user.id,
    sessionId: session.id,
    organizationId: session.lastActiveOrganizationId,
    firstName: user.firstName,
    lastName: user.lastName,
    emailAddress: user.primaryEmailAddress?.emailAddress ?? null,
    imageUrl: user.hasImage ? user.imageUrl : null,
  };
}
