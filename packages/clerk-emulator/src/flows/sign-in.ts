import type { Core } from '../core.ts';
import { ApiError, formError } from '../errors.ts';
import type { Form } from '../form.ts';
import type { Client } from '../state/clients.ts';
import { generateId } from '../state/ids.ts';
import type { SignIn } from '../state/sign-in.ts';
import type { User } from '../state/users.ts';
import { attemptCode, verifiedBy } from '../state/verification.ts';
import { EMAIL_LINK, sendLink } from './email-links.ts';
import { findOwner, linkAccount, verifiedByProvider } from './external-accounts.ts';
import { secondFactorStrategies } from './factors.ts';
import {
  isCodeStrategy,
  isFirstFactor,
  isResetStrategy,
  recipientOf,
  sendFirstFactorCode,
} from './first-factors.ts';
import { identify } from './identifiers.ts';
import { assertMayProve, prove } from './lockout.ts';
import { finishPasskeyProof, startPasskeyProof } from './passkeys.ts';
import { assertAcceptablePassword, assertPassword } from './password.ts';
import { connectionsOf, isEnterprise, isProviderStrategy } from './providers.ts';
import type { Caller } from './redirect-urls.ts';
import { assertMaySignIn, openSession } from './sessions.ts';
import {
  askProvider,
  type ProviderRequest,
  readProviderChoice,
  readProviderRequest,
} from './single-sign-on.ts';
import { useTicket } from './tickets.ts';

const ABANDON_AFTER_MS = 24 * 60 * 60 * 1000;

/** Who is signing in, on which client, from which browser. */
export interface SignInContext {
  core: Core;
  client: Client;
  userAgent: string;
  /** Completed by another browser than the client's. */
  isElsewhere?: boolean;
}

/** And by what kind of request. */
export interface SignInRequest extends SignInContext {
  caller: Caller;
}

/**
 * Whom a sign-in is for; no identifier when a ticket named the account, and no user when an enterprise connection's provider is
 * yet to say who it is.
 */
export interface SignInTarget {
  user: User | null;
  identifier: string | null;
}

/** What a new sign-in is about. */
export interface SignInStart {
  /** `null`: nobody was named. */
  target: SignInTarget | null;
  /** The provider that is to say who it is. */
  provider: ProviderRequest | null;
}

/**
 * The account and the provider that a sign-in starts with; neither for the UI's reset.
 * @throws {ApiError} for a bad or unknown identifier, a banned user, a provider that is not there, a refused redirect address,
 * or a client that may not sign in again.
 */
export function readSignInStart(core: Core, client: Client | null, form: Form, caller: Caller): SignInStart {
  const strategy = form.optional('strategy');
  if (!isProviderStrategy(strategy)) return { target: findSignInUser(core, client, form), provider: null };
  // Clerk's own form names nobody before a provider does, so an identifier counts for enterprise connections alone.
  const target = isEnterprise(strategy) ? findSignInUser(core, client, form) : null;
  if (!target) assertMaySignIn(core, client, null);
  const choice = readProviderChoice(core, form, target?.identifier ?? null);
  const provider = readProviderRequest(core, form, caller, choice);
  return { target, provider };
}

function findSignInUser(core: Core, client: Client | null, form: Form): SignInTarget | null {
  const identifier = form.optional('identifier');
  if (identifier === null) {
    const isOpen = isProviderStrategy(form.optional('strategy'));
    const isPasskey = form.optional('strategy') === 'passkey' && hasPasskeys(core);
    if (!isOpen && !isPasskey) assertNamesNoProof(core, form);
    return null;
  }
  const { identifier: normalized, user } = identify(core, identifier);
  assertMaySignIn(core, client, user?.id ?? null);
  if (!user && connectionsOf(core, normalized).length === 0) {
    throw formError('form_identifier_not_found', 'identifier');
  }
  if (user?.banned) throw new ApiError('user_banned');
  return { identifier: normalized, user };
}

/** Starts an attempt, which replaces the client's last one; a password or a strategy sent along is used at once. */
export async function createSignIn(
  context: SignInRequest,
  { target, provider }: SignInStart,
  form: Form,
): Promise<SignIn> {
  const { core, client } = context;
  const signIn = newSignIn(core, target, form);
  client.signIn = signIn;
  core.clients.changed(client);

  const strategy = form.optional('strategy');
  if (provider) askForSignIn(context, signIn, provider);
  else if (strategy === 'passkey' && !target) signIn.firstFactorVerification = startPasskeyProof(core, null);
  else if (form.optional('password') !== null) await attemptPassword(context, signIn, form);
  else if (strategy !== null && strategy !== 'password') prepareFirstFactor(context, signIn, form);
  return signIn;
}

function askForSignIn({ core, client }: SignInContext, signIn: SignIn, provider: ProviderRequest): void {
  const target = { purpose: 'sign-in', targetId: signIn.id } as const;
  signIn.firstFactorVerification = askProvider(core, client, provider, target);
  core.clients.changed(client);
}

