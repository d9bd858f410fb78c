import * as v from 'valibot';
import { environment } from './environment-shape.ts';

/**
 * The shapes of Clerk's published Frontend API document (2026-05-12, https://github.com/clerk/openapi-specs), in our own
 * words, for what this package answers. A property that is not named here fails, too; those that clerk-js 6.40 reads
 * and the document does not list yet are marked, and the README gives their reason.
 */
const text = v.string();
const textOrNull = v.nullable(v.string());
const flag = v.boolean();
/** Unix ms. */
const time = v.pipe(v.number(), v.integer());
const timeOrNull = v.nullable(time);
const deleted = v.strictObject({ object: text, id: text, deleted: v.literal(true) });
const metadata = v.record(v.string(), v.unknown());

const attempts = v.nullable(v.pipe(v.number(), v.integer()));
function verification<const TObject extends string>(
  object: TObject,
  strategies: string[],
  statuses: string[],
  expire: v.GenericSchema = timeOrNull,
) {
  const strategy = v.picklist(strategies);
  return v.strictObject({
    object: v.literal(object),
    status: v.picklist(statuses),
    strategy,
    attempts,
    expire_at: expire,
  });
}
const done = ['unverified', 'verified'];
const ofCode = [...done, 'failed', 'expired'];
const codeStrategies = ['email_code', 'phone_code', 'reset_password_email_code', 'reset_password_phone_code'];
const otp = verification('verification_otp', codeStrategies, ofCode, time);
const ticket = verification('verification_ticket', ['ticket'], [...done, 'expired']);
const admin = verification('verification_admin', ['admin'], ofCode);
const password = verification('verification_password', ['password'], done);
const totp = verification('verification_totp', ['totp'], done);
/** As the document's `error`, of a proof that failed. */
const proofError = v.strictObject({ code: text, message: text, long_message: text, meta: metadata });
const ofProvider = {
  status: v.picklist([...done, 'failed', 'expired', 'transferable']),
  attempts,
  expire_at: time,
  external_verification_redirect_url: v.optional(text),
  error: v.optional(proofError),
};
const oauth = v.strictObject({
  object: v.literal('verification_oauth'),
  strategy: v.pipe(text, v.regex(/^oauth_(?:(?:token_)|(?:custom_))?[a-z0-9_]+$/)),
  ...ofProvider,
});
const saml = v.strictObject({
  object: v.literal('verification_saml'),
  strategy: v.literal('saml'),
  ...ofProvider,
  expire_at: timeOrNull,
});
const emailLink = v.strictObject({
  object: v.literal('verification_email_link'),
  status: v.picklist([...done, 'failed', 'expired', 'transferable']),
  strategy: v.literal('email_link'),
  attempts,
  expire_at: time,
  verified_at_client: v.optional(text),
});
const fromOAuth = v.strictObject({
  object: v.literal('verification_from_oauth'),
  status: v.picklist(done),
  strategy: v.pipe(text, v.regex(/^from_oauth_[a-z0-9_]+$/)),
  attempts,
  expire_at: timeOrNull,
});
const backupCode = verification('verification_backup_code', ['backup_code'], done);

export const passkeyProof = v.strictObject({
  object: v.literal('verification_passkey'),
  status: v.picklist(ofCode),
  strategy: v.literal('passkey'),
  attempts,
  expire_at: time,
  nonce: v.optional(text),
});
const passkey = v.strictObject({
  object: v.literal('passkey'),
  id: text,
  name: text,
  last_used_at: timeOrNull,
  verification: v.nullable(passkeyProof),
  created_at: time,
  updated_at: time,
});

export const emailAddress = v.strictObject({
  object: v.literal('email_address'),
  id: text,
  email_address: text,
  reserved: flag,
  verification: v.nullable(v.variant('object', [otp, ticket, admin, fromOAuth, saml, emailLink])),
  linked_to: v.array(v.strictObject({ type: text, id: text })),
  matches_sso_connection: flag,
  created_at: time,
  updated_at: time,
});

export const phoneNumber = v.strictObject({
  object: v.literal('phone_number'),
  id: text,
  phone_number: text,
  reserved_for_second_factor: flag,
  default_second_factor: flag,
  reserved: flag,
  verification: v.nullable(v.variant('object', [otp, admin])),
  linked_to: v.array(v.unknown()),
  backup_codes: v.nullable(v.array(text)),
  created_at: time,
  updated_at: time,
});

