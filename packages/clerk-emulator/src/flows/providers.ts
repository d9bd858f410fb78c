import { createHash } from 'node:crypto';
import type { Core } from '../core.ts';
import type { EnterpriseConnection } from '../types.ts';

/** The strategy of all enterprise connections; `saml` is its older name. */
export const ENTERPRISE_STRATEGY = 'enterprise_sso';

/** How the providers spell their names; others begin with a capital letter. */
const NAMES: Record<string, string> = {
  github: 'GitHub',
  gitlab: 'GitLab',
  linkedin: 'LinkedIn',
  linkedin_oidc: 'LinkedIn',
  tiktok: 'TikTok',
  hubspot: 'HubSpot',
  huggingface: 'Hugging Face',
  x: 'X / Twitter',
};

/** Whether a strategy leads to a provider's page. */
export function isProviderStrategy(strategy: string | null): strategy is string {
  return strategy !== null && (isOAuth(strategy) || isEnterprise(strategy));
}

export function isOAuth(strategy: string): boolean {
  return /^oauth_(?!token_)/.test(strategy);
}

export function isEnterprise(strategy: string): boolean {
  return strategy === ENTERPRISE_STRATEGY || strategy === 'saml';
}

/** What people call a provider: `Google` for `oauth_google`. */
export function providerName(strategy: string): string {
  const slug = strategy.replace(/^oauth_(custom_)?/, '');
  const words = slug.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return NAMES[slug] ?? words.join(' ');
}

/** An enterprise connection with the id that Clerk's clients name it by. */
export interface KnownConnection extends EnterpriseConnection {
  id: string;
  provider: string;
}

/** The instance's enterprise connections. Their ids depend on what they are: the settings hold none. */
export function enterpriseConnections({ settings }: Core): KnownConnection[] {
  return settings.enterpriseConnections.map((connection) => {
    const hash = createHash('sha256').update(`${connection.domain} ${connection.name}`).digest('hex');
    return { provider: 'saml_custom', ...connection, id: `samlc_${hash.slice(0, 27)}` };
  });
}

/** Those that an e-mail address belongs to. */
export function connectionsOf(core: Core, emailAddress: string | null): KnownConnection[] {
  const domain = emailAddress?.split('@')[1]?.toLowerCase();
  return enterpriseConnections(core).filter((connection) => connection.domain === domain);
}

export function findConnection(core: Core, id: string | null): KnownConnection | null {
  return enterpriseConnections(core).find((connection) => connection.id === id) ?? null;
}
