import type { EmulatorOptions, Settings } from '../types.ts';

/** The settings the emulator starts with and `reset` goes back to. */
export function startSettings(options: EmulatorOptions): Settings {
  return {
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 60,
    sessionTokenClaims: {},
    latencyMs: options.latencyMs ?? 0,
    clockOffsetSeconds: 0,
    nativeApiEnabled: true,
    requireNativeFlag: true,
    allowedOrigins: [],
    refuseOriginWithAuthorization: true,
    refuseListedOrigins: false,
    strictRotation: true,
    requireDevBrowser: true,
    sendMissingDbJwt: true,
    sendNoStore: false,
    singleSessionMode: true,
    sessionMinter: false,
    phoneNumbers: false,
    usernames: false,
    secondFactors: [],
    secondFactorRequired: false,
    clientTrust: false,
    passkeys: false,
    passkeyAutofill: true,
    passkeyRelyingPartyId: null,
    reverification: false,
    organizations: false,
    organizationCreation: true,
    forceOrganizationSelection: false,
    organizationRoles: [],
    organizationSlugs: true,
    organizationAdminDelete: true,
    organizationDomains: false,
    organizationCreationDefaults: false,
    maxOrganizationMembers: 5,
    passwordRequired: true,
    botProtection: false,
    captchaChallenge: false,
    lockoutAttempts: 100,
    socialProviders: [],
    enterpriseConnections: [],
    redirectUrls: [],
    providerDelayMs: 3000,
    emailLinks: false,
    emailLinkSameClient: false,
    signUpMode: 'public',
    maintenanceMode: false,
    webhookTimeoutMs: 15_000,
    webhookRetryScale: 1,
    rateLimits: {},
    ...structuredClone(options.settings),
  };
}

/**
 * Settings that let pass what Clerk refuses: for tests that are about something else, and for clients that Clerk would
 * not serve, such as an extension with a development key whose host has no Clerk domain.
 */
export const PERMISSIVE_SETTINGS = {
  requireNativeFlag: false,
  allowedOrigins: null,
  refuseOriginWithAuthorization: false,
  strictRotation: false,
  requireDevBrowser: false,
  redirectUrls: null,
  rateLimits: 'off',
} as const satisfies Partial<Settings>;

/** What people may sign in by, in Clerk's words. */
export function identifiers({ phoneNumbers, usernames }: Settings): string[] {
  return ['email_address', ...(phoneNumbers ? ['phone_number'] : []), ...(usernames ? ['username'] : [])];
}

/** Whether the instance has organizations; forcing one brings them along. */
export function hasOrganizations({ organizations, forceOrganizationSelection }: Settings): boolean {
  return organizations || forceOrganizationSelection;
}

/** Whether people can make one. */
export function mayMakeOrganizations(settings: Settings): boolean {
  return hasOrganizations(settings) && settings.organizationCreation;
}