const userData = { first_name: textOrNull, last_name: textOrNull, image_url: text, has_image: flag };
const publicUserData = v.strictObject({ ...userData, identifier: text, user_id: textOrNull });

const organization = v.strictObject({
  object: v.literal('organization'),
  id: text,
  name: text,
  slug: text,
  image_url: text,
  has_image: flag,
  members_count: time,
  pending_invitations_count: time,
  max_allowed_memberships: time,
  admin_delete_enabled: flag,
  self_serve_sso_enabled: flag,
  public_metadata: metadata,
  created_at: time,
  updated_at: time,
});
const membership = v.strictObject({
  object: v.literal('organization_membership'),
  id: text,
  role: text,
  role_name: text,
  permissions: v.nullable(v.array(text)),
  public_metadata: metadata,
  public_user_data: publicUserData,
  organization,
  created_at: time,
  updated_at: time,
});

const publicOrganizationData = v.strictObject({
  id: text,
  name: text,
  slug: text,
  image_url: text,
  has_image: flag,
});
const invitation = v.strictObject({
  object: v.literal('organization_invitation'),
  id: text,
  organization_id: text,
  email_address: text,
  role: text,
  role_name: text,
  status: v.picklist(['pending', 'revoked', 'accepted', 'expired', 'completed']),
  public_metadata: metadata,
  public_organization_data: publicOrganizationData,
  url: textOrNull,
  expires_at: timeOrNull,
  created_at: time,
  updated_at: time,
});
const suggestion = v.strictObject({
  object: v.literal('organization_suggestion'),
  id: text,
  public_organization_data: publicOrganizationData,
  status: text,
  created_at: time,
  updated_at: time,
});
const membershipRequest = v.strictObject({
  object: v.literal('organization_membership_request'),
  id: text,
  organization_id: text,
  status: text,
  public_user_data: v.nullable(publicUserData),
  created_at: time,
  updated_at: time,
});
const domainVerification = v.strictObject({
  status: text,
  strategy: text,
  attempts,
  expire_at: timeOrNull,
  verified_at: timeOrNull,
});
const domain = v.strictObject({
  object: v.literal('organization_domain'),
  id: text,
  organization_id: text,
  name: text,
  enrollment_mode: text,
  affiliation_email_address: textOrNull,
  affiliation_verification: v.nullable(domainVerification),
  ownership_verification: v.null(),
  verification: v.nullable(domainVerification),
  total_pending_invitations: time,
  total_pending_suggestions: time,
  public_organization_data: publicOrganizationData,
  created_at: time,
  updated_at: time,
});
const named = { id: text, name: text, key: text, description: text, created_at: time, updated_at: time };
const role = v.strictObject({
  ...named,
  object: v.literal('role'),
  is_creator_eligible: flag,
  permissions: v.array(
    v.strictObject({ ...named, object: v.literal('permission'), type: v.picklist(['system', 'user']) }),
  ),
});
const creationDefaults = v.strictObject({
  advisory: v.null(),
  // `slug` and `blur_hash` are newer than the document; clerk-js reads them.
  form: v.strictObject({ name: text, slug: text, logo: v.null(), blur_hash: v.null() }),
});

const accountFields = {
  id: text,
  provider: text,
  provider_user_id: text,
  email_address: text,
  first_name: text,
  last_name: text,
  public_metadata: metadata,
};
const enterpriseConnection = v.strictObject({
  id: text,
  name: text,
  provider: text,
  logo_public_url: v.nullable(text),
  active: v.boolean(),
  domains: v.array(text),
  sync_user_attributes: v.boolean(),
  disable_additional_identifications: v.boolean(),
  allow_organization_account_linking: v.boolean(),
  authenticatable: v.boolean(),
  created_at: v.number(),
  updated_at: v.number(),
});

