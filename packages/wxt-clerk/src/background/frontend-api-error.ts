import { type ErrorCode, MessageError } from '../messages/message-error';
import { readClerkCode, readInstanceRefusal } from '../shared/instance-refusal';
import type { FrontendApiResponse } from './clerk-script/clerk-client';
import { RETRY_AFTER } from './throttles';

/** A Frontend API answer other than success, with what Clerk's error envelope says. */
export class FrontendApiError extends MessageError {
  readonly status: number;
  /** Clerk's own code, such as `resource_not_found`. */
  readonly clerkCode: string | null;

  constructor(response: FrontendApiResponse) {
    const { status, payload } = response;
    const clerkCode = readClerkCode(payload);
    super(codeOf(response, clerkCode), { retryAfterMs: retryAfterMs(response) });
    this.status = status;
    this.clerkCode = clerkCode;
  }
}

/** The Frontend API knows nothing new of the client, and neither that it is signed in nor that it is not. */
export class NoNewsError extends MessageError {
  readonly isNoNews = true;

  constructor() {
    super('unavailable');
  }
}

function retryAfterMs({ status, retryAfterSeconds }: FrontendApiResponse): number | undefined {
  const { shortestMs, usualMs, longestMs } = RETRY_AFTER;
  if (retryAfterSeconds === null) return status === 429 ? usualMs : undefined;
  return Math.min(Math.max(retryAfterSeconds * 1000, shortestMs), longestMs);
}

const ACCOUNT_BLOCKS: (string | null)[] = ['user_banned', 'user_deactivated', 'user_locked'];

/** Is this no word of the server's: of one in trouble, or a redirect, which the Frontend API never answers with? */
export function isOfNoServer({ status }: Pick<FrontendApiResponse, 'status'>): boolean {
  return status >= 500 || (status >= 300 && status < 400);
}

function codeOf(response: FrontendApiResponse, clerkCode: string | null): ErrorCode {
  if (response.status === 429) return 'rate-limited';
  if (isOfNoServer(response)) return 'unavailable';
  if (ACCOUNT_BLOCKS.includes(clerkCode)) return 'account-blocked';
  return readInstanceRefusal(response.payload) ?? 'refused';
}
