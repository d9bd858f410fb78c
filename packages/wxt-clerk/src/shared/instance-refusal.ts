import type { ErrorCode } from '../messages/message-error';

const REFUSALS = new Map<string | null, ErrorCode>([
  ['origin_invalid', 'origin-refused'],
  ['origin_authorization_headers_conflict', 'origin-refused'],
  ['native_api_disabled', 'native-api-off'],
  ['requires_captcha', 'captcha-required'],
  // Clerk's own spelling, by public reports of "redirect url … do not match an authorized redirect URI".
  ['resource_missmatch', 'redirect-refused'],
  ['invalid_url_scheme', 'redirect-refused'],
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

const REDIRECT_PARAMETERS = ['redirect_url', 'action_complete_redirect_url'];

/** The same for a whole answer: an address that is not on the instance's list is refused by the name of its parameter. */
export function readInstanceRefusal(payload: unknown): ErrorCode | null {
  const refusal = instanceRefusal(readClerkCode(payload));
  const { meta } = (payload as { errors?: { meta?: { param_name?: unknown } }[] } | null)?.errors?.[0] ?? {};
  return refusal ?? (REDIRECT_PARAMETERS.includes(String(meta?.param_name)) ? 'redirect-refused' : null);
}
