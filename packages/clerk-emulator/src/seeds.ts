import { ControlError, checkFields, SECRET_KEY } from './control-input.ts';
import { checkFault, checkNewUser, checkSettings, checkTemplate, checkWebhook } from './control-rules.ts';
import type { Core } from './core.ts';
import { errorJson } from './errors.ts';
import { linkAccount, newAccount } from './flows/external-accounts.ts';
import { invite, suggest } from './flows/joining.ts';
import { secondFactorsChanged } from './flows/second-factor-setup.ts';
import { generateId } from './state/ids.ts';
import { DEFAULT_ROLE } from './state/roles.ts';
import type { User } from './state/users.ts';
import { verifiedBy } from './state/verification.ts';
import type {
  EmulatorOptions,
  NewExternalAccount,
  NewUser,
  SeededOrganization,
  SeededUser,
} from './types.ts';

/** @throws {ControlError} for people, templates, faults, webhooks or settings that the control surface would not take either. */
export function checkSeeds({
  settings,
  users,
  templates,
  faults,
  webhooks,
  secretKey,
}: EmulatorOptions): void {
  if (settings) checkSettings('settings', settings);
  for (const user of expectList('users', users)) checkNewUser('users', user);
  for (const template of expectList('templates', templates)) checkTemplate('templates', template);
  for (const fault of expectList('faults', faults)) checkFault('faults', fault);
  for (const webhook of expectList('webhooks', webhooks)) checkWebhook('webhooks', webhook);
  checkFields('options', { secretKey }, { secretKey: SECRET_KEY });
}

/** They may come from a file, where no compiler looks. */
function expectList<T>(name: string, items: T[] | undefined): T[] {
  if (items !== undefined && !Array.isArray(items)) throw new ControlError(`${name}: expected a list.`);
  return items ?? [];
}

/** What the instance has at the start and after each reset. */
export function seed(core: Core, { users, templates, faults }: EmulatorOptions): void {
  seedOrganizations(core);
  for (const user of users ?? []) createUser(core, user);
  for (const template of templates ?? []) core.templates.set(template.name, structuredClone(template));
  for (const fault of faults ?? []) core.faults.add({ ...fault });
}

/**
 * The people that every emulator has, and their organizations: Ada is an admin where Charles is a member and the other way round;
 * Mary is in none, but invited to one and told of the other.
 */
function seedOrganizations(core: Core): void {
  const { people, organizations } = core.seeded;
  const add = (person: SeededUser) => core.users.create({ ...person, id: person.userId });
  const found = ({ organizationId, name, slug }: SeededOrganization) =>
    core.organizations.create(name, slug, { id: organizationId });
  const [ada, charles, mary] = [add(people[0]), add(people[1]), add(people[2])];
  const [globex, initech] = [found(organizations[0]), found(organizations[1])];
  ada.plan = 'free_user';
  Object.assign(globex, { plan: 'pro', features: ['invoices', 'reports'] });
  Object.assign(initech, { plan: 'free_org', features: ['invoices'] });
  core.organizations.add(globex, ada.id, 'org:admin');
  core.organizations.add(globex, charles.id, 'org:member');
  core.organizations.add(initech, charles.id, 'org:admin');
  core.organizations.add(initech, ada.id, 'org:member');
  invite(core, globex, mary.emailAddresses[0]?.emailAddress ?? '', DEFAULT_ROLE);
  suggest(core, initech, mary);
}

/** A user as the dashboard makes one: everything that is given counts as verified. */
export function createUser(core: Core, input: NewUser): User {
  const user = core.users.create(input);
  if (input.phoneNumber !== undefined) {
    const phone = core.users.addPhoneNumber(user, input.phoneNumber, verifiedBy('admin'));
    phone.isSecondFactor = !core.settings.phoneNumbers;
    phone.isDefaultSecondFactor = phone.isSecondFactor;
    user.primaryPhoneNumberId = phone.id;
  }
  if (input.totpSecret !== undefined) {
    const times = { createdAt: user.createdAt, updatedAt: user.createdAt };
    user.totp = { id: generateId('totp'), secret: input.totpSecret, isVerified: true, ...times };
  }
  for (const account of input.externalAccounts ?? []) connect(core, user, input, account);
  secondFactorsChanged(core, user);
  user.backupCodes = input.backupCodes ? [...input.backupCodes] : null;
  return user;
}

function connect(core: Core, user: User, owner: NewUser, input: NewExternalAccount): void {
  const { strategy, providerUserId, mustReconnect = false } = input;
  const emailAddress = (input.emailAddress ?? owner.emailAddress).toLowerCase();
  const account = newAccount(strategy, { emailAddress, firstName: user.firstName, lastName: user.lastName });
  const key = { strategy, connectionId: null };
  const external = linkAccount(core, user, key, {
    ...account,
    ...(providerUserId === undefined ? {} : { providerUserId }),
  });
  if (!mustReconnect) return;
  external.verification.status = 'unverified';
  external.verification.error = errorJson('external_account_missing_refresh_token');
}