export const externalAccount = v.strictObject({
  ...accountFields,
  object: v.literal('external_account'),
  identification_id: text,
  approved_scopes: text,
  email_address_verified: v.nullable(flag),
  image_url: textOrNull,
  username: textOrNull,
  phone_number: textOrNull,
  label: textOrNull,
  created_at: time,
  updated_at: time,
  verification: v.nullable(v.union([oauth, saml])),
});
const enterpriseFields = {
  ...accountFields,
  active: flag,
  enterprise_connection_id: textOrNull,
  last_authenticated_at: timeOrNull,
  verification: v.nullable(saml),
};
const samlConnection = {
  id: text,
  name: text,
  domain: text,
  active: flag,
  provider: text,
  sync_user_attributes: flag,
  allow_subdomains: flag,
  allow_idp_initiated: flag,
  disable_additional_identifications: flag,
  created_at: time,
  updated_at: time,
};
export const samlAccount = v.strictObject({
  ...enterpriseFields,
  object: v.literal('saml_account'),
  saml_connection: v.nullable(v.strictObject(samlConnection)),
});
// Newer than the document; clerk-js reads it.
export const enterpriseAccount = v.strictObject({
  ...enterpriseFields,
  object: v.literal('enterprise_account'),
  protocol: text,
  enterprise_connection: v.nullable(
    v.strictObject({ ...samlConnection, protocol: text, logo_public_url: text }),
  ),
});

const user = v.strictObject({
  object: v.literal('user'),
  id: text,
  username: textOrNull,
  first_name: textOrNull,
  last_name: textOrNull,
  image_url: text,
  has_image: flag,
  primary_email_address_id: textOrNull,
  primary_phone_number_id: textOrNull,
  primary_web3_wallet_id: textOrNull,
  password_enabled: flag,
  two_factor_enabled: flag,
  totp_enabled: flag,
  backup_code_enabled: flag,
  email_addresses: v.array(emailAddress),
  phone_numbers: v.array(phoneNumber),
  web3_wallets: v.array(v.never()),
  passkeys: v.array(passkey),
  organization_memberships: v.array(membership),
  external_accounts: v.array(externalAccount),
  saml_accounts: v.array(samlAccount),
  enterprise_accounts: v.array(enterpriseAccount),
  public_metadata: metadata,
  unsafe_metadata: metadata,
  external_id: textOrNull,
  last_sign_in_at: timeOrNull,
  banned: flag,
  locked: flag,
  lockout_expires_in_seconds: timeOrNull,
  verification_attempts_remaining: timeOrNull,
  created_at: time,
  updated_at: time,
  delete_self_enabled: flag,
  create_organization_enabled: flag,
  last_active_at: timeOrNull,
  mfa_enabled_at: timeOrNull,
  mfa_disabled_at: timeOrNull,
  legal_accepted_at: timeOrNull,
  // Newer than the document.
  profile_image_id: text,
  timezone: textOrNull,
});

const token = v.strictObject({
  object: v.literal('token'),
  jwt: v.pipe(text, v.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)),
});

const sessionBase = {
  object: v.literal('session'),
  id: text,
  status: v.picklist(['active', 'pending', 'revoked', 'ended', 'expired', 'removed', 'abandoned']),
  expire_at: time,
  abandon_at: time,
  last_active_at: time,
  last_active_organization_id: textOrNull,
  actor: v.nullable(metadata),
  tasks: v.nullable(v.array(v.strictObject({ key: text }))),
  factor_verification_age: v.array(time),
  created_at: time,
  updated_at: time,
};
const session = v.strictObject({
  ...sessionBase,
  last_active_token: v.nullable(token),
  user,
  public_user_data: publicUserData,
});
export const activity = v.strictObject({
  object: text,
  id: text,
  device_type: text,
  is_mobile: flag,
  browser_name: text,
  browser_version: text,
  ip_address: text,
  city: text,
  country: text,
});
const device = v.strictObject({
  ...sessionBase,
  user: v.null(),
  latest_activity: activity,
});

const factor = v.strictObject({
  strategy: v.union([
    v.picklist([
      ...codeStrategies,
      'password',
      'totp',
      'backup_code',
      'ticket',
      'passkey',
      'enterprise_sso',
      'email_link',
    ]),
    v.pipe(text, v.regex(/^oauth_/)),
  ]),
  enterprise_connection_id: v.optional(text),
  enterprise_connection_name: v.optional(text),
  safe_identifier: v.optional(text),
  email_address_id: v.optional(text),
  phone_number_id: v.optional(text),
  primary: v.optional(flag),
  default: v.optional(flag),
});
const factors = v.nullable(v.array(factor));
const firstFactor = v.nullable(
  v.variant('object', [password, otp, ticket, passkeyProof, oauth, saml, emailLink]),
);
const secondFactor = v.nullable(v.variant('object', [otp, totp, backupCode]));

