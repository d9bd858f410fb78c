import type { Core } from '../core.ts';
import { findConnection, type KnownConnection } from '../flows/providers.ts';
import type { ExternalAccount } from '../state/external-accounts.ts';
import type { Verification } from '../state/verification.ts';
import { verificationJson } from './verification.ts';

/**
 * An account at a social provider as the SDK reads it.
 * @param verification of a connection that is being made or renewed; the account's own when left out
 */
export function externalAccountJson(
  external: ExternalAccount,
  verification: Verification = external.verification,
) {
  const { account } = external;
  return {
    object: 'external_account',
    id: external.id,
    provider: external.strategy,
    identification_id: external.id.replace('eac_', 'idn_'),
    ...accountJson(external),
    approved_scopes: external.approvedScopes,
    email_address_verified: account ? account.emailAddress !== null : null,
    image_url: '',
    username: null,
    phone_number: null,
    label: null,
    created_at: external.createdAt,
    updated_at: external.updatedAt,
    verification: verificationJson(verification),
  };
}

/** The same person's account at an enterprise connection: under the older name, and under the one that clerk-js reads. */
export function enterpriseAccountsJson(core: Core, external: ExternalAccount) {
  const connection = findConnection(core, external.connectionId);
  const common = {
    id: external.id,
    provider: connection?.provider ?? 'saml_custom',
    active: connection !== null,
    ...accountJson(external),
    enterprise_connection_id: external.connectionId,
    last_authenticated_at: external.lastAuthenticatedAt,
    verification: verificationJson(external.verification),
  };
  const connectionJson = connection && {
    id: connection.id,
    name: connection.name,
    domain: connection.domain,
    active: true,
    provider: connection.provider,
    sync_user_attributes: true,
    allow_subdomains: false,
    allow_idp_initiated: false,
    disable_additional_identifications: false,
    created_at: external.createdAt,
    updated_at: external.updatedAt,
  };
  return {
    saml: { object: 'saml_account', ...common, saml_connection: connectionJson },
    enterprise: {
      object: 'enterprise_account',
      ...common,
      protocol: common.provider.split('_')[0],
      enterprise_connection: connectionJson && {
        ...connectionJson,
        protocol: common.provider.split('_')[0],
        logo_public_url: '',
      },
    },
  };
}

/** An enterprise connection that an account can be connected at. */
export function connectionJson(connection: KnownConnection) {
  const { id, name, provider, domain, allowOrganizationAccountLinking = false } = connection;
  return {
    id,
    name,
    provider,
    logo_public_url: null,
    active: true,
    domains: [domain],
    sync_user_attributes: true,
    disable_additional_identifications: false,
    allow_organization_account_linking: allowOrganizationAccountLinking,
    authenticatable: true,
    // A connection is a setting, and settings have no date.
    created_at: 0,
    updated_at: 0,
  };
}

function accountJson({ account }: ExternalAccount) {
  return {
    provider_user_id: account?.providerUserId ?? '',
    email_address: account?.emailAddress ?? '',
    first_name: account?.firstName ?? '',
    last_name: account?.lastName ?? '',
    public_metadata: {},
  };
}
