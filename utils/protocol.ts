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

/**
 * Every message of this extension: what is asked and what comes back. Both ends infer from this one type.
 * Signed out is the value `null`, never an error.
 */
export interface Protocol {
  /** A session token that is valid now. */
  'get-token': () => SessionToken | null;
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

/** A reply in its wire form. */
export type Reply<Value = unknown> = { ok: true; value: Value } | { ok: false; error: ErrorBody };
