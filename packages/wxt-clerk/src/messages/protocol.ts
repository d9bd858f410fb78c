import type { ErrorBody } from './message-error';

/** A session token and when it stops being valid. */
export interface SessionToken {
  /** The JWT to send as `Authorization: Bearer`. */
  token: string;
  /** Unix time in milliseconds, from the token's own `exp` claim. */
  expiresAt: number;
}

/** Who is signed in, as plain data. Nothing in it is secret. */
export interface UserSnapshot {
  userId: string;
  sessionId: string;
  organizationId: string | null;
  firstName: string | null;
  lastName: string | null;
  emailAddress: string | null;
  /** Address of the picture, or `null` when the person has none of their own. */
  imageUrl: string | null;
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

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A request to the developer's own API, which the background makes with the person's session token. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute, on one of the `apiOrigins` of `access.config.ts`. */
  url: string;
  /** Only those of a short list (`parse-request.ts`): credentials are the background's business. */
  headers?: Record<string, string> | undefined;
  /** Sent as JSON; not with GET. */
  body?: JsonValue | undefined;
}

/** What the developer's API answered, also when that is an error of its own. */
export interface ApiResponse {
  status: number;
  /** Those of a short list (`api-fetch.ts`), their names in lower case. */
  headers: Record<string, string>;
  /** The parsed JSON, else the text; `null` when there was none. */
  body: JsonValue;
}

/** What a token is asked for with: the options of Clerk's `session.getToken`. */
export interface TokenOptions {
  /** Name of a JWT template; without it the token is the session token. */
  template?: string | undefined;
  /** Id of an organization, `null` for the personal account; without it the active one. */
  organizationId?: string | null | undefined;
  /** Never answer from a cache. */
  skipCache?: boolean | undefined;
  /** Seconds that the token must still be valid for (what Clerk calls leeway). Default 15. */
  minTtlSeconds?: number | undefined;
}

/** What a content script may say about the token it wants: anything else could make the background ask the server each time. */
export type PublicTokenOptions = Pick<TokenOptions, 'template'>;

/**
 * Every message of this extension: what is asked and what comes back. Both ends infer from this one type.
 * Signed out is the value `null`, never an error.
 */
export interface Protocol {
  /** A session token that is valid now. */
  'get-token': (options: TokenOptions) => SessionToken | null;
  /** The signed-in person. */
  'get-user': () => UserSnapshot | null;
  'is-signed-in': () => boolean;
  /** Who is signed in; from a content script, its document is also told of every change until it is gone. */
  subscribe: () => PublicAuthState;
  unsubscribe: () => null;
  /** Asks the developer's own API on the sender's behalf, so that the token never leaves the background. */
  'fetch-api': (request: ApiRequest) => ApiResponse;
  /** Ends every session of this extension on the Frontend API. */
  'sign-out': () => null;
  /** A page's Clerk changed the session, user or organization; the background reads them anew. */
  'session-changed': () => UserSnapshot | null;
}

/** The messages that a content script may send, where the sender policy grants them, and what it gets for them. */
export interface PublicProtocol
  extends Pick<Protocol, 'is-signed-in' | 'subscribe' | 'unsubscribe' | 'fetch-api'> {
  /** Only for origins that are opted in. */
  'get-token': (options: PublicTokenOptions) => SessionToken | null;
  'get-user': () => PublicUser | null;
}

export type MessageType = keyof Protocol;
export type PublicMessageType = keyof PublicProtocol;

/** What a message takes besides its `type`. */
export type OptionsOf<T extends keyof P, P = Protocol> = P[T] extends (options: infer Options) => unknown
  ? unknown extends Options
    ? Record<never, never>
    : Options
  : never;

/** What a message answers. */
export type ValueOf<T extends keyof P, P = Protocol> = P[T] extends (options: never) => infer Value
  ? Value
  : never;

/** A request in its wire form: `{ type, ...options }`. */
export type RequestOf<T extends keyof P, P = Protocol> = { [K in T]: { type: K } & OptionsOf<K, P> }[T];
export type Request = RequestOf<MessageType>;
export type PublicRequest = RequestOf<PublicMessageType, PublicProtocol>;

/**
 * A reply in its wire form. `revision` is that of the auth state when the answer was given, so that an older answer
 * never replaces a newer state; a refusal has none.
 */
export type Reply<Value = unknown> =
  | { ok: true; value: Value; revision: number }
  | { ok: false; error: ErrorBody; revision?: number };