/**
 * Goes on in a sign-in with the account of a sign-up that turned out to be somebody's.
 * @throws {ApiError} `account_transfer_invalid`, and what keeps the user from signing in
 */
export async function transferToSignIn(context: SignInContext, form: Form): Promise<SignIn> {
  const { core, client } = context;
  const verification = client.signUp?.externalVerification;
  const account = verification?.status === 'transferable' ? verification.account : null;
  const user = verification && account && findOwner(core, verification, account);
  if (!verification || !account || !user) throw new ApiError('account_transfer_invalid');
  assertMayProve(core, user);
  assertMaySignIn(core, client, user.id);
  const signIn = newSignIn(core, { user, identifier: null }, form);
  signIn.firstFactorVerification = verifiedByProvider(verification);
  client.signIn = signIn;
  client.signUp = null;
  linkAccount(core, user, verification, account);
  await firstFactorDone(context, signIn, user, verification.strategy);
  return signIn;
}

/**
 * Signs in at once by a ticket, which names the account and is its proof.
 * @throws {ApiError} `ticket_*`, `sign_in_token_*`, `actor_token_*`, and as `findSignInUser` for the account
 */
export async function createTicketSignIn(context: SignInContext, form: Form): Promise<SignIn> {
  const { core, client } = context;
  const ticket = useTicket(core, form.required('ticket'), ['sign_in_token', 'actor_token'], (userId) => {
    assertMaySignIn(core, client, userId);
    assertMayProve(core, core.users.expect(userId ?? ''));
  });
  const user = core.users.expect(ticket.userId ?? '');
  const signIn = newSignIn(core, { user, identifier: null }, form);
  signIn.firstFactorVerification = verifiedBy('ticket');
  signIn.actor = ticket.actor;
  client.signIn = signIn;
  await completeSignIn(context, signIn, user, 'ticket');
  return signIn;
}

/** Mails a code or a link, or says what a passkey must sign. @throws {ApiError} `strategy_for_user_invalid`, `resource_forbidden` */
export function prepareFirstFactor(context: SignInRequest, signIn: SignIn, form: Form): void {
  const { core, client, caller } = context;
  if (isProviderStrategy(form.optional('strategy'))) {
    const isOpen = signIn.status === 'needs_identifier' || signIn.status === 'needs_first_factor';
    if (!isOpen) throw new ApiError('resource_forbidden');
    const choice = readProviderChoice(core, form, signIn.identifier);
    askForSignIn(context, signIn, readProviderRequest(core, form, caller, choice));
    return;
  }
  const user = expectPendingUser(core, signIn, 'needs_first_factor');
  const strategy = form.required('strategy');
  if (strategy === 'passkey' && hasPasskeys(core)) {
    signIn.firstFactorVerification = startPasskeyProof(core, user);
    core.clients.changed(client);
    return;
  }
  const { identifier } = signIn;
  if (strategy === EMAIL_LINK) {
    const recipient = recipientOf(core, { user, identifier }, form);
    const about = { purpose: 'sign-in', targetId: signIn.id, userId: user.id } as const;
    signIn.firstFactorVerification = sendLink(core, context, { ...about, recipient }, form);
    core.clients.changed(client);
    return;
  }
  const purpose = isResetStrategy(strategy) ? 'reset-password' : 'sign-in';
  signIn.firstFactorVerification = sendFirstFactorCode(core, { user, identifier, purpose }, form);
  core.clients.changed(client);
}

/** Checks a password, a code or a passkey. @throws {ApiError} `form_password_incorrect`, `form_code_incorrect`, … */
export async function attemptFirstFactor(context: SignInContext, signIn: SignIn, form: Form): Promise<void> {
  const strategy = form.required('strategy');
  if (strategy === 'password') return attemptPassword(context, signIn, form);
  const { core, client } = context;
  if (strategy === 'passkey' && hasPasskeys(core)) return attemptPasskey(context, signIn, form);
  const user = expectPendingUser(core, signIn, 'needs_first_factor');
  if (!isCodeStrategy(strategy)) throw new ApiError('strategy_for_user_invalid');

  assertMaySignIn(core, client, user.id);
  const { firstFactorVerification: sent } = signIn;
  const code = form.required('code');
  prove(core, user, () => attemptCode(sent?.strategy === strategy ? sent : null, code, core.now()));
  if (isResetStrategy(strategy)) {
    signIn.status = 'needs_new_password';
    core.clients.changed(client);
  } else {
    await firstFactorDone(context, signIn, user, strategy);
  }
}

