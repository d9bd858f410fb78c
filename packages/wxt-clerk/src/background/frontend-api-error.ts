import { type ErrorCode, MessageError } from '../messages/message-error';
import { readClerkCode, readInstanceRefusal } from '../shared/instance-refusal';
import type { PublishableKey } from '../shared/publishable-key';
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
    super(codeOf(response, clerkCode), { retryAfterMs: retryAfterMs(response) });
    this.status = status;
    this.clerkCode = clerkCode;
  }
}

/** The Frontend API knows nothing new of the client, and neither that it is signed in nor that it is not. */
export class NoNewsError extends MessageError {
  constructor() {
    super('unavailable');
  }
}

function retryAfterMs({ status, retryAfterSeconds }: FrontendApiResponse): number | undefined {
  const { shortestMs, usualMs, longestMs } = RETRY_AFTER;
  if (retryAfterSeconds === null) return status === 429 ? usualMs : undefined;
  return Math.min(Math.max(retryAfterSeconds * 1000, shortestMs), longestMs);
}

// 422 too: Clerk's own client takes it for "unauthenticated" on a token request (isUnauthenticatedError: @clerk/shared 4.41.0,
// errors/helpers.ts; clerk-js 6.40.0, core/auth/AuthCookieService.ts, handleGetTokenError).
const STATUSES_OF_A_GONE_SESSION = [401, 403, 404, 422];

/** May this failure mean that the session was ended elsewhere? Only the client's own list of sessions says so. */
export function maySessionBeGone(error: unknown): boolean {
  return error instanceof FrontendApiError && STATUSES_OF_A_GONE_SESSION.includes(error.status);
}

/** May this answer to the question who is signed in mean that the server no longer knows the credential? */
export function mayCredentialBeDead(error: unknown): boolean {
  if (error instanceof NoNewsError) return true;
  return error instanceof FrontendApiError && error.code === 'refused';
}

// Of Clerk's codes those that mean "nobody behind this credential", and not "not this" or "not now".
const CODES_OF_NOBODY: (string | null)[] = [
  'authentication_invalid',
  'signed_out',
  'client_not_found',
  'dev_browser_unauthenticated',
];

/** Does the server say that a request has no signed-in person behind it? */
export function saysNobody(error: unknown): error is FrontendApiError {
  if (!(error instanceof FrontendApiError)) return false;
  return [400, 401].includes(error.status) && CODES_OF_NOBODY.includes(error.clerkCode);
}

/** Does the server say that what was to be ended is there no more? A gateway's 401 or 404 does not. */
export function saysGone(error: unknown): boolean {
  if (saysNobody(error)) return true;
  return error instanceof FrontendApiError && error.status === 404 && CODES_OF_GONE.includes(error.clerkCode);
}

const CODES_OF_GONE: (string | null)[] = ['resource_not_found', 'client_not_found'];

/**
 * Does it say so because the credential leads to no client? Not by itself in development: a dev browser has no client
 * before its first sign-in, and the one that is under way needs it.
 */
export function saysUnknownCredential(
  { clerkCode }: FrontendApiError,
  instanceType: PublishableKey['instanceType'],
): boolean {
  return instanceType === 'production' || clerkCode === 'dev_browser_unauthenticated';
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
