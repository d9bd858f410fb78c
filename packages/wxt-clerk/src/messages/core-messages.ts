import * as v from 'valibot';
import { type Message, message, type SiteDocument } from './message';
import { MessageError } from './message-error';
import type {
  ApiRequest,
  ApiTokenOptions,
  AuthorizationQuestion,
  JsonValue,
  PublicAuthState,
  PublicTokenOptions,
  PublicUser,
  Reverification,
  SessionOptions,
  SetActiveOptions,
  TokenOptions,
  TouchOptions,
  UserSnapshot,
} from './protocol';
import { publicAuthStateOf, publicUserOf } from './public-user';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(128));

const sessionId = v.optional(v.pipe(name, v.startsWith('sess_')));
const organizationId = v.optional(v.nullable(v.pipe(name, v.startsWith('org_'))));
const ttlSeconds = v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(3600)));

const ofToken = { template: v.optional(name), organizationId, sessionId };

const tokenOptions: v.GenericSchema<TokenOptions> = v.strictObject({
  ...ofToken,
  skipCache: v.optional(v.boolean()),
  minTtlSeconds: ttlSeconds,
  leewayInSeconds: ttlSeconds,
  throwOnError: v.optional(v.boolean()),
});

const sessionOptions: v.GenericSchema<SessionOptions> = v.strictObject({ sessionId });

const setActiveOptions: v.GenericSchema<SetActiveOptions> = v.pipe(
  v.strictObject({ sessionId, organizationId }),
  v.check((wanted) => wanted.sessionId !== undefined || wanted.organizationId !== undefined),
);

const touchOptions: v.GenericSchema<TouchOptions> = v.strictObject({
  sessionId,
  intent: v.optional(v.picklist(['focus', 'select_session', 'select_org'])),
});

const REVERIFICATIONS: unknown[] = ['strict_mfa', 'strict', 'moderate', 'lax'];

const verifiedWithin = v.strictObject({
  level: v.picklist(['first_factor', 'second_factor', 'multi_factor']),
  afterMinutes: v.pipe(v.number(), v.minValue(1)),
});

// Valibot's `union` alone would be half a kilobyte of what wakes the background.
const reverification = v.custom<Reverification>(
  (asked) => REVERIFICATIONS.includes(asked) || v.safeParse(verifiedWithin, asked).success,
);

const QUESTIONS = ['role', 'permission', 'feature', 'plan'] as const;

const question: v.GenericSchema<AuthorizationQuestion & SessionOptions> = v.pipe(
  v.strictObject({
    role: v.optional(name),
    permission: v.optional(name),
    feature: v.optional(name),
    plan: v.optional(name),
    reverification: v.optional(reverification),
    sessionId,
  }),
  v.check((asked) => {
    const count = QUESTIONS.filter((each) => asked[each] !== undefined).length;
    return count === 1 || (count === 0 && asked.reverification !== undefined);
  }),
);

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

const ofApiRequest = {
  method: v.picklist(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  url: v.pipe(v.string(), v.maxLength(2048), v.url()),
  headers: v.optional(headers),
  // The whole message is known to be JSON when a schema sees it.
  body: v.optional(v.custom<JsonValue>(() => true)),
};

const isSendable = ({ method, body }: ApiRequest) => method !== 'GET' || body === undefined;

const siteApiRequest: v.GenericSchema<ApiRequest> = v.pipe(v.strictObject(ofApiRequest), v.check(isSendable));

const apiRequest: v.GenericSchema<ApiRequest & ApiTokenOptions> = v.pipe(
  v.strictObject({ ...ofApiRequest, ...ofToken }),
  v.check(isSendable),
);

/** A request with a file, and the name of the channel through which the page hands the file over. */
export const transferOptions = v.strictObject({ name, request: apiRequest });

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
  /** The active session, or the one that is named; `null` when nobody is signed in. Never its token. */
  'get-session': message({
    schema: sessionOptions,
    from: 'own-pages',
    handle: (options, { auth }) => auth.getSession(options),
  }),
  /** Every session of this extension. */
  'list-sessions': message({ from: 'own-pages', handle: (_, { auth }) => auth.listSessions() }),
  /** Makes a session the active one, or an organization that of a session. */
  'set-active': message({
    schema: setActiveOptions,
    from: 'own-pages',
    handle: (options, { auth }) => auth.setActive(options),
  }),
  /** Tells the server that a session is in use. Its organization stays. */
  'touch-session': message({
    schema: touchOptions,
    from: 'own-pages',
    handle: (options, { auth }) => auth.touchSession(options),
  }),
  /** Ends a session. The others go on. */
  'end-session': message({
    schema: sessionOptions,
    from: 'own-pages',
    handle: (options, { auth }) => auth.endSession(options),
  }),
  /** Ends a session and takes it off the client's list. The others go on. */
  'remove-session': message({
    schema: sessionOptions,
    from: 'own-pages',
    handle: (options, { auth }) => auth.removeSession(options),
  }),
  /** Ends one session, or without a name every session of this extension. Done when it is over here. */
  'sign-out': message({
    schema: sessionOptions,
    from: 'own-pages',
    handle: (options, { auth }) => auth.signOut(options),
  }),
  /** What Clerk's own `checkAuthorization` answers; `false` when nobody is signed in. */
  'check-authorization': message({
    schema: question,
    from: 'own-pages',
    handle: ({ sessionId, ...asked }, { auth }) => auth.checkAuthorization(asked, { sessionId }),
  }),
  /** Every organization that the person is a member of. */
  'list-organizations': message({
    schema: sessionOptions,
    from: 'own-pages',
    handle: (options, { auth }) => auth.listOrganizations(options),
  }),
  /** A page's Clerk changed the session, user or organization; the background reads them anew. */
  'session-changed': message({ from: 'own-pages', handle: (_, { auth }) => auth.refresh() }),
  /** Asks the developer's own API on the sender's behalf, so that the token never leaves the background. */
  'fetch-api': message(
    {
      schema: apiRequest,
      from: 'own-pages',
      handle: ({ url, ...options }, { fetchApi }) => fetchApi(url, options),
    },
    {
      schema: siteApiRequest,
      from: 'sites',
      handle: ({ url, ...options }, { fetchApi }) => fetchApi(url, options),
    },
  ),
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
