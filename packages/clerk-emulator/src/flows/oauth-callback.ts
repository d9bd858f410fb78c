import type { Core } from '../core.ts';
import { ApiError, errorJson } from '../errors.ts';
import type { Client } from '../state/clients.ts';
import type { ProviderAccount } from '../state/external-accounts.ts';
import type { Authorization, ExternalVerification } from '../state/single-sign-on.ts';
import type { User } from '../state/users.ts';
import { adoptEmailAddress, expectExternalAccount, findOwner, linkAccount } from './external-accounts.ts';
import { assertMayProve } from './lockout.ts';
import { findConnection, providerName } from './providers.ts';
import { isListed } from './redirect-urls.ts';
import { assertMaySignIn } from './sessions.ts';
import { firstFactorDone } from './sign-in.ts';
import { applyProviderAccount, completeSignUp } from './sign-up.ts';

/** What a provider's answer says, in the browser that came with it. */
export interface ProviderAnswer {
  state: string | null;
  code: string | null;
  error: string | null;
  userAgent: string;
  /** Whom the browser's cookies name. */
  cookieClient: Client | null;
}

/** Where the browser goes on, and the client whose cookies it gets. */
export interface CallbackResult {
  location: string;
  cookieClient: Client | null;
}

/**
 * Takes a provider's answer, once. What goes wrong with the attempt itself is told in the address and kept in its verification.
 * @throws {ApiError} `oauth_callback_invalid` when the answer belongs to nothing that is under way, `authorization_invalid` when
 * it comes in another browser than the one whose page asked
 */
export async function takeProviderAnswer(core: Core, answer: ProviderAnswer): Promise<CallbackResult> {
  const authorization = answer.state === null ? null : core.singleSignOn.takeAuthorization(answer.state);
  const client = authorization && core.clients.find(authorization.clientId);
  if (!authorization || !client) throw new ApiError('oauth_callback_invalid');
  const isForeign =
    authorization.isWebPage && core.instance === 'production' && answer.cookieClient !== client;
  if (isForeign) throw new ApiError('authorization_invalid');

  const { verification } = authorization;
  const cookieClient = authorization.isWebPage ? client : null;
  try {
    const account = readAccount(core, authorization, answer);
    verification.attempts = 1;
    await finish({ core, client, authorization, account, userAgent: answer.userAgent });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (verification.status === 'unverified') verification.status = 'failed';
    verification.error = errorJson(error.code, error.details);
  }
  verification.pageUrl = null;
  core.clients.changed(client);
  return { location: location(core, authorization, client), cookieClient };
}

interface Finishing {
  core: Core;
  client: Client;
  authorization: Authorization;
  account: ProviderAccount;
  userAgent: string;
}

function finish(finishing: Finishing): void | Promise<void> {
  const { purpose } = finishing.authorization;
  if (purpose === 'sign-in') return finishSignIn(finishing);
  return purpose === 'sign-up' ? finishSignUp(finishing) : finishConnecting(finishing);
}

async function finishSignIn({ core, client, authorization, account, userAgent }: Finishing): Promise<void> {
  const { signIn } = client;
  const { verification } = authorization;
  if (!signIn || signIn.firstFactorVerification !== verification) throw outdated('sign ins');
  const user = findOwner(core, verification, account);
  if (!user) throw transferable(verification, account, 'external_account_not_found');
  admit(core, client, user);
  linkAccount(core, user, verification, account);
  verification.status = 'verified';
  signIn.userId = user.id;
  await firstFactorDone({ core, client, userAgent }, signIn, user, verification.strategy);
}

async function finishSignUp({ core, client, authorization, account, userAgent }: Finishing): Promise<void> {
  const { signUp } = client;
  const { verification } = authorization;
  if (!signUp || signUp.externalVerification !== verification) throw outdated('sign ups');
  if (findOwner(core, verification, account)) {
    throw transferable(verification, account, 'external_account_exists');
  }
  assertMaySignIn(core, client, null);
  verification.status = 'verified';
  applyProviderAccount(signUp, account);
  await completeSignUp(core, client, signUp, { userAgent });
}

function finishConnecting({ core, authorization, account }: Finishing): void {
  const { userId, targetId, verification } = authorization;
  const user = core.users.expect(userId ?? '');
  expectExternalAccount(user, targetId);
  const owner = findOwner(core, verification, account);
  if (owner && owner !== user) throw new ApiError('oauth_identification_claimed');
  linkAccount(core, user, verification, account);
  adoptEmailAddress(core, user, account, verification.strategy);
  verification.status = 'verified';
}

/** @throws {ApiError} what keeps a user from signing in, the provider's word notwithstanding */
function admit(core: Core, client: Client, user: User): void {
  assertMayProve(core, user);
  assertMaySignIn(core, client, user.id);
}

/** The account is kept, so that the client can go on with it in the other kind of attempt. */
function transferable(
  verification: ExternalVerification,
  account: ProviderAccount,
  code: 'external_account_not_found' | 'external_account_exists',
): ApiError {
  verification.status = 'transferable';
  verification.account = { ...account };
  return new ApiError(code);
}

function outdated(kind: string): ApiError {
  return new ApiError('resource_forbidden', {
    longMessage: `Update operations are not allowed on older ${kind}`,
  });
}

/** @throws {ApiError} `oauth_access_denied`, `oauth_token_exchange_error`, `verification_expired`, `enterprise_sso_…` */
function readAccount(
  core: Core,
  authorization: Authorization,
  { code, error }: ProviderAnswer,
): ProviderAccount {
  const { verification } = authorization;
  const connection = findConnection(core, verification.connectionId);
  const name = connection?.name ?? providerName(verification.strategy);
  if (error === 'access_denied') {
    throw new ApiError('oauth_access_denied', {
      longMessage: `You did not grant access to your ${name} account`,
    });
  }
  const account = code === null ? null : core.singleSignOn.takeGrant(code);
  if (!account) throw new ApiError('oauth_token_exchange_error');
  if (core.now() > verification.expireAt) {
    verification.status = 'expired';
    throw new ApiError('verification_expired');
  }
  if (connection && !account.emailAddress?.endsWith(`@${connection.domain}`)) {
    throw new ApiError('enterprise_sso_email_address_domain_mismatch');
  }
  return account;
}

/** The address of the app, with what a native client needs to go on: a nonce for its new JWT, or why it failed. */
function location(core: Core, authorization: Authorization, client: Client): string {
  const { verification, redirectUrl, completeRedirectUrl } = authorization;
  const isComplete = verification.status === 'verified' && isFinished(authorization, client);
  const url = new URL(isComplete ? completeRedirectUrl : redirectUrl);
  if (verification.error) {
    url.searchParams.set('__clerk_status', 'failed');
    url.searchParams.set('__clerk_error_code', verification.error.code);
  } else if (!authorization.isWebPage && isListed(core, url.href)) {
    const nonce = core.singleSignOn.createNonce(client.id, noncePath(authorization));
    url.searchParams.set('rotating_token_nonce', nonce);
  }
  return url.href;
}

function isFinished({ purpose }: Authorization, { signIn, signUp }: Client): boolean {
  if (purpose === 'sign-in') return signIn?.status === 'complete';
  return purpose === 'sign-up' ? signUp?.status === 'complete' : true;
}

/** The request by which a native client asks what became of it. */
function noncePath({ purpose, targetId }: Authorization): string {
  if (purpose === 'connect') return '/v1/me';
  return `/v1/client/${purpose === 'sign-in' ? 'sign_ins' : 'sign_ups'}/${targetId}`;
}
