import { type ErrorCode, MessageError } from '../../utils/message-error';

/** The fields that Clerk's API errors carry (`ClerkAPIResponseError` in `@clerk/shared/error`). */
interface ApiError {
  status: number;
  retryAfter?: number;
}

/** What the Frontend API answers a token request of a session that it may have ended. */
const STATUSES_OF_A_GONE_SESSION = [401, 403, 404, 422];

/** May this failure mean that the session was ended elsewhere? */
export function isSessionGone(error: unknown): boolean {
  return isApiError(error) && STATUSES_OF_A_GONE_SESSION.includes(error.status);
}

/** Any failure of a Frontend API request as a coded error. Clerk's own text stays here: it may hold the credential's URL. */
export function toFrontendApiError(error: unknown): MessageError {
  if (error instanceof MessageError) return error;
  if (!isApiError(error))
    return new MessageError(navigator.onLine ? 'unavailable' : 'offline', { cause: error });
  return new MessageError(codeOf(error.status), {
    cause: error,
    retryAfterMs: error.retryAfter === undefined ? undefined : error.retryAfter * 1000,
  });
}

function codeOf(status: number): ErrorCode {
  if (status === 429) return 'rate-limited';
  return status >= 500 ? 'unavailable' : 'refused';
}

function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}
