import type { ErrorCode } from '../../messages/message-error';
import { readInstanceRefusal } from '../../shared/instance-refusal';
import { createNotice } from './notice';

const notice = createNotice<ErrorCode>();

/** A response as Clerk's hook hands it on. */
export interface AnsweredRequest {
  method?: string;
}

/**
 * Remembers that the instance refuses this extension: Clerk's form shows the sentence of the Frontend API, which tells
 * the person nothing. A later success ends it, but no GET: browsers send those without an `Origin` (seen in
 * Chromium 156 and Firefox 153).
 */
export function noteRefusal(
  { method }: AnsweredRequest,
  response: { status: number; payload?: unknown } | undefined,
): void {
  if (!response) return;
  const refusal = readInstanceRefusal(response.payload);
  if (refusal) notice.tell(refusal);
  else if (method !== 'GET' && response.status < 400) notice.tell(null);
}

/**
 * Remembers that the person has taken away the permission that single sign-on comes back by, or has given it again: it
 * is in the way of the form as much as a refusal is.
 */
export function notePermission(isThere: boolean): void {
  if (!isThere) notice.tell('host-permission-missing');
  else if (notice.get() === 'host-permission-missing') notice.tell(null);
}

/** Why the instance refuses this extension, `null` when it does not. */
export const useInstanceRefusal = notice.use;
