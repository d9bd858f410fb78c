import type { ErrorBody } from './message-error';

/** A session token and when it stops being valid. */
export interface SessionToken {
  /** The JWT to send as `Authorization: Bearer`. */
  token: string;
  /** Unix time in milliseconds, from the token's own `exp` claim. */
  expiresAt: number;
}

/** Something that a person has to do before their session is active. */
export interface SessionTask {
  /** `choose-organization`, `reset-password` or `setup-mfa`; a newer Clerk may have more. */
  key: string;
}

/** Who is signed in, as plain data. Nothing in it is secret. */
export interface UserSnapshot {
  userId: string;
  sessionId: string;
  /** `pending`: a person with a task left to do, who has no token before. Clerk's form leads them through it. */
  status: 'active' | 'pending';
  /** What a `pending` person has to do next; `null` for an active one. */
  currentTask: SessionTask | null;
  /** The session's active organization; `null` for the personal account, as all that begins with `organization` then is. */
  organizationId: string | null;
  organizationName: string | null;
  organizationSlug: string | null;
  /** Address of its picture, or `null` when it has none of its own. */
  organizationImageUrl: string | null;
  /** The person's role there, such as `org:admin`. */
  organizationRole: string | null;
  organizationPermissions: string[] | null;
  firstName: string | null;
  lastName: string | null;
  username: string | null;
  emailAddress: string | null;
  phoneNumber: string | null;
  /** Address of the picture, or `null` when the person has none of their own. */
  imageUrl: string | null;
  /** What the instance's own server says of the person. */
  publicMetadata: JsonObject;
  /** Unix time in milliseconds, as the two below. */
  createdAt: number | null;
  updatedAt: number | null;
  lastSignInAt: number | null;
}

/** What of a person Clerk shows in a list of accounts. */
export interface PublicUserData {
  userId: string | null;
  firstName: string | null;
  lastName: string | null;
  imageUrl: string | null;
  hasImage: boolean;
  /** The e-mail address, user name or number that the person is known by. */
  identifier: string | null;
}

/** A session as Clerk has it, but for its token. Times are Unix time in milliseconds. */
export interface SessionSnapshot {
  id: string;
  /** `active` or `pending`; an ended one may be listed with why it is over. */
  status: string;
  lastActiveAt: number | null;
  expireAt: number | null;
  abandonAt: number | null;
  createdAt: number | null;
  updatedAt: number | null;
  lastActiveOrganizationId: string | null;
  /** Who acts in the person's name, where somebody does; its `sub` is their id. */
  actor: JsonObject | null;
  tasks: SessionTask[] | null;
  currentTask: SessionTask | null;
  /** Minutes since the first and the second factor were verified; -1 for one that the person has not. */
  factorVerificationAge: [number, number] | null;
  lastActiveTokenExpiresAt: number | null;
  publicUserData: PublicUserData | null;
  user: UserSnapshot | null;
}

/** One of several sessions: the active one is whose person `get-user` tells. */
export interface ListedSession extends SessionSnapshot {
  isActive: boolean;
}

/** An organization, as its members see it. */
export interface OrganizationSnapshot {
  id: string;
  name: string;
  slug: string | null;
  imageUrl: string | null;
  hasImage: boolean;
}

/** What a person is in an organization. */
export interface MembershipSnapshot {
  organization: OrganizationSnapshot;
  role: string;
  permissions: string[];
}

/** The part of a signed-in person that web pages may see: no ids, no e-mail address. */
export interface PublicUser {
  firstName: string | null;
  lastName: string | null;
  /** Address of the picture, or `null` when the person has none of their own. */
  imageUrl: string | null;
}

/** Who is signed in, as content scripts are told. */
export interface PublicAuthState {
  isSignedIn: boolean;
  user: PublicUser | null;
}

/** What the background tells every document that subscribed. */
export interface AuthChanged extends PublicAuthState {
  type: 'auth-changed';
  /** As in a reply: an older push never replaces a newer state. */
  revision: number;
}

/** What it tells where it cannot know which document will hear it: who may know more asks. */
export type AuthChangedNotice = Pick<AuthChanged, 'type'> & { revision?: undefined };

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export type JsonObject = { [key: string]: JsonValue };

/** A request to the developer's own API, which the background makes with the person's session token. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute, on one of the `apiOrigins` of `access.config.ts`. */
  url: string;
  /** Only those of a short list (`core-messages.ts`): credentials are the background's business. */
  headers?: Record<string, string> | undefined;
  /** Sent as JSON; not with GET. */
  body?: JsonValue | undefined;
}

/** With which token it is made. */
export type ApiTokenOptions = Pick<TokenOptions, 'template' | 'organizationId' | 'sessionId'>;

