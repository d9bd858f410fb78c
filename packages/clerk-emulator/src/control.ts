import { ControlError, checkFields, EMAIL } from './control-input.ts';
import {
  checkFault,
  checkNewUser,
  checkSettings,
  checkTemplate,
  SIGN_IN_TOKEN_RULES,
  USER_PATCH_RULES,
} from './control-rules.ts';
import { expectUser } from './control-targets.ts';
import type { Core } from './core.ts';
import { setLocked } from './flows/lockout.ts';
import { deleteUser, setBanned } from './flows/users.ts';
import { joiningControl, organizationControl } from './organization-control.ts';
import { createUser } from './seeds.ts';
import { sessionControl } from './session-control.ts';
import type { User } from './state/users.ts';
import type { EmulatorControl, NewUser, UserPatch } from './types.ts';
import { webhookControl } from './webhook-control.ts';
import type { Webhooks } from './webhooks/webhooks.ts';

/** As at Clerk. */
const TICKET_LIFETIME_SECONDS = 30 * 24 * 60 * 60;

/** The control surface in process. */
export function createControl(core: Core, webhooks: Webhooks): EmulatorControl {
  return {
    ...peopleControl(core),
    ...sessionControl(core),
    ...invitingControl(core),
    ...organizationControl(core),
    ...joiningControl(core),
    ...instanceControl(core, webhooks),
    ...webhookControl(core, webhooks),
  };
}

/** Users and what was sent to them. */
function peopleControl(core: Core) {
  return {
    async createUser(user) {
      checkNewUser('createUser', user);
      assertFree(core, user);
      return { userId: createUser(core, user).id };
    },
    async updateUser(userId, patch) {
      checkFields('updateUser', patch, USER_PATCH_RULES);
      updateUser(core, expectUser(core, 'updateUser', userId), patch);
    },
    async deleteUser(userId) {
      deleteUser(core, expectUser(core, 'deleteUser', userId));
    },
    async lastMail(emailAddress) {
      const mail = core.mailbox.newest(emailAddress);
      if (!mail) return null;
      const { emailAddress: _, ...rest } = mail;
      return rest;
    },
  } satisfies Partial<EmulatorControl>;
}

/** What brings people in: tickets and the waitlist. */
function invitingControl(core: Core) {
  return {
    async createSignInToken(token) {
      checkFields('createSignInToken', token, SIGN_IN_TOKEN_RULES, ['userId']);
      const { id: userId } = expectUser(core, 'createSignInToken', token.userId);
      const expireAt = core.now() + (token.expiresInSeconds ?? TICKET_LIFETIME_SECONDS) * 1000;
      const actor = token.actor ?? null;
      const kind = actor ? 'actor_token' : 'sign_in_token';
      return { ticket: await core.tickets.create({ kind, userId, actor, emailAddress: null, expireAt }) };
    },
    async createInvitation(invitation) {
      checkFields('createInvitation', invitation, { emailAddress: EMAIL }, ['emailAddress']);
      const emailAddress = invitation.emailAddress.toLowerCase();
      const expireAt = core.now() + TICKET_LIFETIME_SECONDS * 1000;
      const ticket = { kind: 'invitation', userId: null, actor: null, emailAddress, expireAt } as const;
      return { ticket: await core.tickets.create(ticket) };
    },
    async listWaitlist() {
      return [...core.waitlist.keys()];
    },
  } satisfies Partial<EmulatorControl>;
}

/** The instance itself, what goes wrong with it, and what it was asked. */
function instanceControl(core: Core, webhooks: Webhooks) {
  return {
    async reset() {
      core.reset();
      // After it: who is there from the start is not told of.
      webhooks.clear();
    },
    async addFault(fault) {
      checkFault('addFault', fault);
      return { faultId: core.faults.add({ ...fault }) };
    },
    async clearFaults() {
      core.faults.clear();
    },
    async requests() {
      return core.requestLog.all();
    },
    async clearRequests() {
      core.requestLog.clear();
    },
    async configure(settings) {
      checkSettings('configure', settings);
      Object.assign(core.settings, withoutUndefined(settings));
    },
    async createTemplate(template) {
      checkTemplate('createTemplate', template);
      core.templates.set(template.name, structuredClone(template));
    },
  } satisfies Partial<EmulatorControl>;
}

function assertFree({ users }: Core, { emailAddress, phoneNumber = '', username = '' }: NewUser): void {
  const owned = [
    [emailAddress, users.findByEmailAddress(emailAddress)],
    [phoneNumber, users.findByPhoneNumber(phoneNumber)],
    [username, users.findByUsername(username)],
  ] as const;
  const taken = owned.find(([, owner]) => owner);
  if (taken) throw new ControlError(`createUser: ${taken[0]} belongs to a user already. Choose another.`);
}

function updateUser(core: Core, user: User, patch: UserPatch): void {
  const { firstName, lastName, banned, locked, mustResetPassword, plan, features } = patch;
  const { publicMetadata, privateMetadata, unsafeMetadata } = patch;
  if (firstName !== undefined) user.firstName = firstName || null;
  if (lastName !== undefined) user.lastName = lastName || null;
  if (banned !== undefined) setBanned(core, user, banned);
  if (locked !== undefined) setLocked(core, user, locked);
  if (mustResetPassword !== undefined) user.mustResetPassword = mustResetPassword;
  if (plan !== undefined) user.plan = plan;
  if (features !== undefined) user.features = [...features];
  if (publicMetadata) user.publicMetadata = structuredClone(publicMetadata);
  if (privateMetadata) user.privateMetadata = structuredClone(privateMetadata);
  if (unsafeMetadata) user.unsafeMetadata = structuredClone(unsafeMetadata);
  core.users.changed(user);
}

function withoutUndefined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
