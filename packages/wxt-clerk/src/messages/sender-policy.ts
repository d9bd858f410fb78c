import { type AccessConfig, isCovered, type TokenGrant } from '../shared/access-config';
import type { MessageType, PublicMessageType } from './protocol';

/** What the browser says about a sender; each field is set by the browser, never by the sender. */
export interface Sender {
  id?: string | undefined;
  origin?: string | undefined;
  frameId?: number | undefined;
  /** Firefox has it from version 153. */
  documentId?: string | undefined;
  tab?: { id?: number | undefined } | undefined;
}

/** This extension, as senders are compared to it. */
export interface OwnExtension {
  id: string;
  /** `chrome-extension://…` or `moz-extension://…`, without a slash at the end. */
  origin: string;
}

/** Who a sender is to us. A site is our content script in the top frame of a web page that the developer named. */
export type Audience = 'own-page' | 'site' | 'token-site' | 'stranger';

type Granted<T extends MessageType> = T extends PublicMessageType
  ? Exclude<Audience, 'stranger'>
  : 'own-page';

/**
 * Who may ask what. Everything that is not here is refused, to strangers all of it. A `token-site` has its token only of
 * the JWT template that is configured for it, or only the plain session token when none is.
 */
export const GRANTS = {
  'get-token': ['own-page', 'token-site'],
  'get-user': ['own-page', 'site', 'token-site'],
  'is-signed-in': ['own-page', 'site', 'token-site'],
  subscribe: ['own-page', 'site', 'token-site'],
  unsubscribe: ['own-page', 'site', 'token-site'],
  'fetch-api': ['own-page', 'site', 'token-site'],
  'sign-out': ['own-page'],
  'session-changed': ['own-page'],
} as const satisfies { [T in MessageType]: readonly Granted<T>[] };

/**
 * Who is this sender? Decided on the three fields that were measured to tell the truth: `id`, `origin` and `frameId`.
 *
 * `sender.tab` says nothing: our own pages have it when they are open in a tab. `sender.url` lies for sandboxed frames.
 * Popup, side panel and sidebar have no `frameId`; our own page framed by a web site has our origin with `frameId` > 0.
 * Frames inside a site are strangers: they have its origin when they are `about:blank`, whoever wrote them.
 */
export function audienceOf(
  { id, origin, frameId }: Sender,
  own: OwnExtension,
  access: AccessConfig,
): Audience {
  if (id === undefined || id !== own.id || origin === undefined) return 'stranger';
  if (origin === own.origin) return frameId === undefined || frameId === 0 ? 'own-page' : 'stranger';
  if (frameId !== 0 || !/^https?:/.test(origin)) return 'stranger';
  // Where no content script of this build runs, nobody asks on the developer's behalf.
  if (!isCovered(origin, access.contentScript.matches)) return 'stranger';
  return tokenGrantOf(origin, access) ? 'token-site' : 'site';
}

/** May this audience send a message of this type, be it one of ours or not? */
export function mayAsk(audience: Audience, type: unknown): boolean {
  // Our own pages are told what is wrong with a message that nobody knows.
  if (audience === 'own-page') return true;
  return isMessageType(type) && (GRANTS[type] as readonly Audience[]).includes(audience);
}

/** What a site may have of tokens, `undefined` for nothing. */
export function tokenGrantOf(origin: string, { tokens }: AccessConfig): TokenGrant | undefined {
  return tokens.find((grant) => grant.origin === origin);
}

function isMessageType(type: unknown): type is MessageType {
  // The length first: to look up a text of 256 MiB takes a second, and Firefox delivers it.
  return typeof type === 'string' && type.length <= 32 && Object.hasOwn(GRANTS, type);
}
