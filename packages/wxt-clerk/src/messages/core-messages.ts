import * as v from 'valibot';
import { type Message, message, type SiteDocument } from './message';
import { MessageError } from './message-error';
import type {
  ApiRequest,
  JsonValue,
  PublicAuthState,
  PublicTokenOptions,
  PublicUser,
  TokenOptions,
  UserSnapshot,
} from './protocol';
import { publicAuthStateOf, publicUserOf } from './public-user';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(128));

const tokenOptions: v.GenericSchema<TokenOptions> = v.strictObject({
  template: v.optional(name),
  organizationId: v.optional(v.nullable(v.pipe(name, v.startsWith('org_')))),
  sessionId: v.optional(v.pipe(name, v.startsWith('sess_'))),
  skipCache: v.optional(v.boolean()),
  minTtlSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(3600))),
});

const publicTokenOptions: v.GenericSchema<PublicTokenOptions> = v.strictObject({
  template: v.optional(name),
});

// A list of what may be sent, and not of what may not: headers that carry credentials get new names all the time.
const SENDABLE_HEADERS = [
  'accept',
  'accept-language',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'x-request-id',
];

const headers = v.pipe(
  v.record(
    v.pipe(v.string(), v.toLowerCase(), v.picklist(SENDABLE_HEADERS)),
    v.pipe(v.string(), v.maxLength(1024), v.regex(/^[\x20-\x7e]*$/)),
  ),
  v.check((given) => isJsonType(given['content-type'])),
);

const apiRequest: v.GenericSchema<ApiRequest> = v.pipe(
  v.strictObject({
    method: v.picklist(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    url: v.pipe(v.string(), v.maxLength(2048), v.url()),
    headers: v.optional(headers),
    // The whole message is known to be JSON when a schema sees it.
    body: v.optional(v.custom<JsonValue>(() => true)),
  }),
  v.check(({ method, body }) => method !== 'GET' || body === undefined),
);

/** The messages of the core: a row each, with all that is to be known about it. Signed out is the value `null`. */
export const coreMessages = {
  /** A session token that is valid now. A site has it only of the one template that is configured for it. */
  'get-token': message(
    {
      schema: tokenOptions,
      from: 'own-pages',
      handle: (options, { auth }) => auth.getToken(options),
    },
    {
      schema: publicTokenOptions,
      from: 'token-sites',
      handle: ({ template }, { auth, site }) => auth.getToken(grantedOptions(template, site)),
    },
  ),
  /** The signed-in person; sites get the public part. */
  'get-user': message(
    {
      from: 'own-pages',
      handle: (_, { auth }): Promise<UserSnapshot | null> => auth.getUser(),
    },
    {
      from: ['sites', 'status-sites'],
      handle: async (_, { auth }): Promise<PublicUser | null> => publicUserOf(await auth.getUser()),
    },
  ),
  /** Ends every session of this extension on the Frontend API. */
  'sign-out': message({ from: 'own-pages', handle: (_, { auth }) => auth.signOut() }),
  /** A page's Clerk changed the session, user or organization; the background reads them anew. */
  'session-changed': message({ from: 'own-pages', handle: (_, { auth }) => auth.refresh() }),
  /** Asks the developer's own API on the sender's behalf, so that the token never leaves the background. */
  'fetch-api': message({
    schema: apiRequest,
    from: ['own-pages', 'sites'],
    handle: ({ url, ...options }, { fetchApi }) => fetchApi(url, options),
  }),
  /** Who is signed in; the content script's document is also told of every change until it is gone. */
  subscribe: message({
    from: ['sites', 'status-sites'],
    handle: async (_, { auth, follow, site }): Promise<PublicAuthState> => {
      // Before the state is read, so that no change falls between the two.
      await follow(site);
      return publicAuthStateOf({ user: await auth.getUser() });
    },
  }),
} satisfies Record<string, Message>;

export type CoreMessages = typeof coreMessages;

/** @throws {MessageError} `forbidden` for any template but the one that is configured. */
function grantedOptions(asked: string | undefined, { tokenGrant }: SiteDocument): PublicTokenOptions {
  if (!tokenGrant) throw new MessageError('forbidden');
  // Who names no template gets what there is.
  if (asked !== undefined && asked !== tokenGrant.template) throw new MessageError('forbidden');
  return { template: tokenGrant.template };
}

// The body is always JSON; `application/merge-patch+json` is, too.
function isJsonType(contentType: string | undefined): boolean {
  return contentType === undefined || /^application\/([\w.-]+\+)?json(; ?charset=utf-8)?$/i.test(contentType);
}
