import { type ErrorCode, MessageError } from '../messages/message-error';
import { instanceRefusal, readClerkCode } from '../shared/instance-refusal';
import type { FrontendApiResponse } from './clerk-client';
import { RETRY_AFTER } from './throttles';

/** A Frontend API answer other than success, with what Clerk's error envelope says. */
export class FrontendApiError extends MessageError {
  readonly status: number;
  /** Clerk's own code, such as `resource_not_found`. */
  readonly clerkCode: string | null;

  constructor(response: FrontendApiResponse) {
    const { status, payload } = response;
    const clerkCode = readClerkCode(payload);
    super(codeOf(status, clerkCode), { retryAfterMs: retryAfterMs(response) });
    this.status = status;
    this.clerkCode = clerkCode;
  }
}

function retryAfterMs({ status, retryAfterSeconds }: FrontendApiResponse): number | undefined {
  const { shortestMs, usualMs, longestMs } = RETRY_AFTER;
  if (retryAfterSeconds === null) return status === 429 ? usualMs : undefined;
  return Math.min(Math.max(retryAfterSeconds * 1000, shortestMs), longestMs);
}

// 422 too: Clerk's own client takes it for "unauthenticated" on a token request.
const STATUSES_OF_A_GONE_SESSION = [401, 403, 404, 422];

/** May this failure mean that the session was ended elsewhere? Only the client's own list of sessions says so. */
export function maySessionBeGone(error: unknown): boolean {
  return error instanceof FrontendApiError && STATUSES_OF_A_GONE_SESSION.includes(error.status);
}

const ACCOUNT_BLOCKS: (string | null)[] = ['user_banned', 'user_deactivated', 'user_locked'];

function codeOf(status: number, clerkCode: string | null): ErrorCode {
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'unavailable';
  if (ACCOUNT_BLOCKS.includes(clerkCode)) return 'account-blocked';
  return instanceRefusal(clerkCode) ?? 'refused';
}
