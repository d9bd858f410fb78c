import type { Core } from '../core.ts';
import { ApiError, formError, notFound } from '../errors.ts';
import type { Form } from '../form.ts';
import type { Client } from '../state/clients.ts';
import { generateId } from '../state/ids.ts';
import type { SignIn } from '../state/sign-in.ts';
import type { User } from '../state/users.ts';
import { attemptCode, sendCode, verifiedBy } from '../state/verification.ts';
import { normalizeEmailAddress } from './email-address.ts';
import { secondFactorStrategies } from './factors.ts';
import { expectEmailAddress } from './me.ts';
import { finishPasskeyProof, startPasskeyProof } from './passkeys.ts';
import { assertAcceptablePassword } from './password.ts';
import { assertMaySignIn, openSession } from './sessions.ts';
import { useTicket } from './tickets.ts';

const ABANDON_AFTER_MS = 24 * 60 * 60 * 1000;
const RESET_STRATEGY = 'reset_password_email_code';
const CODE_STRATEGIES = ['email_code', RESET_STRATEGY];

/** Who is signing in, on which client, from which browser. */
export interface SignInContext {
  core: Core;
  client: Client;
  userAgent: string;
}

/**
 * The account a sign-in starts with; `null` for the UI's reset, which names nobody.
 * @throws {ApiError} for a bad or unknown identifier, a banned user, or a client that may not sign in again.
 */
export function findSignInUser(core: Core, client: Client | null, form: Form): User | null {
  const identifier = form.optional('identifier');
  if (identifier === null) {
    if (form.optional('strategy') !== 'passkey' || !hasPasskeys(core)) assertNamesNoProof(form);
    return null;
  }
  const user = core.users.findByEmailAddress(normalizeEmailAddress(identifier, 'identifier'));
  assertMaySignIn(core, client, user?.id ?? null);
  if (!user) throw formError('form_identifier_not_found', 'identifier');
  if (user.banned) throw new ApiError('user_banned');
  return user;
}

/** Starts an attempt, which replaces the client's last one; a password or a strategy sent along is used at once. */
export async function createSignIn(context: SignInContext, user: User | null, form: Form): Promise<SignIn> {
  const { core, client } = context;
  const signIn = newSignIn(core, user, form);
  client.signIn = signIn;
  core.clients.changed(client);

  const strategy = form.optional('strategy');
  if (strategy === 'passkey' && !user) signIn.firstFactorVerification = startPasskeyProof(core, null);
  else if (form.optional('password') !== null) await attemptPassword(context, signIn, form);
  else if (strategy !== null && strategy !== 'password') prepareFirstFactor(context, signIn, form);
  return signIn;
}

/**
 * Signs in at once by a ticket, which names the account and is its proof.
 * @throws {ApiError} `ticket_*`, `sign_in_token_*`, `actor_token_*`, and as `findSignInUser` for the account
 */
export async function createTicketSignIn(context: SignInContext, form: Form): Promise<SignIn> {
  const { core, client } = context;
  const ticket = useTicket(core, form.required('ticket'), ['sign_in_token', 'actor_token'], (userId) =>
    assertMaySignIn(core, client, userId),
  );
  const user = core.users.expect(ticket.userId ?? '');
  if (user.banned) throw new ApiError('user_banned');
  const signIn = newSignIn(core, user, form);
  signIn.firstFactorVerification = verifiedBy('ticket');
  signIn.actor = ticket.actor;
  client.signIn = signIn;
  await completeSignIn(context, signIn, user, 'ticket');
  return signIn;
}

/** Mails a code, or says what a passkey must sign. @throws {ApiError} `strategy_for_user_invalid`, `resource_forbidden` */
export function prepareFirstFactor({ core, client }: SignInContext, signIn: SignIn, form: Form): void {
  const user = expectPendingUser(core, signIn, 'needs_first_factor');
  const strategy = form.required('strategy');
  if (strategy === 'passkey' && hasPasskeys(core)) {
    signIn.firstFactorVerification = startPasskeyProof(core, user);
    core.clients.changed(client);
    return;
  }
  if (!CODE_STRATEGIES.includes(strategy) || signIn.identifier === null) {
    throw new ApiError('strategy_for_user_invalid');
  }
  assertOwnAddress(user, signIn, form.optional('email_address_id'));
  const isReset = strategy === RESET_STRATEGY;
  if (isReset && user.password === null) throw new ApiError('strategy_for_user_invalid');
  signIn.firstFactorVerification = sendCode(core.mailbox, {
    recipient: signIn.identifier,
    strategy,
    purpose: isReset ? 'reset-password' : 'sign-in',
    now: core.now(),
  });
  core.clients.changed(client);
}