/** Sets the new password after a reset code was verified, and goes on as after any first factor. */
export async function resetPassword(context: SignInContext, signIn: SignIn, form: Form): Promise<void> {
  const { core } = context;
  const user = expectPendingUser(core, signIn, 'needs_new_password');
  const password = form.required('password');
  assertAcceptablePassword(password, 'password');
  user.password = password;
  user.mustResetPassword = false;
  if (form.optional('sign_out_of_other_sessions') === 'true') core.sessions.closeOfUser(user.id, 'revoked');
  const strategy = signIn.firstFactorVerification?.strategy ?? 'reset_password_email_code';
  await firstFactorDone(context, signIn, user, strategy);
}

/** Goes on to the second factor or to the proof of a new client, where one is needed; otherwise signs in. */
export async function firstFactorDone(
  context: SignInContext,
  signIn: SignIn,
  user: User,
  strategy: string,
): Promise<void> {
  const { core, client } = context;
  const isKnown = user.knownClientIds.has(client.id);
  if (core.settings.clientTrust) signIn.clientTrustState = isKnown ? 'known' : 'new';
  if (furtherFactors(core, user, strategy).length > 0) signIn.status = 'needs_second_factor';
  else if (core.settings.clientTrust && strategy === 'password' && !isKnown)
    signIn.status = 'needs_client_trust';
  else await completeSignIn(context, signIn, user, strategy);
  core.clients.changed(client);
}

/** A code by mail is no second proof beside another proof by mail. */
function furtherFactors(core: Core, user: User, first: string): string[] {
  const isSame = (second: string) =>
    first.endsWith(second) || (first === 'email_link' && second === 'email_code');
  return secondFactorStrategies(core, user).filter((second) => !isSame(second));
}

/** Opens the session; whether by two factors stands in the attempt. */
export async function completeSignIn(
  context: SignInContext,
  signIn: SignIn,
  user: User,
  strategy: string,
): Promise<void> {
  const { core, client, userAgent, isElsewhere } = context;
  const hasSecondFactor = signIn.status === 'needs_second_factor';
  const how = { strategy, userAgent, actor: signIn.actor, hasSecondFactor, isElsewhere };
  const session = await openSession(core, client, user, how);
  signIn.status = 'complete';
  signIn.createdSessionId = session.id;
}

/** The attempt's user. @throws {ApiError} `resource_forbidden` in another status, `user_banned`, `user_locked` */
export function expectPendingUser(core: Core, signIn: SignIn, ...statuses: Array<SignIn['status']>): User {
  if (!statuses.includes(signIn.status) || signIn.userId === null) throw new ApiError('resource_forbidden');
  const user = core.users.expect(signIn.userId);
  assertMayProve(core, user);
  return user;
}

function newSignIn(core: Core, target: SignInTarget | null, form: Form): SignIn {
  return {
    id: generateId('sia'),
    status: target ? 'needs_first_factor' : 'needs_identifier',
    identifier: target?.identifier ?? null,
    userId: target?.user?.id ?? null,
    firstFactorVerification: null,
    secondFactorVerification: null,
    clientTrustState: null,
    actor: null,
    createdSessionId: null,
    locale: form.optional('locale'),
    abandonAt: core.now() + ABANDON_AFTER_MS,
  };
}

function hasPasskeys({ settings }: Core): boolean {
  return settings.passkeys;
}

/** A passkey is two factors in one, and names the account where nobody was named before. */
async function attemptPasskey(context: SignInContext, signIn: SignIn, form: Form): Promise<void> {
  const { core, client } = context;
  const isOpen = signIn.status === 'needs_identifier' || signIn.status === 'needs_first_factor';
  if (!isOpen) throw new ApiError('resource_forbidden');
  const expected = signIn.userId === null ? null : core.users.expect(signIn.userId);
  const user = finishPasskeyProof(core, expected, signIn.firstFactorVerification, form);
  assertMayProve(core, user);
  assertMaySignIn(core, client, user.id);
  signIn.userId = user.id;
  await completeSignIn(context, signIn, user, 'passkey');
}

function assertNamesNoProof(core: Core, form: Form): void {
  const strategy = form.optional('strategy');
  const isKnown =
    strategy === null ||
    strategy === 'password' ||
    isCodeStrategy(strategy) ||
    (strategy === EMAIL_LINK && core.settings.emailLinks);
  if (!isKnown) throw new ApiError('strategy_for_user_invalid');
  if (strategy !== null || form.optional('password') !== null)
    throw formError('form_param_missing', 'identifier');
}

async function attemptPassword(context: SignInContext, signIn: SignIn, form: Form): Promise<void> {
  const user = expectPendingUser(context.core, signIn, 'needs_first_factor');
  const isOffered = isFirstFactor(context.core, user, signIn.identifier, 'password');
  if (!isOffered) throw new ApiError('strategy_for_user_invalid');
  prove(context.core, user, () => assertPassword(user, form));
  signIn.firstFactorVerification = verifiedBy('password');
  await firstFactorDone(context, signIn, user, 'password');
}