const signIn = v.strictObject({
  object: v.literal('sign_in_attempt'),
  id: text,
  status: v.picklist([
    'needs_identifier',
    'needs_first_factor',
    'needs_second_factor',
    'needs_client_trust',
    'needs_new_password',
    'complete',
  ]),
  supported_identifiers: v.array(text),
  supported_first_factors: factors,
  supported_second_factors: factors,
  first_factor_verification: firstFactor,
  second_factor_verification: secondFactor,
  identifier: textOrNull,
  user_data: v.nullable(v.strictObject(userData)),
  created_session_id: textOrNull,
  abandon_at: time,
  client_trust_state: v.nullable(v.picklist(['pending', 'new', 'known'])),
  // Newer than the document.
  locale: textOrNull,
});

const next = {
  next_action: v.picklist(['needs_prepare', 'needs_attempt', '']),
  supported_strategies: v.array(text),
};
const ofSignUp = <T extends v.ObjectEntries>(schema: { entries: T }) =>
  v.strictObject({ ...schema.entries, ...next });
const signUp = v.strictObject({
  object: v.literal('sign_up_attempt'),
  id: text,
  status: v.picklist(['missing_requirements', 'complete', 'abandoned']),
  required_fields: v.array(text),
  optional_fields: v.array(text),
  missing_fields: v.array(text),
  unverified_fields: v.array(text),
  verifications: v.strictObject({
    email_address: v.nullable(
      v.union([ofSignUp(otp), ofSignUp(ticket), ofSignUp(fromOAuth), ofSignUp(saml), ofSignUp(emailLink)]),
    ),
    phone_number: v.nullable(ofSignUp(otp)),
    web3_wallet: v.null(),
    external_account: v.nullable(v.variant('object', [oauth, saml])),
  }),
  username: textOrNull,
  email_address: textOrNull,
  phone_number: textOrNull,
  web3_wallet: textOrNull,
  password_enabled: flag,
  first_name: textOrNull,
  last_name: textOrNull,
  unsafe_metadata: metadata,
  public_metadata: metadata,
  custom_action: flag,
  external_id: textOrNull,
  created_session_id: textOrNull,
  created_user_id: textOrNull,
  abandon_at: time,
  legal_accepted_at: timeOrNull,
  // Newer than the document.
  has_password: flag,
  external_account: v.null(),
  external_account_strategy: textOrNull,
  locale: textOrNull,
});

const client = v.nullable(
  v.strictObject({
    object: v.literal('client'),
    id: text,
    sessions: v.array(session),
    sign_in: v.nullable(signIn),
    sign_up: v.nullable(signUp),
    last_active_session_id: textOrNull,
    last_authentication_strategy: textOrNull,
    cookie_expires_at: timeOrNull,
    captcha_bypass: flag,
    created_at: time,
    updated_at: time,
  }),
);

const reverification = v.strictObject({
  object: v.literal('session_reverification'),
  level: v.picklist(['first_factor', 'second_factor', 'multi_factor']),
  status: v.picklist(['needs_first_factor', 'needs_second_factor', 'complete']),
  supported_first_factors: factors,
  supported_second_factors: factors,
  first_factor_verification: firstFactor,
  second_factor_verification: secondFactor,
  session,
});

const totpResource = v.strictObject({
  object: v.literal('totp'),
  id: text,
  secret: textOrNull,
  uri: textOrNull,
  verified: flag,
  backup_codes: v.nullable(v.array(text)),
  created_at: time,
  updated_at: time,
});
const backupCodes = v.strictObject({
  object: v.literal('backup_code'),
  id: text,
  codes: v.array(text),
  created_at: time,
  updated_at: time,
});
const image = v.strictObject({ object: v.literal('image'), id: text, name: text, public_url: text });
const listOf = (item: v.GenericSchema) => v.strictObject({ data: v.array(item), total_count: time });
const roles = v.strictObject({ ...listOf(role).entries, has_role_set_migration: flag });

