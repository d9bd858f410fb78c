import type { Core } from '../core.ts';
import { ApiError, formError } from '../errors.ts';
import type { Form } from '../form.ts';
import type { Client } from '../state/clients.ts';
import {
  AUTHORIZATION_LIFETIME_MS,
  type Authorization,
  type ExternalVerification,
  randomSecret,
} from '../state/single-sign-on.ts';
import {
  connectionsOf,
  ENTERPRISE_STRATEGY,
  isEnterprise,
  type KnownConnection,
  providerName,
} from './providers.ts';
import { type Caller, type RedirectUrls, readRedirectUrls } from './redirect-urls.ts';

/** A provider that was asked for, and where it is to send people back to. */
export interface ProviderRequest extends RedirectUrls {
  strategy: string;
  /** Of enterprise single sign-on. */
  connection: KnownConnection | null;
  loginHint: string | null;
  prompt: string | null;
  scope: string;
  isWebPage: boolean;
}

/** Which provider is asked. */
export interface ProviderChoice {
  strategy: string;
  connection?: KnownConnection | null;
  /** Whom the provider is to expect. */
  loginHint?: string | null;
}

/**
 * The provider that a form names.
 * @param emailAddress whose domain says which enterprise connections there are
 * @throws {ApiError} `form_param_missing`, `saml_connection_not_found`
 */
export function readProviderChoice(core: Core, form: Form, emailAddress: string | null): ProviderChoice {
  const strategy = form.required('strategy');
  if (!isEnterprise(strategy)) return { strategy };
  const connection = chooseConnection(core, form, emailAddress);
  return { strategy: ENTERPRISE_STRATEGY, connection, loginHint: emailAddress };
}

/**
 * What a form asks of a provider; nothing has changed yet.
 * @throws {ApiError} `oauth_provider_not_enabled`, and as `readRedirectUrls`
 */
export function readProviderRequest(
  core: Core,
  form: Form,
  caller: Caller,
  { strategy, connection = null, loginHint = null }: ProviderChoice,
): ProviderRequest {
  if (!connection) assertEnabled(core, strategy);
  const scopes = ['openid', 'profile', 'email', form.optional('additional_scope')];
  return {
    ...readRedirectUrls(core, form, caller),
    strategy,
    connection,
    loginHint: form.optional('oidc_login_hint') ?? loginHint,
    prompt: form.optional('oidc_prompt'),
    scope: scopes.filter(Boolean).join(' '),
    isWebPage: caller.isWebPage,
  };
}

/** @throws {ApiError} `oauth_provider_not_enabled` */
function assertEnabled({ settings }: Core, strategy: string): void {
  if (settings.socialProviders.includes(strategy)) return;
  const name = providerName(strategy);
  const longMessage = `Single-sign on with ${name} OAuth provider is not enabled in the instance settings.`;
  throw new ApiError('oauth_provider_not_enabled', { longMessage });
}

function chooseConnection(core: Core, form: Form, emailAddress: string | null): KnownConnection {
  if (emailAddress === null) throw formError('form_param_missing', 'identifier');
  const connections = connectionsOf(core, emailAddress);
  const id = form.optional('enterprise_connection_id');
  const connection = id === null ? connections[0] : connections.find((candidate) => candidate.id === id);
  if (!connection) throw formError('saml_connection_not_found', 'identifier');
  return connection;
}

/** Opens the way to the provider's page. @returns the verification with the address of the page */
export function askProvider(
  core: Core,
  client: Client,
  request: ProviderRequest,
  target: Pick<Authorization, 'purpose' | 'targetId'> & { userId?: string },
): ExternalVerification {
  const state = randomSecret();
  const verification: ExternalVerification = {
    status: 'unverified',
    strategy: request.strategy,
    attempts: 0,
    expireAt: core.now() + AUTHORIZATION_LIFETIME_MS,
    pageUrl: pageUrl(core, request, state),
    connectionId: request.connection?.id ?? null,
    error: null,
    account: null,
  };
  const { redirectUrl, completeRedirectUrl, isWebPage } = request;
  core.singleSignOn.begin(state, {
    userId: null,
    ...target,
    clientId: client.id,
    verification,
    redirectUrl,
    completeRedirectUrl,
    isWebPage,
  });
  return verification;
}

function pageUrl({ url, providerUrl }: Core, request: ProviderRequest, state: string): string {
  const { strategy, connection, loginHint, prompt, scope } = request;
  const page = new URL(`/${connection?.id ?? strategy}/authorize`, providerUrl);
  const parameters = {
    client_id: 'clerk-emulator',
    redirect_uri: `${url}/v1/oauth_callback`,
    response_type: 'code',
    scope,
    state,
    ...(loginHint === null ? {} : { login_hint: loginHint }),
    ...(prompt === null ? {} : { prompt }),
  };
  page.search = new URLSearchParams(parameters).toString();
  return page.href;
}
