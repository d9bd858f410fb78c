/** What the browser says about a sender; each field is set by the browser, never by the sender. */
export interface Sender {
  id?: string | undefined;
  origin?: string | undefined;
  frameId?: number | undefined;
}

/** This extension, as senders are compared to it. */
export interface OwnExtension {
  id: string;
  /** `chrome-extension://…` or `moz-extension://…`, without a slash at the end. */
  origin: string;
}

/**
 * May this sender ask the background anything? Only our own top-level pages may; everything else is refused.
 *
 * `sender.tab` says nothing: our own pages have it when they are open in a tab. `sender.url` lies for sandboxed frames.
 * Popup, side panel and sidebar have no `frameId`; our own page framed by a web site has our origin with `frameId` > 0.
 */
export function mayAsk(sender: Sender, own: OwnExtension): boolean {
  const isTopLevel = sender.frameId === undefined || sender.frameId === 0;
  return sender.id === own.id && sender.origin === own.origin && isTopLevel;
}