const error = v.strictObject({ code: text, message: text, long_message: text, meta: metadata });
const errors = v.strictObject({
  errors: v.pipe(v.array(error), v.minLength(1)),
  clerk_trace_id: v.pipe(text, v.regex(/^[0-9a-f]{32}$/)),
  meta: v.optional(v.strictObject({ client })),
});

const wrapped = (response: v.GenericSchema) => v.strictObject({ response, client });

/** Which statuses an operation may answer, and what with 200; `:x` is one segment. First match counts. */
const OPERATIONS: Array<[operation: string, statuses: number[], body: v.GenericSchema]> = [
  ['GET /v1/environment', [400, 401], environment],
  ['PATCH /v1/environment', [400, 401], environment],
  ['GET /v1/client', [400, 401, 403], wrapped(client)],
  ['POST /v1/client', [], wrapped(client)],
  ['PUT /v1/client', [], wrapped(client)],
  ['DELETE /v1/client', [404], wrapped(client)],
  // Not in the document; clerk-js 6.40 asks for it when it was told `requires_captcha`.
  ['POST /v1/client/verify', [400], wrapped(client)],
  ['POST /v1/client/sign_ins', [400, 403, 404, 409, 422], wrapped(signIn)],
  ['GET /v1/client/sign_ins/:id', [400, 401, 404], wrapped(signIn)],
  ['POST /v1/client/sign_ins/:id/reset_password', [400, 401, 403, 422], wrapped(signIn)],
  ['POST /v1/client/sign_ins/:id/prepare_first_factor', [400, 401, 403, 404, 422, 429], wrapped(signIn)],
  ['POST /v1/client/sign_ins/:id/attempt_first_factor', [400, 401, 403, 404, 422, 429], wrapped(signIn)],
  ['POST /v1/client/sign_ins/:id/prepare_second_factor', [400, 401, 403, 422], wrapped(signIn)],
  ['POST /v1/client/sign_ins/:id/attempt_second_factor', [400, 401, 403, 422], wrapped(signIn)],
  ['POST /v1/client/sign_ups', [400, 403, 404, 409, 422], wrapped(signUp)],
  ['GET /v1/client/sign_ups/:id', [400, 401, 404], wrapped(signUp)],
  ['PATCH /v1/client/sign_ups/:id', [400, 401, 403, 404, 422], wrapped(signUp)],
  ['POST /v1/client/sign_ups/:id/prepare_verification', [400, 401, 422, 429], wrapped(signUp)],
  ['POST /v1/client/sign_ups/:id/attempt_verification', [400, 401, 403, 409, 422, 429], wrapped(signUp)],
  ['DELETE /v1/client/sessions', [401, 404], wrapped(client)],
  ['GET /v1/client/sessions/:id', [401, 404], wrapped(session)],
  ['POST /v1/client/sessions/:id/touch', [400, 401, 403, 404, 422], wrapped(session)],
  ['POST /v1/client/sessions/:id/end', [400, 401, 404], wrapped(session)],
  ['POST /v1/client/sessions/:id/remove', [400, 401, 404], wrapped(session)],
  ['POST /v1/client/sessions/:id/tokens', [401, 403, 404], token],
  ['POST /v1/client/sessions/:id/tokens/:template', [401, 404], token],
  ['POST /v1/client/sessions/:id/verify', [401, 422], wrapped(reverification)],
  ['POST /v1/client/sessions/:id/verify/:step', [400, 401, 403, 422], wrapped(reverification)],
  ['GET /v1/me/sessions/active', [401], v.array(device)],
  ['GET /v1/me/sessions', [401, 403, 404], v.array(session)],
  ['POST /v1/me/sessions/:id/revoke', [400, 401, 403, 404], wrapped(session)],
  ['GET /v1/me/email_addresses', [401, 403, 404], v.array(emailAddress)],
  ['POST /v1/me/email_addresses', [400, 401, 403, 404, 422], wrapped(emailAddress)],
  ['DELETE /v1/me/email_addresses/:id', [400, 401, 403, 404], wrapped(deleted)],
  ['POST /v1/me/email_addresses/:id/prepare_verification', [401, 403, 404, 422], wrapped(emailAddress)],
  ['POST /v1/me/email_addresses/:id/attempt_verification', [400, 401, 403, 404, 422], wrapped(emailAddress)],
  ['GET /v1/me/email_addresses/:id', [401, 403, 404], wrapped(emailAddress)],
  ['GET /v1/me/phone_numbers', [401, 403, 404], v.array(phoneNumber)],
  ['POST /v1/me/phone_numbers', [400, 401, 403, 404, 422], wrapped(phoneNumber)],
  ['DELETE /v1/me/phone_numbers/:id', [400, 401, 403, 404], wrapped(deleted)],
  ['POST /v1/me/phone_numbers/:id/prepare_verification', [400, 401, 403, 404, 429], wrapped(phoneNumber)],
  [
    'POST /v1/me/phone_numbers/:id/attempt_verification',
    [400, 401, 403, 404, 422, 429],
    wrapped(phoneNumber),
  ],
  ['* /v1/me/phone_numbers/:id', [400, 401, 403, 404], wrapped(phoneNumber)],
  ['POST /v1/me/external_accounts', [400, 401, 403, 404, 422, 500], wrapped(externalAccount)],
  ['PATCH /v1/me/external_accounts/:id/reauthorize', [400, 401, 404, 422], wrapped(externalAccount)],
  ['DELETE /v1/me/external_accounts/:id', [400, 401, 403, 404], wrapped(deleted)],
  ['DELETE /v1/me/external_accounts/:id/tokens', [400, 401, 404], wrapped(user)],
  ['POST /v1/me/passkeys', [401, 403], wrapped(passkey)],
  ['GET /v1/me/passkeys/:id', [401, 404, 422], wrapped(passkey)],
  ['PATCH /v1/me/passkeys/:id', [401, 404, 422], wrapped(passkey)],
  ['DELETE /v1/me/passkeys/:id', [401, 403, 404], wrapped(deleted)],
  ['POST /v1/me/passkeys/:id/attempt_verification', [400, 401, 403, 404, 422], wrapped(passkey)],
  ['POST /v1/me/totp', [400, 401, 403, 500], wrapped(totpResource)],
  ['DELETE /v1/me/totp', [400, 401, 403, 404, 500], wrapped(deleted)],
  ['POST /v1/me/totp/attempt_verification', [400, 401, 403, 404, 422, 500], wrapped(totpResource)],
  ['POST /v1/me/backup_codes', [400, 401, 403, 500], wrapped(backupCodes)],
  ['GET /v1/me', [401, 403, 404], wrapped(user)],
  ['PATCH /v1/me', [400, 401, 403, 404, 422], wrapped(user)],
  ['DELETE /v1/me', [401, 403, 404, 500], wrapped(deleted)],
  ['PATCH /v1/me/metadata', [400, 401, 403, 404, 422], wrapped(user)],
  ['POST /v1/me/change_password', [400, 401, 403, 422], wrapped(user)],
  ['POST /v1/me/remove_password', [400, 401, 403, 422], wrapped(user)],
  ['POST /v1/me/profile_image', [400, 401, 422], wrapped(image)],
  ['DELETE /v1/me/profile_image', [401, 404], wrapped(deleted)],
  ['GET /v1/me/organization_memberships', [401, 422], wrapped(listOf(membership))],
  ['DELETE /v1/me/organization_memberships/:id', [400, 401, 403, 404, 422], wrapped(deleted)],
  ['GET /v1/me/organization_invitations', [401, 422], wrapped(listOf(invitation))],
  ['POST /v1/me/organization_invitations/:id/accept', [401, 404, 422], wrapped(invitation)],
  ['GET /v1/me/organization_suggestions', [401, 422], wrapped(listOf(suggestion))],
  ['POST /v1/me/organization_suggestions/:id/accept', [400, 401, 404, 422], wrapped(suggestion)],
  ['GET /v1/me/organization_creation_defaults', [401, 403], wrapped(creationDefaults)],
  ['POST /v1/organizations', [401, 403, 422], wrapped(organization)],
  ['GET /v1/organizations/:id', [401, 403, 404], wrapped(organization)],
  ['PATCH /v1/organizations/:id', [400, 401, 403, 404, 422], wrapped(organization)],
  ['DELETE /v1/organizations/:id', [401, 403, 404, 422], wrapped(deleted)],
  ['PUT /v1/organizations/:id/logo', [400, 401, 403, 404, 413, 422], wrapped(organization)],
  ['DELETE /v1/organizations/:id/logo', [401, 403, 404], wrapped(deleted)],
  ['GET /v1/organizations/:id/roles', [401, 403], wrapped(roles)],
  ['GET /v1/organizations/:id/memberships', [401, 403, 422], wrapped(listOf(membership))],
  ['* /v1/organizations/:id/memberships', [400, 401, 403, 404, 422], wrapped(membership)],
  ['* /v1/organizations/:id/memberships/:user', [400, 401, 403, 404, 422], wrapped(membership)],
  ['GET /v1/organizations/:id/invitations', [400, 401, 403, 404, 422], wrapped(listOf(invitation))],
  ['GET /v1/organizations/:id/invitations/pending', [401, 403, 422], wrapped(listOf(invitation))],
  ['POST /v1/organizations/:id/invitations', [400, 401, 403, 404, 422], wrapped(invitation)],
  ['POST /v1/organizations/:id/invitations/bulk', [400, 401, 403, 404, 422], wrapped(v.array(invitation))],
  ['POST /v1/organizations/:id/invitations/:invitation/revoke', [401, 403, 404], wrapped(invitation)],
  ['GET /v1/organizations/:id/membership_requests', [401, 403, 422], wrapped(listOf(membershipRequest))],
  [
    'POST /v1/organizations/:id/membership_requests/:request/accept',
    [400, 401, 403, 404, 422],
    wrapped(membershipRequest),
  ],
  [
    'POST /v1/organizations/:id/membership_requests/:request/reject',
    [401, 403, 404, 422],
    wrapped(membershipRequest),
  ],
  ['GET /v1/organizations/:id/domains', [401, 403, 422], wrapped(listOf(domain))],
  ['POST /v1/organizations/:id/domains', [401, 403, 404, 422], wrapped(domain)],
  ['DELETE /v1/organizations/:id/domains/:domain', [401, 403, 404, 422], wrapped(deleted)],
  ['GET /v1/organizations/:id/domains/:domain', [401, 403, 404, 422], wrapped(domain)],
  ['POST /v1/organizations/:id/domains/:domain/:step', [400, 401, 403, 404, 422], wrapped(domain)],
  ['GET /v1/me/enterprise_connections', [401, 403], wrapped(v.array(enterpriseConnection))],
  ['POST /v1/waitlist', [400, 403, 422], v.strictObject({ object: v.literal('waitlist_entry'), id: text })],
];