/** Checks a password, a code or a passkey. @throws {ApiError} `form_password_incorrect`, `form_code_incorrect`, … */
export async function attemptFirstFactor(context: SignInContext, signIn: SignIn, form: Form): Promise<void> {
  const strategy = form.required('strategy');
  if (strategy === 'password') return attemptPassword(context, signIn, form);
  const { core, client } = context;
  if (strategy === 'passkey' && hasPasskeys(core)) return attemptPasskey(context, signIn, form);
  const user = expectPendingUser(core, signIn, 'needs_first_factor');
  if (!CODE_STRATEGIES.includes(strategy)) throw new ApiError('strategy_for_user_invalid');

  assertMaySignIn(core, client, user.id);
  const verification = signIn.firstFactorVerification;
  attemptCode(verification?.strategy === strategy ? verification : null, form.required('code'), core.now());
  if (strategy === RESET_STRATEGY) {
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
  await firstFactorDone(context, signIn, user, RESET_STRATEGY);
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
  if (secondFactorStrategies(core, user).length > 0) signIn.status = 'needs_second_factor';
  else if (core.settings.clientTrust && strategy === 'password' && !isKnown)
    signIn.status = 'needs_client_trust';
  else await completeSignIn(context, signIn, user, strategy);
  core.clients.changed(client);
}

/** Opens the session; whether by two factors stands in the attempt. */
export async function completeSignIn(
  context: SignInContext,
  signIn: SignIn,
  user: User,
  strategy: string,
): Promise<void> {
  const { core, client, userAgent } = context;
  const hasSecondFactor = signIn.status === 'needs_second_factor';
  const how = { strategy, userAgent, actor: signIn.actor, hasSecondFactor };
  const session = await openSession(core, client, user, how);
  signIn.status = 'complete';
  signIn.createdSessionId = session.id;
}

/** The attempt's user. @throws {ApiError} `resource_forbidden` in another status, `user_banned` */
export function expectPendingUser(core: Core, signIn: SignIn, ...statuses: Array<SignIn['status']>): User {
  if (!statuses.includes(signIn.status) || signIn.userId === null) throw new ApiError('resource_forbidden');
  const user = core.users.expect(signIn.userId);
  if (user.banned) throw new ApiError('user_banned');
  return user;
}

function newSignIn(core: Core, user: User | null, form: Form): SignIn {
  const identifier = form.optional('identifier');
  return {
    id: generateId('sia'),
    status: user ? 'needs_first_factor' : 'needs_identifier',
    identifier: user && identifier && normalizeEmailAddress(identifier, 'identifier'),
    userId: user?.id ?? null,
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
  if (user.banned) throw new ApiError('user_banned');
  assertMaySignIn(core, client, user.id);
  signIn.userId = user.id;
  await completeSignIn(context, signIn, user, 'passkey');
}

/** @throws {ApiError} `resource_not_found` for an address that is not the one the attempt was started with. */
function assertOwnAddress(user: User, signIn: SignIn, id: string | null): void {
  if (id !== null && expectEmailAddress(user, id).emailAddress !== signIn.identifier) {
    throw notFound('email address', id);
  }
}

function assertNamesNoProof(form: Form): void {
  const strategy = form.optional('strategy');
  const isKnown = strategy === null || strategy === 'password' || CODE_STRATEGIES.includes(strategy);
  if (!isKnown) throw new ApiError('strategy_for_user_invalid');
  if (strategy !== null || form.optional('password') !== null)
    throw formError('form_param_missing', 'identifier');
}

async function attemptPassword(context: SignInContext, signIn: SignIn, form: Form): Promise<void> {
  const user = expectPendingUser(context.core, signIn, 'needs_first_factor');
  if (user.password === null) throw new ApiError('strategy_for_user_invalid');
  if (form.required('password') !== user.password) throw formError('form_password_incorrect', 'password');
  signIn.firstFactorVerification = verifiedBy('password');
  await firstFactorDone(context, signIn, user, 'password');
}
