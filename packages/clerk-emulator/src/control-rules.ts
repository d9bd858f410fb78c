import {
  ACTOR,
  ANY_TEXT,
  COUNT_OR_NULL,
  ControlError,
  checkFields,
  EMAIL,
  ENTERPRISE_CONNECTION,
  EXTERNAL_ACCOUNT,
  FLAG,
  integer,
  JSON_OBJECT,
  KEY,
  KEY_OR_NULL,
  listOf,
  NOT_NEGATIVE,
  NUMBER,
  ORGANIZATION_ROLE,
  ORIGINS,
  oneOf,
  PHONE_NUMBER,
  RATE_LIMITS,
  REDIRECT_URLS,
  ROLE_KEY,
  type Rule,
  SIGNING_SECRET,
  SOCIAL_PROVIDER,
  TEXT,
  TEXT_OR_NULL,
  TOTP_SECRET,
  USERNAME,
  WEBHOOK_URL,
} from './control-input.ts';
import { EVENT_TYPES } from './state/events.ts';
import { endpointMatcher } from './state/faults.ts';
import type {
  Fault,
  MembershipSummary,
  NewOrganization,
  NewOrganizationCandidate,
  NewOrganizationInvitation,
  NewSignInToken,
  NewUser,
  NewWebhook,
  NewWebhookMessage,
  OrganizationPatch,
  SessionFilter,
  Settings,
  TokenTemplate,
  UserPatch,
  WebhookSending,
} from './types.ts';
import { WEBHOOK_DEFECTS } from './webhooks/signature.ts';

