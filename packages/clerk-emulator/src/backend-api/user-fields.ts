import {
  ANY_TEXT,
  EMAIL,
  FLAG,
  JSON_OBJECT,
  listOf,
  type Rule,
  TEXT,
  TEXT_OR_NULL,
} from '../control-input.ts';
import type { Core } from '../core.ts';
import { ApiError, formError, takenError } from '../errors.ts';
import { assertAcceptableUsername } from '../flows/identifiers.ts';
import { expectEmailAddress } from '../flows/me.ts';
import { type MetadataFields, setMetadata } from '../flows/metadata.ts';
import { assertAcceptablePassword } from '../flows/password.ts';
import { isVerified, type User } from '../state/users.ts';
import { verifiedBy } from '../state/verification.ts';

export const METADATA_RULES: Record<keyof MetadataFields, Rule> = {
  public_metadata: JSON_OBJECT,
  private_metadata: JSON_OBJECT,
  unsafe_metadata: JSON_OBJECT,
};

const NAME: Rule = {
  expected: 'null or a string',
  accepts: (value) => value === null || ANY_TEXT.accepts(value),
};

interface Profile {
  first_name: string | null;
  last_name: string | null;
  username: string | null;
  password: string;
  skip_password_checks: boolean;
  /** Nobody accepts terms here. */
  skip_legal_checks: boolean;
}

const PROFILE_RULES: Record<keyof Profile, Rule> = {
  first_name: NAME,
  last_name: NAME,
  username: NAME,
  password: TEXT,
  skip_password_checks: FLAG,
  skip_legal_checks: FLAG,
};

/** What `POST /v1/users` takes. */
export interface CreatedUser extends Profile, Required<MetadataFields> {
  email_address: string[];
  skip_password_requirement: boolean;
}

export const CREATED_USER_RULES: Record<keyof CreatedUser, Rule> = {
  ...PROFILE_RULES,
  ...METADATA_RULES,
  email_address: listOf(EMAIL),
  skip_password_requirement: FLAG,
};

/** What `PATCH /v1/users/:id` takes; since version 2026-05-12 no metadata. */
export interface ChangedUser extends Profile {
  primary_email_address_id: string | null;
  primary_phone_number_id: string | null;
  sign_out_of_other_sessions: boolean;
  /** No mail is sent here. */
  notify_primary_email_address_changed: boolean;
}

export const CHANGED_USER_RULES: Record<keyof ChangedUser, Rule> = {
  ...PROFILE_RULES,
  primary_email_address_id: TEXT_OR_NULL,
  primary_phone_number_id: TEXT_OR_NULL,
  sign_out_of_other_sessions: FLAG,
  notify_primary_email_address_changed: FLAG,
};

/**
 * Adds a user; the addresses count as verified, and the first is the primary one.
 * @throws {ApiError} `form_param_missing`, `form_identifier_exists`, `form_username_*`, `form_password_*`, `form_param_exceeds_allowed_size`
 */
export function createBackendUser(core: Core, fields: Partial<CreatedUser>): User {
  const [emailAddress, ...others] = fields.email_address ?? [];
  if (emailAddress === undefined) throw formError('form_param_missing', 'email_address');
  const taken = [emailAddress, ...others].some((each) => core.users.findByEmailAddress(each));
  if (taken) throw takenError('email_address');
  const isPasswordNeeded = core.settings.passwordRequired && !fields.skip_password_requirement;
  if (isPasswordNeeded && fields.password === undefined) throw formError('form_param_missing', 'password');
  assertProfile(core, fields, null);
  const metadata = { publicMetadata: {}, privateMetadata: {}, unsafeMetadata: {} };
  const { public_metadata = {}, private_metadata = {}, unsafe_metadata = {} } = fields;
  setMetadata(metadata, { public_metadata, private_metadata, unsafe_metadata });
  const { password = null, username = null, first_name = null, last_name = null } = fields;
  const profile = { password, username, firstName: first_name, lastName: last_name };
  const user = core.users.create({ emailAddress, ...profile, ...metadata });
  for (const other of others) core.users.addEmailAddress(user, other, verifiedBy('admin'));
  return user;
}

/**
 * Changes what was sent of a user; an empty name or `null` clears it.
 * @throws {ApiError} `resource_not_found`, `resource_forbidden`, `form_username_*`, `form_password_*`; nothing has changed then
 */
export function changeBackendUser(core: Core, user: User, fields: Partial<ChangedUser>): void {
  const { primary_email_address_id: emailId, primary_phone_number_id: phoneId } = fields;
  assertProfile(core, fields, user);
  if (emailId && !isVerified(expectEmailAddress(user, emailId))) throw new ApiError('resource_forbidden');
  if (phoneId && !user.phoneNumbers.some((phone) => phone.id === phoneId && isVerified(phone)))
    throw new ApiError('resource_forbidden');
  if (fields.first_name !== undefined) user.firstName = fields.first_name || null;
  if (fields.last_name !== undefined) user.lastName = fields.last_name || null;
  if (fields.username !== undefined) user.username = fields.username || null;
  if (emailId) user.primaryEmailAddressId = emailId;
  if (phoneId) user.primaryPhoneNumberId = phoneId;
  if (fields.password !== undefined) {
    user.password = fields.password;
    user.mustResetPassword = false;
    if (fields.sign_out_of_other_sessions) core.sessions.closeOfUser(user.id, 'revoked');
  }
  core.users.changed(user);
}

function assertProfile(core: Core, fields: Partial<Profile>, own: User | null): void {
  if (fields.username) assertAcceptableUsername(core, fields.username, own);
  if (fields.password !== undefined && !fields.skip_password_checks)
    assertAcceptablePassword(fields.password, 'password');
}
