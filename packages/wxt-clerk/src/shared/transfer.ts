import type { ErrorBody } from '../messages/message-error';
import type { ApiAnswer, JsonValue } from '../messages/protocol';

/**
 * What a page of the extension hands over to the background with a request to the developer's API, and what it gets back, where
 * that is no JSON of a bearable size. Messages are JSON; the bytes go through a channel of the extension's own origin, which
 * a content script does not have, under a name that only this page and the background know.
 */
export interface Upload {
  /** What is sent. */
  body?: Blob | undefined;
  contentType?: string | undefined;
  /** In which form the page wants the answer, if the API does what it is asked for. */
  responseType?: 'blob' | undefined;
}

/** Bytes, each way. */
export const LARGEST_TRANSFER = 100 * 1024 * 1024;

/** How long one may take, in ms, the token included. No reply is pending meanwhile (`deadline.ts`). */
export const TRANSFER_MS = 300_000;

/** What the background says in a channel; a page says nothing there but its `Upload`. */
export type TransferNews =
  /** It listens. */
  | { news: 'ready' }
  /** It is at work, which it only stays while it is asked something. */
  | { news: 'working' }
  | { news: 'answer'; answer: ApiAnswer<Blob | JsonValue> }
  | { news: 'error'; error: ErrorBody };

export function openChannel(name: string): BroadcastChannel {
  return new BroadcastChannel(`wxt-clerk-transfer ${name}`);
}
