import * as v from 'valibot';
import {
  activity,
  emailAddress,
  enterpriseAccount,
  externalAccount,
  passkeyProof,
  phoneNumber,
  samlAccount,
} from './shapes.ts';

/**
 * The shapes of Clerk's published documents of the Backend API (2026-05-12) and of webhooks (2025-04-15,
 * https://github.com/clerk/openapi-specs), in our own words. A property that is not named here fails, too.
 */
const text = v.string();
const textOrNull = v.nullable(text);
const flag = v.boolean();
/** Unix ms, and counts. */
const integer = v.pipe(v.number(), v.integer());
const integerOrNull = v.nullable(integer);
const metadata = v.record(text, v.unknown());

export const deleted = v.strictObject({
  object: text,
  id: text,
  slug: v.optional(text),
  deleted: v.literal(true),
});

const passkey = v.strictObject({
  object: v.literal('passkey'),
  id: text,
  name: text,
  last_used_at: integerOrNull,
  verification: v.nullable(passkeyProof),
});

export const user = v.strictObject({
  object: v.literal('user'),
  id: text,
  external_id: textOrNull,
  primary_email_address_id: textOrNull,
  primary_phone_number_id: textOrNull,
  primary_web3_wallet_id: textOrNull,
  username: textOrNull,
  first_name: textOrNull,
  last_name: textOrNull,
  locale: textOrNull,
  // @clerk/backend 3.25 reads it; the document does not list it yet.
  timezone: textOrNull,
  profile_image_url: text,
  image_url: text,
  has_image: flag,
  public_metadata: metadata,
  private_metadata: metadata,
  unsafe_metadata: metadata,
  email_addresses: v.array(emailAddress),
  phone_numbers: v.array(phoneNumber),
  web3_wallets: v.array(v.unknown()),
  passkeys: v.array(passkey),
  password_enabled: flag,
  two_factor_enabled: flag,
  totp_enabled: flag,
  backup_code_enabled: flag,
  mfa_enabled_at: integerOrNull,
  mfa_disabled_at: integerOrNull,
  password_last_updated_at: integerOrNull,
  external_accounts: v.array(externalAccount),
  saml_accounts: v.array(samlAccount),
  enterprise_accounts: v.array(enterpriseAccount),
  last_sign_in_at: integerOrNull,
  banned: flag,
  locked: flag,
  deprovisioned: flag,
  lockout_expires_in_seconds: integerOrNull,
  verification_attempts_remaining: integerOrNull,
  updated_at: integer,
  created_at: integer,
  delete_self_enabled: flag,
  create_organization_enabled: flag,
  create_organizations_limit: integerOrNull,
  last_active_at: integerOrNull,
  legal_accepted_at: integerOrNull,
  bypass_client_trust: flag,
});

export const session = v.strictObject({
  object: v.literal('session'),
  id: text,
  user_id: text,
  client_id: text,
  actor: v.nullable(metadata),
  status: v.picklist([
    'active',
    'revoked',
    'ended',
    'expired',
    'removed',
    'abandoned',
    'replaced',
    'pending',
  ]),
  last_active_organization_id: textOrNull,
  last_active_at: integer,
  latest_activity: activity,
  expire_at: integer,
  abandon_at: integer,
  updated_at: integer,
  created_at: integer,
  tasks: v.nullable(v.array(v.strictObject({ key: text }))),
});

export const organization = v.strictObject({
  object: v.literal('organization'),
  id: text,
  name: text,
  slug: text,
  image_url: text,
  has_image: flag,
  members_count: v.optional(integer),
  pending_invitations_count: integer,
  max_allowed_memberships: integer,
  admin_delete_enabled: flag,
  public_metadata: metadata,
  private_metadata: metadata,
  created_by: v.optional(text),
  created_at: integer,
  updated_at: integer,
});

export const membership = v.strictObject({
  object: v.literal('organization_membership'),
  id: text,
  role: text,
  role_name: text,
  permissions: v.array(text),
  public_metadata: metadata,
  private_metadata: metadata,
  organization,
  public_user_data: v.strictObject({
    user_id: text,
    first_name: textOrNull,
    last_name: textOrNull,
    profile_image_url: text,
    image_url: text,
    has_image: flag,
    identifier: text,
    username: textOrNull,
    banned: flag,
  }),
  created_at: integer,
  updated_at: integer,
});

/** A list with the number of all. */
export function pageOf(item: v.GenericSchema) {
  return v.strictObject({ data: v.pipe(v.array(item), v.minLength(1)), total_count: integer });
}

/** A webhook's payload. */
export function eventOf(data: v.GenericSchema) {
  const httpRequest = v.strictObject({ client_ip: text, user_agent: text });
  return v.strictObject({
    object: v.literal('event'),
    type: text,
    data,
    timestamp: integer,
    instance_id: text,
    event_attributes: v.strictObject({ http_request: httpRequest }),
  });
}

export const sessionOfEvent = v.strictObject({ ...session.entries, user: v.nullable(user) });
export const list = v.array(user);
