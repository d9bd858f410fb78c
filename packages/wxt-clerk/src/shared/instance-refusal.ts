import type { ErrorCode } from '../messages/message-error';

const REFUSALS = new Map<string | null, ErrorCode>([
  ['origin_invalid', 'origin-refused'],
  ['origin_authorization_headers_conflict', 'origin-refused'],
  ['native_api_disabled', 'native-api-off'],
  ['requires_captcha', 'captcha-required'],
  ['host_invalid', 'misconfigured'],
  ['publishable_key_invalid', 'misconfigured'],
]);

/**
 * What one of Clerk's codes says of the instance, or of this build: that they are not set up for each other, which is
 * nothing that the person did. `null` for every other code.
 */
export function instanceRefusal(clerkCode: string | null): ErrorCode | null {
  return REFUSALS.get(clerkCode) ?? null;
}

/** Clerk's own code for a failure, the first of its error envelope; `null` when there is none. */
export function readClerkCode(payload: unknown): string | null {
  const errors = (payload as { errors?: { code?: unknown }[] } | null)?.errors;
  const code = Array.isArray(errors) ? errors[0]?.code : null;
  return typeof code === 'string' ? code : null;
}
