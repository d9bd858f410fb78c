import type * as v from 'valibot';
import type { TokenGrant } from '../shared/access-config';
import type { CoreMessages } from './core-messages';
import type {
  ApiAnswer,
  ApiOptions,
  AuthorizationQuestion,
  ListedSession,
  MembershipSnapshot,
  SessionOptions,
  SessionSnapshot,
  SessionToken,
  SetActiveOptions,
  TokenOptions,
  TouchOptions,
  UserSnapshot,
} from './protocol';

/**
 * Who may send a message: the extension's own pages; its content scripts in the top frame of a site that
 * `access.config.ts` names; only those on a site that may have tokens, which is a site, too; or those on a site that is named
 * for nothing but the question who is signed in, which may be every page there is.
 */
export type From = 'own-pages' | 'sites' | 'token-sites' | 'status-sites';

/** The document that a content script of ours runs in, as the browser says it. */
export interface SiteDocument {
  origin: string;
  tabId: number | undefined;
  /** Firefox has it from version 153: https://bugzilla.mozilla.org/show_bug.cgi?id=1891478 */
  documentId: string | undefined;
  /** What the site may have of tokens; `undefined` for none. */
  tokenGrant: TokenGrant | undefined;
}

/** What a handler works with, besides the message's options. Each call fails with a `MessageError`, as the caller's does. */
export interface MessageContext<Kind extends From = From> {
  auth: {
    /** A session token that is valid now, `null` when nobody is signed in or the person has a task left to do. */
    getToken(options?: TokenOptions): Promise<SessionToken | null>;
    /** The signed-in person, `null` for nobody. One whose `status` is `pending` has a task left to do. */
    getUser(): Promise<UserSnapshot | null>;
    /** Ends one session, or without a name every session of this extension. */
    signOut(options?: SessionOptions): Promise<null>;
    /** Asks the Frontend API who is signed in, after something changed it elsewhere. */
    refresh(): Promise<UserSnapshot | null>;
    /** The active session, or the one that is named; `null` when nobody is signed in. */
    getSession(options?: SessionOptions): Promise<SessionSnapshot | null>;
    /** Every session of this extension. */
    listSessions(): Promise<ListedSession[]>;
    /** Makes a session the active one, or an organization that of a session. @throws {MessageError} `not-a-member`. */
    setActive(options: SetActiveOptions): Promise<UserSnapshot | null>;
    /** Tells the server that a session is in use. */
    touchSession(options?: TouchOptions): Promise<SessionSnapshot | null>;
    /** Ends a session; the others go on. */
    endSession(options?: SessionOptions): Promise<SessionSnapshot | null>;
    /** Ends a session and takes it off the client's list. */
    removeSession(options?: SessionOptions): Promise<SessionSnapshot | null>;
    /** What Clerk's own `checkAuthorization` answers. */
    checkAuthorization(question: AuthorizationQuestion, options?: SessionOptions): Promise<boolean>;
    /** Every organization that the person is a member of. */
    listOrganizations(options?: SessionOptions): Promise<MembershipSnapshot[]>;
  };
  /** Asks the developer's own API with the person's session token. @param url On one of the `apiOrigins`. */
  fetchApi(url: string, options?: ApiOptions): Promise<ApiAnswer>;
  /** Tells a site's document of every change of the auth state, until it is gone. */
  follow(site: SiteDocument): Promise<void>;
  /** The site that asks; `null` for one of our own pages. */
  site: Kind extends 'own-pages' ? null : SiteDocument;
}

/** Options are an object: beside `type`, they are the message on the wire. */
export type OptionsSchema = v.GenericSchema<object, object>;

/** Of a message without a schema. */
export type NoOptions = v.StrictObjectSchema<Record<never, never>, undefined>;

/** What one kind of sender may say with a message, and what is done for it. */
export interface Part<
  Schema extends OptionsSchema = OptionsSchema,
  Kind extends From = From,
  Value = unknown,
> {
  /** What the message takes beside its `type`; without it, nothing. `strictObject` refuses what it does not name. */
  schema?: Schema;
  from: Kind | readonly Kind[];
  /** Runs in the background, for at most 20 s. What it gives back is sent as JSON; `undefined` arrives as `null`. */
  handle(options: v.InferOutput<Schema>, context: MessageContext<Kind>): Value | Promise<Value>;
}

/** One row: everything that is to be known about a message. */
export interface Message<Parts extends readonly Part[] = readonly Part[]> {
  readonly parts: Parts;
}

/** Rows by the `type` that they have on the wire. */
export type Messages = Record<string, Message>;

/**
 * A message: what it takes, who may send it, and what the background does for it. Sites may be given a part of their
 * own that takes or answers less: `message({ from: 'own-pages', … }, { from: 'sites', … })`. Who is named in no part is
 * refused.
 */
export function message<Kind extends From, Value, Schema extends OptionsSchema = NoOptions>(
  part: Part<Schema, Kind, Value>,
): Message<[Part<Schema, Kind, Value>]>;
export function message<
  Kind extends From,
  Value,
  SiteKind extends From,
  SiteValue,
  Schema extends OptionsSchema = NoOptions,
  SiteSchema extends OptionsSchema = NoOptions,
>(
  part: Part<Schema, Kind, Value>,
  sitePart: Part<SiteSchema, SiteKind, SiteValue>,
): Message<[Part<Schema, Kind, Value>, Part<SiteSchema, SiteKind, SiteValue>]>;
// Without side effects, so that a page which imports only `sendMessage` from the same file leaves the rows out:
// https://github.com/javascript-compiler-hints/compiler-notations-spec/blob/main/no-side-effects-notation-spec.md
/* @__NO_SIDE_EFFECTS__ */
export function message(...parts: Part[]): Message {
  return { parts };
}

/** The messages of a product, each beside the core's own. A name that the core has does not compile. */
/* @__NO_SIDE_EFFECTS__ */
export function defineMessages<const Own extends Messages>(
  own: Own & { [Type in keyof Own & keyof CoreMessages]: never },
): Own {
  return own;
}

/** The kinds of senders that a context has: a content script does not know which kind of site it is on. */
export type ContentScripts = 'sites' | 'token-sites' | 'status-sites';

type PartFrom<Kind extends From, Row> =
  Row extends Message<infer Parts> ? PartWithKind<Kind, Parts[number]> : never;
type PartWithKind<Kind extends From, Each> =
  Each extends Part<infer _Schema, infer Named, infer _Value>
    ? [Extract<Named, Kind>] extends [never]
      ? never
      : Each
    : never;

/** The types of those rows that this kind of sender may send. */
export type TypesFrom<Kind extends From, Rows> = {
  [Type in keyof Rows & string]: [PartFrom<Kind, Rows[Type]>] extends [never] ? never : Type;
}[keyof Rows & string];

/** What a row takes from this kind of sender, besides its type. */
export type OptionsFrom<Kind extends From, Row> =
  PartFrom<Kind, Row> extends Part<infer Schema, infer _Kind, infer _Value> ? v.InferInput<Schema> : never;

/** What it answers, as it arrives. */
export type ValueFor<Kind extends From, Row> =
  PartFrom<Kind, Row> extends Part<infer _Schema, infer _Kind, infer Value> ? Arriving<Value> : never;

type Arriving<Value> = Value extends void ? null : Value;
