import type { Core } from '../core.ts';
import { accountsWith } from '../flows/external-accounts.ts';
import { primaryIdentifier } from '../flows/first-factors.ts';
import { lockoutSeconds } from '../flows/lockout.ts';
import { membershipsOf } from '../flows/organizations.ts';
import { connectionsOf, ENTERPRISE_STRATEGY } from '../flows/providers.ts';
import type { ExternalAccount } from '../state/external-accounts.ts';
import { mayMakeOrganizations } from '../state/settings.ts';
import { type EmailAddress, hasSecondFactor, type User } from '../state/users.ts';
import { enterpriseAccountsJson, externalAccountJson } from './external-account.ts';
import { membershipJson } from './organization.ts';
import { passkeyJson } from './passkey.ts';
import { phoneNumberJson } from './phone-number.ts';
import { verificationJson } from './verification.ts';

/** A user as the user itself sees it. */
export function userJson(core: Core, user: User) {
  return {
    object: 'user',
    id: user.id,
    external_id: null,
    username: user.username,
    first_name: user.firstName,
    last_name: user.lastName,
    image_url: imageUrl(core, user),
    has_image: user.profileImage !== null,
    profile_image_id: user.profileImage?.id ?? '',
    primary_email_address_id: user.primaryEmailAddressId,
    primary_phone_number_id: user.primaryPhoneNumberId,
    primary_web3_wallet_id: null,
    password_enabled: user.password !== null,
    two_factor_enabled: hasSecondFactor(user),
    totp_enabled: user.totp?.isVerified === true,
    backup_code_enabled: user.backupCodes !== null,
    email_addresses: user.emailAddresses.map((email) => emailAddressJson(core, user, email)),
    phone_numbers: user.phoneNumbers.map(phoneNumberJson),
    web3_wallets: [],
    passkeys: user.passkeys.filter(({ key }) => key).map(passkeyJson),
    ...externalAccountsJson(core, user),
    organization_memberships: membershipsOf(core, user.id).map((membership) =>
      membershipJson(core, membership),
    ),
    public_metadata: user.publicMetadata,
    unsafe_metadata: user.unsafeMetadata,
    last_sign_in_at: user.lastSignInAt,
    banned: user.banned,
    ...lockoutJson(core, user),
    last_active_at: user.lastSignInAt,
    mfa_enabled_at: user.mfaEnabledAt,
    mfa_disabled_at: user.mfaDisabledAt,
    create_organization_enabled: mayMakeOrganizations(core.settings),
    delete_self_enabled: true,
    legal_accepted_at: null,
    timezone: null,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  };
}

/** What a sign-in shows of the account before any proof. */
export function signInUserDataJson(core: Core, user: User) {
  return {
    first_name: user.firstName,
    last_name: user.lastName,
    image_url: imageUrl(core, user),
    has_image: user.profileImage !== null,
  };
}

/** What others may see of a user. */
export function publicUserDataJson(core: Core, user: User) {
  return {
    ...signInUserDataJson(core, user),
    identifier: primaryIdentifier(user) ?? '',
    user_id: user.id,
  };
}

/** One of a user's addresses. */
export function emailAddressJson(core: Core, user: User, email: EmailAddress) {
  return {
    object: 'email_address',
    id: email.id,
    email_address: email.emailAddress,
    reserved: false,
    verification: email.verification && verificationJson(email.verification),
    linked_to: accountsWith(user, email.emailAddress).map(({ id, strategy }) => ({
      type: strategy === ENTERPRISE_STRATEGY ? 'saml' : strategy,
      id: id.replace('eac_', 'idn_'),
    })),
    matches_sso_connection: connectionsOf(core, email.emailAddress).length > 0,
    created_at: email.createdAt,
    updated_at: email.updatedAt,
  };
}

/** Accounts at providers: those that are connected, and those whose connection failed, to say why. */
function externalAccountsJson(core: Core, { externalAccounts }: User) {
  const shown = externalAccounts.filter(({ account, verification }) => account || verification.error);
  const isSocial = ({ connectionId }: ExternalAccount) => connectionId === null;
  const enterprise = shown
    .filter((external) => !isSocial(external))
    .map((external) => enterpriseAccountsJson(core, external));
  return {
    external_accounts: shown.filter(isSocial).map((external) => externalAccountJson(external)),
    saml_accounts: enterprise.map(({ saml }) => saml),
    enterprise_accounts: enterprise.map((accounts) => accounts.enterprise),
  };
}

/** What a DELETE answers. */
export function deletedJson(object: string, id: string) {
  return { object, id, deleted: true };
}

/** Where a profile image can be fetched; empty when the user has none. */
export function imageUrl(core: Core, user: User): string {
  return user.profileImage ? `${core.url}/images/${user.id}/${user.profileImage.id}` : '';
}

function lockoutJson(core: Core, user: User) {
  const { lockoutAttempts } = core.settings;
  const seconds = lockoutSeconds(core, user);
  return {
    locked: seconds !== null,
    lockout_expires_in_seconds: seconds,
    verification_attempts_remaining: lockoutAttempts === null ? null : lockoutAttempts - user.failedAttempts,
  };
}
