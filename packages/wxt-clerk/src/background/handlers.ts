import { MessageError } from '../messages/message-error';
import type { ApiRequest, ApiResponse, PublicAuthState, PublicTokenOptions } from '../messages/protocol';
import { tokenGrantOf } from '../messages/sender-policy';
import type { AccessConfig } from '../shared/access-config';
import type { AuthService } from './auth-service';
import { publicUserOf } from './public-user';
import type { Handlers, PublicHandlers, SiteDocument } from './router';
import { publicAuthStateOf, type Subscriber, type Subscriptions } from './subscriptions';

export interface HandlerDependencies {
  auth: AuthService;
  subscriptions: Subscriptions;
  fetchApi(request: ApiRequest): Promise<ApiResponse>;
  access: AccessConfig;
}

/** What the background does for its own pages, and what for content scripts. */
export function createHandlers({ auth, subscriptions, fetchApi, access }: HandlerDependencies): {
  handlers: Handlers;
  publicHandlers: PublicHandlers;
} {
  const isSignedIn = async () => (await auth.getUser()) !== null;
  const readPublicState = async (): Promise<PublicAuthState> =>
    publicAuthStateOf({ user: await auth.getUser() });

  return {
    handlers: {
      'get-token': ({ type: _, ...options }) => auth.getToken(options),
      'get-user': auth.getUser,
      'is-signed-in': isSignedIn,
      // Our own pages follow the published state themselves.
      subscribe: readPublicState,
      unsubscribe: async () => null,
      'fetch-api': fetchApi,
      'sign-out': auth.signOut,
      'session-changed': auth.refresh,
    },
    publicHandlers: {
      'get-token': async (request, { origin }) => auth.getToken(grantedOptions(request, origin, access)),
      'get-user': async () => publicUserOf(await auth.getUser()),
      'is-signed-in': isSignedIn,
      subscribe: async (_, site) => {
        const subscriber = subscriberOf(site);
        // Before the state is read, so that no change falls between the two.
        if (subscriber) await subscriptions.add(subscriber);
        return readPublicState();
      },
      unsubscribe: async (_, site) => {
        const subscriber = subscriberOf(site);
        if (subscriber) await subscriptions.remove(subscriber);
        return null;
      },
      'fetch-api': fetchApi,
    },
  };
}

/** @throws {MessageError} `forbidden` for any template but the one that is configured. */
function grantedOptions(
  { template: asked }: PublicTokenOptions,
  origin: string,
  access: AccessConfig,
): PublicTokenOptions {
  const granted = tokenGrantOf(origin, access);
  if (!granted) throw new MessageError('forbidden');
  // Who names no template gets what there is.
  if (asked !== undefined && asked !== granted.template) throw new MessageError('forbidden');
  return { template: granted.template };
}

function subscriberOf({ tabId, documentId }: SiteDocument): Subscriber | null {
  return tabId === undefined ? null : { tabId, documentId };
}
