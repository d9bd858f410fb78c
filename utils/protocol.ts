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

/**
 * Every message of this extension: what is asked and what comes back. Both ends infer from this one type.
 * Signed out is the value `null`, never an error.
 */
export interface Protocol {
  /** A session token that is valid now. */
  'get-token': (options: TokenOptions) => SessionToken | null;
  /** The signed-in person. */
  'get-user': () => UserSnapshot | null;
  /** Ends every session of this extension on the Frontend API. */
  'sign-out': () => null;
  /** A page's Clerk changed the session, user or organization; the background reads them anew. */
  'session-changed': () => UserSnapshot | null;
}

export type MessageType = keyof Protocol;

/** What a message takes besides its `type`. */
export type OptionsOf<T extends MessageType> =
  Parameters<Protocol[T]> extends [infer Options] ? Options : Record<never, never>;

/** What a message answers. */
export type ValueOf<T extends MessageType> = ReturnType<Protocol[T]>;

/** A request in its wire form: `{ type, ...options }`. */
export type RequestOf<T extends MessageType> = { [K in T]: { type: K } & OptionsOf<K> }[T];
export type Request = RequestOf<MessageType>;

/**
 * A reply in its wire form. `revision` is that of the auth state when the answer was given, so that an older answer
 * never replaces a newer state; a refusal has none.
 */
export type Reply<Value = unknown> =
  | { ok: true; value: Value; revision: number }
  | { ok: false; error: ErrorBody; revision?: number };
