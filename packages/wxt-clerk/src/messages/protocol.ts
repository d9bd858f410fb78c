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

/** What it tells where it cannot know which document will hear it: who may know more asks. */
export type AuthChangedNotice = Pick<AuthChanged, 'type'> & { revision?: undefined };

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

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

/** How a request to it differs from a plain GET. */
export type ApiOptions = Partial<Omit<ApiRequest, 'url'>>;

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
  /** A session of this extension; without it the active one. A `pending` session has a token only by its name. */
  sessionId?: string | undefined;
  /** Never answer from a cache. */
  skipCache?: boolean | undefined;
  /** Seconds that the token must still be valid for (what Clerk calls leeway). Default 15. */
  minTtlSeconds?: number | undefined;
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
