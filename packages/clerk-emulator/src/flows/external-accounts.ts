import { createHash } from 'node:crypto';
import type { Core } from '../core.ts';
import { notFound } from '../errors.ts';
import type { ExternalAccount, ProviderAccount } from '../state/external-accounts.ts';
import { generateId } from '../state/ids.ts';
import type { ExternalVerification } from '../state/single-sign-on.ts';
import type { User } from '../state/users.ts';
import type { Verification } from '../state/verification.ts';

/** By which provider: one of the social ones, or an enterprise connection. */
type ProviderKey = Pick<ExternalVerification, 'strategy' | 'connectionId'>;

/** Somebody that the provider knows; the same address is the same person the next time. */
export function newAccount(
  strategy: string,
  person: Omit<ProviderAccount, 'providerUserId'> & { emailAddress: string },
): ProviderAccount {
  const hash = createHash('sha256').update(`${strategy} ${person.emailAddress}`).digest();
  return { ...person, providerUserId: String(hash.readBigUInt64BE()) };
}

/** Whose account it is: the one that it was connected to, or else the one that proved to have its e-mail address. */
export function findOwner(core: Core, key: ProviderKey, account: ProviderAccount): User | null {
  const connected = core.users.all().find((user) => findAccount(user, key, account.providerUserId));
  if (connected || account.emailAddress === null) return connected ?? null;
  return core.users.findByEmailAddress(account.emailAddress);
}

function findAccount(user: User, key: ProviderKey, providerUserId: string): ExternalAccount | undefined {
  return user.externalAccounts.find(
    (external) => isOf(external, key) && external.account?.providerUserId === providerUserId,
  );
}

/** The user's account at a provider; there is one at most, pending ones included. */
export function accountAt(user: User, key: ProviderKey): ExternalAccount | null {
  return user.externalAccounts.find((external) => isOf(external, key)) ?? null;
}

function isOf({ strategy, connectionId }: ExternalAccount, key: ProviderKey): boolean {
  return strategy === key.strategy && connectionId === key.connectionId;
}

/** A new account of the user's, or the one that is there already, which waits for its provider's answer. */
export function prepareAccount(
  core: Core,
  user: User,
  verification: ExternalVerification,
  id = generateId('eac'),
): ExternalAccount {
  const known = accountAt(user, verification);
  if (known) return known;
  const now = core.now();
  const external: ExternalAccount = {
    id,
    strategy: verification.strategy,
    connectionId: verification.connectionId,
    account: null,
    verification,
    approvedScopes: '',
    lastAuthenticatedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  user.externalAccounts.push(external);
  return external;
}

/** Connects an account to a user, or notes that it was used again. */
export function linkAccount(
  core: Core,
  user: User,
  key: ProviderKey,
  account: ProviderAccount,
): ExternalAccount {
  const { strategy, connectionId } = key;
  const verification = verifiedByProvider({ strategy, connectionId, expireAt: core.now() });
  const external = findAccount(user, key, account.providerUserId) ?? prepareAccount(core, user, verification);
  external.account = account;
  external.verification = verification;
  external.approvedScopes = 'openid profile email';
  external.lastAuthenticatedAt = core.now();
  external.updatedAt = core.now();
  core.users.changed(user);
  return external;
}

/** A proof by a provider that is done. */
export function verifiedByProvider({
  strategy,
  connectionId,
  expireAt,
}: Pick<ExternalVerification, 'strategy' | 'connectionId' | 'expireAt'>): ExternalVerification {
  const proof = { status: 'verified', strategy, connectionId, attempts: 1, expireAt } as const;
  return { ...proof, pageUrl: null, error: null, account: null };
}

/** Adds the account's e-mail address to the user's, where it is nobody's yet. */
export function adoptEmailAddress(core: Core, user: User, account: ProviderAccount, strategy: string): void {
  const { emailAddress } = account;
  if (emailAddress === null || core.users.findByEmailAddress(emailAddress)) return;
  const own = user.emailAddresses.find((email) => email.emailAddress === emailAddress);
  const verification = emailProof(strategy);
  if (own) own.verification = verification;
  else core.users.addEmailAddress(user, emailAddress, verification);
}

/** How an e-mail address is proved by a provider that knows it. */
export function emailProof(strategy: string): Verification {
  const proof = strategy.startsWith('oauth_') ? `from_${strategy}` : strategy;
  return { status: 'verified', strategy: proof, attempts: 1, expireAt: null };
}

/** The accounts that an e-mail address came with. */
export function accountsWith(user: User, emailAddress: string): ExternalAccount[] {
  return user.externalAccounts.filter(({ account }) => account?.emailAddress === emailAddress);
}

/** The strategies of the providers that the user can sign in by. */
export function connectedStrategies({ settings }: Core, user: User): string[] {
  const connected = user.externalAccounts.filter(({ account }) => account !== null);
  return connected
    .map(({ strategy }) => strategy)
    .filter((strategy) => settings.socialProviders.includes(strategy));
}

/** @throws {ApiError} `resource_not_found` */
export function expectExternalAccount(user: User, id: string): ExternalAccount {
  const external = user.externalAccounts.find((candidate) => candidate.id === id);
  if (!external) throw notFound('external account', id);
  return external;
}