/** Refusals that the document does not list with each operation: see "Where it differs" in the README. */
const UNLISTED = [
  'origin_invalid',
  'origin_authorization_headers_conflict',
  'native_api_disabled',
  'too_many_requests',
  'missing_expired_token',
  'requires_captcha',
];

/**
 * Holds an answer to Clerk's document.
 * @param path with `/v1`, without its query
 * @throws {Error} naming what differs, and where
 */
export function assertConforms(method: string, path: string, status: number, json: unknown): void {
  const [operation, statuses, body] = OPERATIONS.find(([pattern]) => matches(pattern, method, path)) ?? [];
  if (!operation || !statuses || !body) throw new Error(`${method} ${path} is not among the shapes`);
  const result = v.safeParse(status === 200 ? body : errors, json);
  if (!result.success) {
    const issues = result.issues.map((issue) => `${v.getDotPath(issue) ?? '(root)'}: ${issue.message}`);
    throw new Error(`${operation} ${status}: ${issues.join('; ')}`);
  }
  const code = status === 200 ? '' : (json as { errors: [{ code: string }] }).errors[0].code;
  const isListed = status === 200 || statuses.includes(status) || UNLISTED.includes(code);
  if (!isListed) throw new Error(`${operation}: ${status} ${code} is not in the document`);
}

function matches(pattern: string, method: string, path: string): boolean {
  const [wanted = '', template = ''] = pattern.split(' ');
  const regExp = new RegExp(`^${template.replace(/:\w+/g, '[^/]+')}/?$`);
  return (wanted === '*' || wanted === method) && regExp.test(path);
}
