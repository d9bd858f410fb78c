import {
  ACTOR,
  ANY_TEXT,
  ControlError,
  checkFields,
  EMAIL,
  FLAG,
  integer,
  JSON_OBJECT,
  listOf,
  NUMBER,
  ORIGINS,
  oneOf,
  PHONE_NUMBER,
  RATE_LIMITS,
  type Rule,
  TEXT,
  TEXT_OR_NULL,
  TOTP_SECRET,
} from './control-input.ts';
import type { Core } from './core.ts';
import { secondFactorsChanged } from './flows/second-factor-setup.ts';
import { endpointMatcher } from './state/faults.ts';
import { generateId } from './state/ids.ts';
import type { User } from './state/users.ts';
import { verifiedBy } from './state/verification.ts';
import type { EmulatorControl, Fault, NewSignInToken, NewUser, Settings, UserPatch } from './types.ts';

/** As at Clerk. */
const TICKET_LIFETIME_SECONDS = 30 * 24 * 60 * 60;

const NEW_USER_RULES: Record<keyof NewUser, Rule> = {
  emailAddress: EMAIL,
  password: TEXT,
  firstName: ANY_TEXT,
  lastName: ANY_TEXT,
  phoneNumber: PHONE_NUMBER,
  totpSecret: TOTP_SECRET,
  backupCodes: listOf(TEXT),
};
const USER_PATCH_RULES: Record<keyof UserPatch, Rule> = {
  firstName: ANY_TEXT,
  lastName: ANY_TEXT,
  banned: FLAG,
  mustResetPassword: FLAG,
};
const SIGN_IN_TOKEN_RULES: Record<keyof NewSignInToken, Rule> = {
  userId: TEXT,
  expiresInSeconds: integer(1),
  actor: ACTOR,
};
const TEMPLATE_RULES = { name: TEXT, claims: JSON_OBJECT, lifetimeSeconds: integer(1) };
/** Of every setting; the command line's file is held to them too. */
export const SETTINGS_RULES: Record<keyof Settings, Rule> = {
  tokenLifetimeSeconds: integer(1),
  latencyMs: integer(0),
  clockOffsetSeconds: NUMBER,
  nativeApiEnabled: FLAG,
  requireNativeFlag: FLAG,
  allowedOrigins: ORIGINS,
  refuseOriginWithAuthorization: FLAG,
  refuseListedOrigins: FLAG,
  strictRotation: FLAG,
  requireDevBrowser: FLAG,
  sendMissingDbJwt: FLAG,
  sendNoStore: FLAG,
  singleSessionMode: FLAG,
  sessionMinter: FLAG,
  secondFactors: listOf(oneOf(['totp', 'phone_code', 'backup_code'])),
  secondFactorRequired: FLAG,
  clientTrust: FLAG,
  passkeys: FLAG,
  passkeyRelyingPartyId: TEXT_OR_NULL,
  reverification: FLAG,
  forceOrganizationSelection: FLAG,
  passwordRequired: FLAG,
  botProtection: FLAG,
  signUpMode: oneOf(['public', 'restricted', 'waitlist']),
  maintenanceMode: FLAG,
  rateLimits: RATE_LIMITS,
};
const FAULT_RULES: Record<keyof Fault, Rule> = {
  endpoint: TEXT,
  kind: oneOf(['status', 'delay', 'drop', 'hang']),
  status: integer(200, 599),
  code: TEXT,
  retryAfterSeconds: integer(0),
  delayMs: integer(0),
  body: ANY_TEXT,
  omitCredentialHeader: FLAG,
  times: integer(1),
  after: integer(0),
};

/** The control surface in process. */
export function createControl(core: Core): EmulatorControl {
  return {
    async reset() {
      core.reset();
    },
    async createUser(user) {
      checkFields('createUser', user, NEW_USER_RULES, ['emailAddress']);
      if (core.users.findByEmailAddress(user.emailAddress)) {
        throw new ControlError(
          `createUser: ${user.emailAddress} belongs to a user already. Choose another address.`,
        );
      }
      return { userId: createUser(core, user).id };
    },
    async updateUser(userId, patch) {
      checkFields('updateUser', patch, USER_PATCH_RULES);
      updateUser(core, expectUser(core, 'updateUser', userId), patch);
    },
    async deleteUser(userId) {
      const { id } = expectUser(core, 'deleteUser', userId);
      core.sessions.closeOfUser(id, 'removed');
      core.users.delete(id);
    },
    async listSessions() {
      return core.sessions.all().map(({ id: sessionId, userId, status, clientId, createdAt }) => {
        return { sessionId, userId, status, clientId, createdAt };
      });
    },
    async revokeSession(sessionId) {
      const session = core.sessions.find(sessionId);
      if (!session) throw new ControlError(`revokeSession: there is no session "${sessionId}".`, 404);
      core.sessions.close(session, 'revoked');
    },
    async lastMail(emailAddress) {
      const mail = core.mailbox.newest(emailAddress);
      return mail && { code: mail.code, purpose: mail.purpose };
    },
    async addFault(fault) {
      checkFault(fault);
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
      checkFields('configure', settings, SETTINGS_RULES);
      Object.assign(core.settings, withoutUndefined(settings));
    },
    async createTemplate(template) {
      checkFields('createTemplate', template, TEMPLATE_RULES, ['name', 'claims']);
      core.templates.set(template.name, structuredClone(template));
    },
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
  };
}

/** A user as the dashboard makes one: everything that is given counts as verified. */
function createUser(core: Core, input: NewUser): User {
  const user = core.users.create(input);
  if (input.phoneNumber !== undefined) {
    const phone = core.users.addPhoneNumber(user, input.phoneNumber, verifiedBy('admin'));
    phone.isSecondFactor = true;
    phone.isDefaultSecondFactor = true;
    user.primaryPhoneNumberId = phone.id;
  }
  if (input.totpSecret !== undefined) {
    const times = { createdAt: user.createdAt, updatedAt: user.createdAt };
    user.totp = { id: generateId('totp'), secret: input.totpSecret, isVerified: true, ...times };
  }
  secondFactorsChanged(core, user);
  user.backupCodes = input.backupCodes ? [...input.backupCodes] : null;
  return user;
}

function expectUser(core: Core, what: string, userId: string): User {
  const user = core.users.find(userId);
  if (!user) throw new ControlError(`${what}: there is no user "${userId}".`, 404);
  return user;
}

function updateUser(core: Core, user: User, patch: UserPatch): void {
  const { firstName, lastName, banned, mustResetPassword } = patch;
  if (firstName !== undefined) user.firstName = firstName || null;
  if (lastName !== undefined) user.lastName = lastName || null;
  if (banned !== undefined) user.banned = banned;
  if (mustResetPassword !== undefined) user.mustResetPassword = mustResetPassword;
  if (banned) core.sessions.closeOfUser(user.id, 'revoked');
  core.users.changed(user);
}

function checkFault(fault: Fault): void {
  checkFields('addFault', fault, FAULT_RULES, ['endpoint', 'kind']);
  if (fault.kind === 'status' && fault.status === undefined) {
    throw new ControlError('addFault: "status" is missing; a fault of kind status needs one, e.g. 503.');
  }
  if (fault.kind === 'delay' && fault.delayMs === undefined) {
    throw new ControlError('addFault: "delayMs" is missing; a fault of kind delay needs it.');
  }
  try {
    endpointMatcher(fault.endpoint);
  } catch (error) {
    throw new ControlError(`addFault: ${(error as Error).message}`);
  }
}

function withoutUndefined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