/** How a request to it differs from a plain GET, and with which token one of the extension's own pages wants it. */
export type ApiOptions = Partial<Omit<ApiRequest, 'url'>> & ApiTokenOptions;

/** What the developer's API answered, also when that is an error of its own. */
export interface ApiAnswer<Body = JsonValue> {
  status: number;
  /** Those of a short list (`send-request.ts`), their names in lower case. */
  headers: Record<string, string>;
  /** The parsed JSON, else the text; `null` when there was none. */
  body: Body;
}

/** The same as `fetchApi` gives it. `ok` is a status from 200 to 299, as that of `fetch`: then `body` is what was asked for. */
export type ApiResponse<Body = JsonValue> =
  | (ApiAnswer<Body> & { ok: true })
  | (ApiAnswer<JsonValue> & { ok: false });

/** What checks an answer: a schema of valibot, zod, arktype or any other library that follows https://standardschema.dev. */
export interface AnswerSchema<Body> {
  readonly '~standard': {
    readonly validate: (value: unknown) => SchemaResult<Body> | Promise<SchemaResult<Body>>;
  };
}

type SchemaResult<Body> =
  | { readonly value: Body; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string }[] };

/** What a request can ask of its answer. */
export interface AnswerOptions<Body> {
  /** What the answer has to be, unless it is an error of the API: else the request fails with `response-invalid`. */
  schema?: AnswerSchema<Body> | undefined;
}

/** What one of the extension's own pages can send besides JSON. At most 100 MiB. */
export type ApiBody =
  | JsonValue
  | Blob
  | FormData
  | URLSearchParams
  | ArrayBuffer
  | ArrayBufferView<ArrayBuffer>
  | undefined;

/** What the extension's own pages can say of a request: all of `ApiOptions`, and files. */
export interface PageApiOptions extends Omit<ApiOptions, 'body'> {
  /**
   * Sent as JSON, if it is that. A `Blob`, a `FormData` and the like are sent as they are, and so is a text of which the header
   * `content-type` says that it is no JSON. Not with GET.
   */
  body?: ApiBody;
  /** The answer as a `Blob` of at most 100 MiB, unless it is an error of the API. Without it: JSON or text of at most 1 MiB. */
  responseType?: 'blob' | undefined;
}

/** What a token is asked for with: the options of Clerk's `session.getToken`, and two that Clerk has dropped. */
export interface TokenOptions {
  /** Name of a JWT template; without it the token is the session token. */
  template?: string | undefined;
  /** Id of an organization, `null` for the personal account; without it the active one. */
  organizationId?: string | null | undefined;
  /** A session of this extension; without it the active one. A `pending` session has a token only by its name. */
  sessionId?: string | undefined;
  /** Never answer from a cache. */
  skipCache?: boolean | undefined;
  /** Seconds that the token must still be valid for (what Clerk calls leeway). Default 15. */
  minTtlSeconds?: number | undefined;
  /** Another name for `minTtlSeconds`, which counts where both are given. Clerk has dropped it; here it is kept. */
  leewayInSeconds?: number | undefined;
  /** `false`: `null` in place of a failure. Clerk has dropped it; here it is kept. Default `true`. */
  throwOnError?: boolean | undefined;
}

/** Which session a message is about; without it the active one. */
export interface SessionOptions {
  sessionId?: string | undefined;
}

/** What becomes active. At least one of the two. */
export interface SetActiveOptions extends SessionOptions {
  /** `null` for the personal account; without it the session's own stays. */
  organizationId?: string | null | undefined;
}

/** Why a session is touched, as Clerk's server is told. */
export type TouchIntent = 'focus' | 'select_session' | 'select_org';

export interface TouchOptions extends SessionOptions {
  /** Default `focus`. */
  intent?: TouchIntent | undefined;
}

/** How long ago a person must have verified who they are: a name of Clerk's, or a level and minutes. */
export type Reverification =
  | 'strict_mfa'
  | 'strict'
  | 'moderate'
  | 'lax'
  | { level: 'first_factor' | 'second_factor' | 'multi_factor'; afterMinutes: number };

/** A question of authorization: at most one of role, permission, feature and plan, and a recent verification beside it. */
export interface AuthorizationQuestion {
  role?: string | undefined;
  permission?: string | undefined;
  feature?: string | undefined;
  plan?: string | undefined;
  reverification?: Reverification | undefined;
}

/** What a content script may say about the token it wants: anything else could make the background ask the server each time. */
export type PublicTokenOptions = Pick<TokenOptions, 'template'>;

/**
 * A reply in its wire form. `revision` is that of the auth state when the answer was given, so that an older answer
 * never replaces a newer state; a refusal has none.
 */
export type Reply<Value = unknown> =
  | { ok: true; value: Value; revision: number }
  | { ok: false; error: ErrorBody; revision?: number };