const NEW_USER_RULES: Record<keyof NewUser, Rule> = {
  emailAddress: EMAIL,
  password: TEXT,
  firstName: ANY_TEXT,
  lastName: ANY_TEXT,
  phoneNumber: PHONE_NUMBER,
  username: USERNAME,
  totpSecret: TOTP_SECRET,
  backupCodes: listOf(TEXT),
  externalAccounts: listOf(EXTERNAL_ACCOUNT),
  publicMetadata: JSON_OBJECT,
  privateMetadata: JSON_OBJECT,
  unsafeMetadata: JSON_OBJECT,
  plan: KEY,
  features: listOf(KEY),
};
export const USER_PATCH_RULES: Record<keyof UserPatch, Rule> = {
  firstName: ANY_TEXT,
  lastName: ANY_TEXT,
  banned: FLAG,
  locked: FLAG,
  mustResetPassword: FLAG,
  publicMetadata: JSON_OBJECT,
  privateMetadata: JSON_OBJECT,
  unsafeMetadata: JSON_OBJECT,
  plan: KEY_OR_NULL,
  features: listOf(KEY),
};
export const SIGN_IN_TOKEN_RULES: Record<keyof NewSignInToken, Rule> = {
  userId: TEXT,
  expiresInSeconds: integer(1),
  actor: ACTOR,
};
export const ORGANIZATION_RULES: Record<keyof NewOrganization, Rule> = {
  name: TEXT,
  slug: KEY,
  memberUserIds: listOf(TEXT),
  plan: KEY,
  features: listOf(KEY),
};
export const ORGANIZATION_PATCH_RULES: Record<keyof OrganizationPatch, Rule> = {
  name: TEXT,
  slug: KEY,
  plan: KEY_OR_NULL,
  features: listOf(KEY),
  maxAllowedMemberships: COUNT_OR_NULL,
  publicMetadata: JSON_OBJECT,
  privateMetadata: JSON_OBJECT,
};
export const MEMBERSHIP_RULES: Record<keyof MembershipSummary, Rule> = { userId: TEXT, role: ROLE_KEY };
export const ORGANIZATION_INVITATION_RULES: Record<keyof NewOrganizationInvitation, Rule> = {
  organizationId: TEXT,
  emailAddress: EMAIL,
  role: ROLE_KEY,
};
export const CANDIDATE_RULES: Record<keyof NewOrganizationCandidate, Rule> = {
  organizationId: TEXT,
  userId: TEXT,
};
export const SESSION_FILTER_RULES: Record<keyof SessionFilter, Rule> = { clientId: TEXT, userId: TEXT };
const WEBHOOK_RULES: Record<keyof NewWebhook, Rule> = {
  url: WEBHOOK_URL,
  signingSecret: SIGNING_SECRET,
  events: listOf(oneOf(EVENT_TYPES)),
};
export const WEBHOOK_SENDING_RULES: Record<keyof WebhookSending, Rule> = {
  defect: oneOf(WEBHOOK_DEFECTS),
  copies: integer(1, 100),
};
export const WEBHOOK_MESSAGE_RULES: Record<keyof NewWebhookMessage, Rule> = {
  ...WEBHOOK_SENDING_RULES,
  type: oneOf(EVENT_TYPES),
  id: TEXT,
  emailAddress: EMAIL,
  data: JSON_OBJECT,
  timestamp: integer(0),
};
export const RELEASE_RULES = { isReversed: FLAG };
const TEMPLATE_RULES = { name: TEXT, claims: JSON_OBJECT, lifetimeSeconds: integer(1) };
const SETTINGS_RULES: Record<keyof Settings, Rule> = {
  tokenLifetimeSeconds: integer(1),
  sessionTokenClaims: JSON_OBJECT,
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
  phoneNumbers: FLAG,
  usernames: FLAG,
  secondFactors: listOf(oneOf(['totp', 'phone_code', 'email_code', 'backup_code'])),
  secondFactorRequired: FLAG,
  clientTrust: FLAG,
  passkeys: FLAG,
  passkeyAutofill: FLAG,
  passkeyRelyingPartyId: TEXT_OR_NULL,
  reverification: FLAG,
  organizations: FLAG,
  organizationCreation: FLAG,
  forceOrganizationSelection: FLAG,
  organizationRoles: listOf(ORGANIZATION_ROLE),
  organizationSlugs: FLAG,
  organizationAdminDelete: FLAG,
  organizationDomains: FLAG,
  organizationCreationDefaults: FLAG,
  maxOrganizationMembers: integer(1),
  passwordRequired: FLAG,
  botProtection: FLAG,
  captchaChallenge: FLAG,
  lockoutAttempts: COUNT_OR_NULL,
  socialProviders: listOf(SOCIAL_PROVIDER),
  enterpriseConnections: listOf(ENTERPRISE_CONNECTION),
  redirectUrls: REDIRECT_URLS,
  providerDelayMs: integer(0),
  emailLinks: FLAG,
  emailLinkSameClient: FLAG,
  signUpMode: oneOf(['public', 'restricted', 'waitlist']),
  maintenanceMode: FLAG,
  webhookTimeoutMs: integer(1),
  webhookRetryScale: NOT_NEGATIVE,
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

/** @param what names the call in the error. @throws {ControlError} */
export function checkNewUser(what: string, user: NewUser): void {
  checkFields(what, user, NEW_USER_RULES, ['emailAddress']);
}

/** @throws {ControlError} */
export function checkSettings(what: string, settings: Partial<Settings>): void {
  checkFields(what, settings, SETTINGS_RULES);
}

/** @throws {ControlError} */
export function checkWebhook(what: string, webhook: NewWebhook): void {
  checkFields(what, webhook, WEBHOOK_RULES, ['url']);
}

/** @throws {ControlError} */
export function checkTemplate(what: string, template: TokenTemplate): void {
  checkFields(what, template, TEMPLATE_RULES, ['name', 'claims']);
}

/** @throws {ControlError} */
export function checkFault(what: string, fault: Fault): void {
  checkFields(what, fault, FAULT_RULES, ['endpoint', 'kind']);
  if (fault.kind === 'status' && fault.status === undefined) {
    throw new ControlError(`${what}: "status" is missing; a fault of kind status needs one, e.g. 503.`);
  }
  if (fault.kind === 'delay' && fault.delayMs === undefined) {
    throw new ControlError(`${what}: "delayMs" is missing; a fault of kind delay needs it.`);
  }
  try {
    endpointMatcher(fault.endpoint);
  } catch (error) {
    throw new ControlError(`${what}: ${(error as Error).message}`);
  }
}
