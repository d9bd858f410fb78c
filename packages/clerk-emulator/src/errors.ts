/**
 * What the Frontend API answers, by error code; the texts follow Clerk's public error catalogue. Some codes are answered
 * only when a fault asks for them.
 */
const CATALOGUE = {
  client_not_found: [400, 'Client not found', 'No client was found for this request.'],
  account_transfer_invalid: [400, 'Invalid account transfer', 'There is no account to transfer.'],
  actor_token_already_used_code: [
    400,
    'actor token has already been used',
    'This actor token has already been used. Each token can only be used once.',
  ],
  backup_codes_not_available: [
    403,
    'backup codes not available',
    'Backup codes are available once another second factor is set up.',
  ],
  captcha_missing_token: [400, 'Missing CAPTCHA token', 'The request lacks the token of the CAPTCHA.'],
  already_a_member_in_organization: [
    400,
    'already a member',
    'This person is already a member of the organization.',
  ],
  missing_organization_permission: [
    403,
    'missing permission',
    'Current user is missing an organization permission.',
  ],
  not_a_member_in_organization: [
    403,
    'not a member',
    'Current user is not a member of the organization. Only organization members can perform this action.',
  ],
  organization_admin_delete_not_enabled: [
    403,
    'admin delete not enabled',
    'Deletion by admin is not enabled for this organization.',
  ],
  organization_domain_already_exists: [
    422,
    'organization domain already exists',
    'This domain is already used by another organization.',
  ],
  organization_domain_common: [
    422,
    'common email domain',
    'This is a common email provider domain. Please use a different one.',
  ],
  organization_domain_mismatch: [
    422,
    'Organization domain mismatch',
    "The provided email address doesn't match the organization domain name.",
  ],
  organization_domains_not_enabled: [
    403,
    'organization domains not enabled',
    'This instance does not have domains enabled for organizations.',
  ],
  organization_invitation_not_found: [404, 'not found', 'No invitation was found.'],
  organization_invitation_not_pending: [
    404,
    'not pending',
    "The organization invitation is not in the 'pending' status.",
  ],
  organization_invitation_not_unique: [
    400,
    'organization invitation not unique',
    'Organizations cannot have duplicate pending invitations for an email address.',
  ],
  organization_membership_quota_exceeded: [
    403,
    'organization membership quota exceeded',
    'You have reached your limit of organization memberships, including outstanding invitations.',
  ],
  organization_minimum_permissions_needed: [
    400,
    'minimum organization permissions needed',
    'There has to be at least one organization member with the minimum required permissions',
  ],
  organization_not_enabled_in_instance: [
    403,
    'Organizations not enabled',
    'The organizations feature is not enabled for this instance.',
  ],
  organization_not_found_or_unauthorized: [
    404,
    'not found or unauthorized',
    "Given organization not found, or you don't have permission to access the organization",
  ],
  organization_slugs_disabled: [
    403,
    'organization slugs not enabled',
    'This instance does not have slugs enabled for organizations.',
  ],
  organization_suggestion_already_accepted: [
    400,
    'suggestion has already been accepted',
    'This organization suggestion has already been accepted.',
  ],
  password_required: [400, 'Password required', 'A password is required for this instance.'],
  sign_in_token_already_used_code: [
    400,
    'sign in token has already been used',
    'This sign in token has already been used. Each token can only be used once.',
  ],
  ticket_expired_code: [400, 'ticket has expired', 'The ticket has expired.'],
  ticket_invalid_code: [400, 'ticket is invalid', 'The ticket is invalid.'],
  totp_already_enabled: [400, 'TOTP already enabled', 'An authenticator app is set up already.'],
  session_reverification_required: [
    403,
    'Additional verification required',
    'You need to provide additional verification to perform this operation.',
  ],
  sign_up_mode_restricted: [403, 'Sign ups are restricted', 'Sign ups are restricted to those invited.'],
  sign_up_restricted_waitlist: [
    403,
    'Sign ups are restricted',
    'Sign ups are open to those on the waitlist.',
  ],
  identifier_already_signed_in: [400, 'Identifier already signed in', "You're already signed in."],
  native_api_disabled: [400, 'Native API disabled', 'The Native API is disabled for this instance.'],
  no_second_factors: [400, 'No second factors', 'No second factors were found for this account.'],
  enterprise_sso_email_address_domain_mismatch: [
    400,
    'Email address domain mismatch',
    "The email address domain of the provider's account does not match the domain of the connection.",
  ],
  external_account_exists: [
    400,
    'External account exists',
    'This external account belongs to a user already. Sign in instead.',
  ],
  external_account_missing_refresh_token: [
    400,
    'Missing refresh token',
    'The provider no longer lets the app in. Connect the account anew.',
  ],
  external_account_not_found: [404, 'Invalid external account', 'The External Account was not found.'],
  invalid_url_scheme: [
    422,
    'Invalid URL scheme',
    'Please provide a URL with one of the following schemes: https, http',
  ],
  oauth_access_denied: [403, 'Access denied', 'You did not grant access to your account.'],
  oauth_account_already_connected: [
    400,
    'Already connected',
    'Another account is already connected for this particular provider.',
  ],
  oauth_callback_invalid: [
    400,
    'Invalid OAuth callback',
    'This address is not the answer to anything that is under way: it was used already, or it is not ours.',
  ],
  oauth_identification_claimed: [
    400,
    'Identification claimed by another user',
    'The email address associated with this OAuth account is already claimed by another user.',
  ],
  oauth_provider_not_enabled: [
    400,
    'Provider not enabled',
    'Single-sign on with this OAuth provider is not enabled in the instance settings.',
  ],
  oauth_token_exchange_error: [400, 'Token exchange error', 'Token exchange error'],
  origin_authorization_headers_conflict: [
    400,
    'Setting both the Origin and Authorization headers is forbidden',
    "For security purposes, only one of the 'Origin' and 'Authorization' headers should be provided, but not both.",
  ],
  origin_invalid: [
    400,
    'Invalid HTTP Origin header',
    'The Request HTTP Origin header must be equal to or a subdomain of the requesting URL, or an allowed origin.',
  ],
  origin_missing: [400, 'Missing HTTP Origin header', 'The Origin header of the request is missing.'],
  redirect_url_domain_mismatch: [
    422,
    'Redirect url does not belong to your domain',
    "The provided redirect URL must belong to your instance's domain",
  ],
  request_body_invalid: [400, 'Request body invalid', 'The request body is invalid. Send it form-encoded.'],
  // Spelt like this by Clerk.
  resource_missmatch: [
    400,
    'Redirect url mismatch',
    'The current redirect url passed in the sign in or sign up request does not match an authorized redirect URI for this instance.',
  ],
  saml_connection_not_found: [
    422,
    'Enterprise SSO not enabled',
    'Enterprise SSO is not enabled for this email address.',
  ],
  session_exists: [
    400,
    'Session already exists',
    "You're currently in single session mode. You can only be signed into one account at a time.",
  ],
  strategy_for_user_invalid: [
    400,
    'Invalid verification strategy',
    'The verification strategy is not valid for this account.',
  ],
  verification_already_verified: [400, 'Already verified', 'This verification has already been verified.'],
  verification_expired: [
    400,
    'Verification expired',
    'The verification has expired. You will need to request a new code.',
  ],
  verification_failed: [
    400,
    'Verification failed',
    'Too many failed attempts. Try again with the same or another method.',
  ],
  verification_link_token_invalid: [
    400,
    'Invalid link',
    'This link is none of ours, or it was used already. Ask for another one.',
  ],
  verification_missing: [400, 'Missing verification', 'Prepare the verification before attempting it.'],
  authorization_header_format_invalid: [
    401,
    'Invalid Authorization header format',
    "Invalid Authorization header format. Must be 'Bearer <YOUR_API_KEY>'",
  ],
  clerk_key_invalid: [
    401,
    'The provided Clerk Secret Key is invalid.',
    'The provided Clerk Secret Key is invalid. Make sure that it is the one that the emulator names.',
  ],
  authentication_invalid: [
    401,
    'Invalid authentication',
    'Unable to authenticate the request, you need to supply an active session.',
  ],
  dev_browser_unauthenticated: [
    401,
    'Browser unauthenticated',
    'Unable to authenticate this browser for your development instance.',
  ],
  requires_captcha: [401, 'CAPTCHA required', 'This client has to solve a CAPTCHA before it can go on.'],
  signed_out: [401, 'Signed out', 'You are signed out.'],
  authorization_invalid: [403, 'Unauthorized request', 'You are not authorized to perform this request.'],
  resource_forbidden: [403, 'Forbidden', 'This resource cannot be changed in its present state.'],
  user_create_organization_not_enabled: [
    403,
    'Organization creation not enabled',
    'People cannot create organizations in this instance.',
  ],
  user_banned: [403, 'User banned', 'This account has been suspended.'],
  user_locked: [403, 'User locked', 'Your account is locked.'],
  resource_not_found: [404, 'Resource not found', 'The resource was not found.'],
  form_code_incorrect: [422, 'is incorrect', 'Incorrect code'],
  form_identifier_exists: [422, 'already exists', 'This is taken already. Please try another.'],
  form_identifier_not_found: [422, "Couldn't find your account.", "Couldn't find your account."],
  form_param_exceeds_allowed_size: [422, 'is too large', 'The value exceeds the maximum allowed size.'],
  form_param_format_invalid: [422, 'is invalid', 'The value has the wrong format.'],
  form_param_missing: [422, 'is missing', 'The parameter must be included.'],
  form_param_unknown: [422, 'is unknown', 'The parameter is not a valid one for this request.'],
  form_param_value_invalid: [422, 'is invalid', 'The value is not one of the allowed values.'],
  form_username_invalid_character: [
    422,
    'is invalid',
    'Usernames can only contain letters, numbers, underscores (_) and hyphens (-).',
  ],
  form_username_invalid_length: [422, 'is invalid', 'Usernames must be from 4 to 64 characters long.'],
  missing_expired_token: [422, 'Missing expired token', 'The token that went before is missing.'],
  form_password_incorrect: [
    422,
    'Password is incorrect.',
    'Password is incorrect. Try again, or use another method.',
  ],
  form_password_length_too_long: [
    422,
    'Passwords are too long.',
    'Passwords must be 72 characters or fewer.',
  ],
  form_password_length_too_short: [
    422,
    'Passwords must be 8 characters or more.',
    'Passwords must be 8 characters or more.',
  ],
  too_many_requests: [429, 'Too many requests.', 'Too many requests. Please try again in a bit.'],
  internal_clerk_error: [500, 'Internal error', 'There was an internal error on our servers.'],
  service_unavailable: [503, 'Service unavailable', 'The service is unavailable. Please try again in a bit.'],
} as const satisfies Record<string, readonly [status: number, message: string, longMessage: string]>;

