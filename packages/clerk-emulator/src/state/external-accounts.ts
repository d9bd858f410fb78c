import type { ExternalVerification } from './single-sign-on.ts';

/** Somebody as a provider of single sign-on knows them. */
export interface ProviderAccount {
  providerUserId: string;
  /** `null` when it was not shared. */
  emailAddress: string | null;
  firstName: string | null;
  lastName: string | null;
}

/** A user's account at a provider, by which the user signs in. */
export interface ExternalAccount {
  id: string;
  /** `oauth_google`, or `enterprise_sso`. */
  strategy: string;
  /** Of enterprise accounts. */
  connectionId: string | null;
  /** `null` while the provider's page is open for the first time. */
  account: ProviderAccount | null;
  verification: ExternalVerification;
  approvedScopes: string;
  /** Unix ms. */
  lastAuthenticatedAt: number | null;
  createdAt: number;
  updatedAt: number;
}
