import type { Core } from '../core.ts';
import { findOwner, newAccount } from '../flows/external-accounts.ts';
import { ENTERPRISE_STRATEGY, findConnection, isOAuth, providerName } from '../flows/providers.ts';
import type { ProviderAccount } from '../state/external-accounts.ts';
import { isVerified, type User } from '../state/users.ts';

/** A provider of single sign-on, as its page shows itself. */
export interface Provider {
  name: string;
  strategy: string;
  connectionId: string | null;
  /** Of an enterprise connection: whose people it knows. */
  domain: string | null;
}

/** How many people a page offers. */
const MAX_PEOPLE = 8;

/** @param slug a strategy, or the id of an enterprise connection */
export function findProvider(core: Core, slug: string): Provider | null {
  const connection = findConnection(core, slug);
  if (connection) {
    const { name, id, domain } = connection;
    return { name, strategy: ENTERPRISE_STRATEGY, connectionId: id, domain };
  }
  const isThere = isOAuth(slug) && core.settings.socialProviders.includes(slug);
  return isThere ? { name: providerName(slug), strategy: slug, connectionId: null, domain: null } : null;
}

/** The instance's own people who have an account there, the newest last: everybody with an e-mail address that it knows. */
export function peopleOf(core: Core, provider: Provider): ProviderAccount[] {
  const accounts = core.users.all().flatMap((user) => accountOf(user, provider) ?? []);
  return accounts.slice(0, MAX_PEOPLE);
}

function accountOf(user: User, { strategy, connectionId, domain }: Provider): ProviderAccount | null {
  const connected = user.externalAccounts.find(
    (external) => external.strategy === strategy && external.connectionId === connectionId,
  );
  if (connected?.account) return connected.account;
  const email = user.emailAddresses.find(
    ({ id, emailAddress }) =>
      id === user.primaryEmailAddressId && (domain === null || emailAddress.endsWith(`@${domain}`)),
  );
  if (!email || !isVerified(email)) return null;
  const { firstName, lastName } = user;
  return newAccount(strategy, { emailAddress: email.emailAddress, firstName, lastName });
}

/** An address that nobody of the instance has. */
export function freeEmailAddress(core: Core, provider: Provider): string {
  const domain = provider.domain ?? 'example.com';
  for (let number = 1; ; number += 1) {
    const emailAddress = `newcomer${number === 1 ? '' : number}@${domain}`;
    const account = newAccount(provider.strategy, { emailAddress, firstName: null, lastName: null });
    if (!findOwner(core, provider, account)) return emailAddress;
  }
}