export type ErrorCode = keyof typeof CATALOGUE;

const DEFAULT_CODES: Record<number, ErrorCode> = {
  401: 'authentication_invalid',
  403: 'authorization_invalid',
  404: 'resource_not_found',
  422: 'form_param_value_invalid',
  429: 'too_many_requests',
  503: 'service_unavailable',
};

/** Details that replace or complete the catalogue's entry. */
export interface ApiErrorDetails {
  longMessage?: string;
  /** `param_name` is the form field, in snake case, under which Clerk's UI shows the error. */
  meta?: Record<string, unknown>;
  /** Sent as `Retry-After`. */
  retryAfterSeconds?: number;
}

/** An error that is answered to the Frontend API's caller, never a failure of the emulator. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly details: ApiErrorDetails;

  constructor(code: ErrorCode, details: ApiErrorDetails = {}) {
    super(`${code}: ${details.longMessage ?? CATALOGUE[code][2]}`);
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
  }

  /** HTTP status of the code. */
  get status(): number {
    return CATALOGUE[this.code][0];
  }
}

/** An `ApiError` that belongs to one form field. */
export function formError(code: ErrorCode, paramName: string): ApiError {
  return new ApiError(code, { meta: { param_name: paramName } });
}

/** The 422 of an identifier that belongs to somebody, possibly to the caller. */
export function takenError(paramName: 'email_address' | 'phone_number' | 'username'): ApiError {
  const longMessage = `That ${paramName.replace('_', ' ')} is taken. Please try another.`;
  return new ApiError('form_identifier_exists', { longMessage, meta: { param_name: paramName } });
}

