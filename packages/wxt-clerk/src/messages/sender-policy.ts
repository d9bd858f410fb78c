import { type AccessConfig, isCovered, type TokenGrant } from '../shared/access-config';
import type { From, Message, Messages, Part } from './message';

/** What the browser says about a sender; each field is set by the browser, never by the sender. */
export interface Sender {
  id?: string | undefined;
  origin?: string | undefined;
  frameId?: number | undefined;
  /** Firefox has it from version 153: https://bugzilla.mozilla.org/show_bug.cgi?id=1891478 */
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
export type Audience = 'own-page' | 'status-site' | 'site' | 'token-site' | 'stranger';

/** What each audience may send as. A token site is a site, too; strangers are nobody. */
const KINDS: Record<Audience, readonly From[]> = {
  'own-page': ['own-pages'],
  'status-site': ['status-sites'],
  site: ['sites'],
  'token-site': ['token-sites', 'sites'],
  stranger: [],
};

/** The longest `type` that is looked up: to look up a text of 256 MiB takes a second, and Firefox 153 was seen to deliver it. */
export const LONGEST_TYPE = 64;

/**
 * Who is this sender? Decided on the three fields that were measured to tell the truth: `id`, `origin` and `frameId`.
 *
 * Measured in Chromium 156 and Firefox 153; the fields are of
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/runtime/MessageSender
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
  const { matches, status = [] } = access.contentScript;
  if (isCovered(origin, matches)) return tokenGrantOf(origin, access) ? 'token-site' : 'site';
  return isCovered(origin, status) ? 'status-site' : 'stranger';
}

/** The row of a message of this type, `undefined` when it is none of ours. */
export function rowOf(rows: Messages, type: unknown): Message | undefined {
  const isLookedUp = typeof type === 'string' && type.length <= LONGEST_TYPE && Object.hasOwn(rows, type);
  return isLookedUp ? rows[type] : undefined;
}

/** The part of a row that an audience may send, `undefined` for nothing: who is named in no part may not ask. */
export function partFor(audience: Audience, row: Message | undefined): Part | undefined {
  return row?.parts.find(({ from }) => KINDS[audience].some((kind) => [from].flat().includes(kind)));
}

/** What a site may have of tokens, `undefined` for nothing. */
export function tokenGrantOf(origin: string, { tokens }: AccessConfig): TokenGrant | undefined {
  return tokens.find((grant) => grant.origin === origin);
}