/** The 404 of any resource; the code is the same for all of them. */
export function notFound(kind: string, id: string): ApiError {
  return new ApiError('resource_not_found', { longMessage: `No ${kind} was found with id ${id}` });
}

/**
 * The JSON error envelope. Clerk's callers look at `errors[0]` without a guard, so it is never empty.
 * @param client the caller's client as JSON, where an error reports it, too
 */
export function errorBody(code: string, details: ApiErrorDetails = {}, client: object | null = null) {
  const error = errorJson(code, details);
  const meta = client === null ? {} : { meta: { client } };
  return { errors: [error], clerk_trace_id: crypto.randomUUID().replaceAll('-', ''), ...meta };
}

/** One error of the envelope, also as a verification keeps it. */
export interface ErrorJson {
  code: string;
  message: string;
  long_message: string;
  meta: Record<string, unknown>;
}

/** An error as the SDK reads it. */
export function errorJson(code: string, details: ApiErrorDetails = {}): ErrorJson {
  const [, message, longMessage] = Object.hasOwn(CATALOGUE, code)
    ? CATALOGUE[code as ErrorCode]
    : [0, code, code];
  return { code, message, long_message: details.longMessage ?? longMessage, meta: details.meta ?? {} };
}

/** The code an error status gets when the caller names none. */
export function defaultErrorCode(status: number): ErrorCode {
  return DEFAULT_CODES[status] ?? (status >= 500 ? 'internal_clerk_error' : 'request_body_invalid');
}
