import type { NewWebhook, WebhookControl, WebhookEndpoint } from './webhooks/types.ts';

export type * from './webhooks/types.ts';

/** Which Clerk dialect the emulator speaks; it decides the publishable key's prefix and the credential header. */
export type InstanceType = 'production' | 'development';

/** A code or a link "sent" by mail or SMS. */
export interface Mail {
  /** Or the phone number, for an SMS. */
  emailAddress: string;
  /** Empty in a mail with a link. */
  code: string;
  /** Whoever opens it has proved to have the address. */
  link?: string;
  purpose: MailPurpose;
}

export type MailPurpose =
  | 'sign-in'
  | 'second-factor'
  | 'sign-up'
  | 'reset-password'
  | 'reverification'
  | 'verify-email-address'
  | 'verify-phone-number'
  | 'verify-organization-domain';

/** What can be asked for after the first factor. */
export type SecondFactorStrategy = 'totp' | 'phone_code' | 'email_code' | 'backup_code';

/** That people with an e-mail address of a domain sign in at their company's own provider. */
export interface EnterpriseConnection {
  /** `acme.example` */
  domain: string;
  name: string;
  /** Default `saml_custom`. */
  provider?: string;
  /** `true`: people with another address may connect it in their account. Clerk asks that they are of its organization. */
  allowOrganizationAccountLinking?: boolean;
}

export interface EmulatorOptions {
  /** Default 0, a free port. */
  port?: number;
  /** Where the providers of single sign-on have their pages, on 127.0.0.1. Default 0, a free port. */
  providerPort?: number;
  /**
   * Default `clerk.localhost`. For a web app at `https://app.localhost` it is `clerk.app.localhost`: its pages then are of the same
   * site, and get the cookies of the production dialect.
   */
  hostname?: string;
  /** Default `production`. */
  instance?: InstanceType;
  /** Life of a session token. Default 60. */
  tokenLifetimeSeconds?: number;
  /** Added to every Frontend API response. Default 0. */
  latencyMs?: number;
  /**
   * A file that keeps people, sessions, keys and the certificate for the next start, so that a browser that is signed in
   * stays so. It holds the signing key: keep it out of version control. Default: everything ends with the emulator.
   */
  stateFile?: string;
  /** What differs from the default settings, at the start and after each reset. */
  settings?: Partial<Settings>;
  /** People beside the seeded user, also after each reset. Everything of them counts as verified. */
  users?: NewUser[];
  /** Also there after each reset. */
  templates?: TokenTemplate[];
  /** Also there after each reset. */
  faults?: Fault[];
  /** `sk_live_…` or `sk_test_…`, with which servers ask the Backend API; made when left out. */
  secretKey?: string;
  /** Servers that are told of what happens, also after each reset. */
  webhooks?: NewWebhook[];
  /** Receives one line per mailed code or link and per internal failure. Default silent. */
  log?: (line: string) => void;
  /** Receives every mailed code. */
  onMail?: (mail: Mail) => void;
}

/** Somebody who is there from the start, and after each reset. */
export interface SeededUser {
  userId: string;
  emailAddress: string;
  password: string;
  firstName: string;
  lastName: string;
}

/** An organization that is there from the start, and after each reset. */
export interface SeededOrganization {
  organizationId: string;
  name: string;
  slug: string;
}

export interface Emulator {
  /** `https://clerk.localhost:PORT` */
  url: string;
  port: number;
  /** `http://127.0.0.1:PORT`, the origin of the pages of Google and all other providers of single sign-on. */
  providerUrl: string;
  /** `pk_live_…` or `pk_test_…`, made from the host and port. */
  publishableKey: string;
  /** For web pages: in development one by which clerk-js keeps a dev browser, at `http://localhost:PORT` too. */
  webPublishableKey: string;
  /** PEM (SPKI) of the key that signs session tokens, as `verifyToken({ jwtKey })` takes it. */
  jwtKey: string;
  /** With which servers ask the Backend API: `CLERK_SECRET_KEY`. */
  secretKey: string;
  /**
   * `http://127.0.0.1:PORT`, where the Backend API is without a certificate: `CLERK_API_URL`. It is at `url`, too.
   */
  apiUrl: string;
  /** The webhooks of the options, with their signing secrets: `CLERK_WEBHOOK_SIGNING_SECRET`. */
  webhooks: WebhookEndpoint[];
  /** PEM of the self-signed certificate. */
  certificate: string;
  /** Of the certificate: with `--ignore-certificate-errors-spki-list` of this Chromium takes it, and no other. */
  publicKeyHash: string;
  seededUser: SeededUser;
  /** The seeded user first, then who belongs to the same organizations, then who is invited to one. */
  seededPeople: [ada: SeededUser, charles: SeededUser, mary: SeededUser];
  /** The seeded user is an admin of the first and a member of the second. They show with the setting `organizations`. */
  seededOrganizations: [globex: SeededOrganization, initech: SeededOrganization];
  control: EmulatorControl;
  /** Closes at once; open and hung connections are cut. */
  close(): Promise<void>;
}

/** What can be changed while the emulator runs. */
export interface Settings {
  /** Life of the session tokens minted from now on. */
  tokenLifetimeSeconds: number;
  /**
   * Claims beside Clerk's own in every session token, as "Customize session token" in Clerk's dashboard:
   * `{ "metadata": "{{user.public_metadata}}" }`.
   */
  sessionTokenClaims: Record<string, unknown>;
  /** Added to every response, preflights included. */
  latencyMs: number;
  /** Moves the server's clock: token times, resource times and the `Date` header. */
  clockOffsetSeconds: number;
  /** `false`: native requests (`_is_native=1` or `=true`) are refused with `native_api_disabled`. */
  nativeApiEnabled: boolean;
  /** `true`: `Authorization` is read from native requests only. */
  requireNativeFlag: boolean;
  /**
   * The origins of extensions and apps; any other is refused with `origin_invalid`. Web pages of the instance's own domain
   * need no entry, and in development none does. `null`: every origin is accepted.
   */
  allowedOrigins: string[] | null;
  /** `true`: `Origin` together with `Authorization` is refused unless the origin is in `allowedOrigins`. */
  refuseOriginWithAuthorization: boolean;
  /** `true`: and even if it is in there, as public issues report of Clerk. */
  refuseListedOrigins: boolean;
  /** `true`: only the newest client JWT of a client is accepted; it changes at each sign-in. */
  strictRotation: boolean;
  /** `true`: a development request that is not native and has no known dev browser gets 401. */
  requireDevBrowser: boolean;
  /** `false`: a development response to a request without a known dev browser carries no `Clerk-Db-Jwt`. */
  sendMissingDbJwt: boolean;
  /** `false`: several people may be signed in on one client. */
  singleSessionMode: boolean;
  /** `true`: a token request must send the token before it. */
  sessionMinter: boolean;
  /**
   * `true`: people may have a phone number instead of an e-mail address, and sign in by it and an SMS code. Numbers that are
   * kept for the second factor sign nobody in.
   */
  phoneNumbers: boolean;
  /** `true`: people have a username, which a sign-up needs, and may sign in by it. */
  usernames: boolean;
  /** What the instance's people may set up and are asked for when they have; `email_code` everybody has who has an address. */
  secondFactors: SecondFactorStrategy[];
  /** `true`: who has no second factor gets the session task `setup-mfa`. */
  secondFactorRequired: boolean;
  /** `true`: a password on a client that its user never signed in on before needs a code, too. */
  clientTrust: boolean;
  /** `true`: people may have passkeys and sign in by them. */
  passkeys: boolean;
  /** `false`: they are asked for by a link alone, not by the field for the e-mail address, too. */
  passkeyAutofill: boolean;
  /** The relying party of the passkeys. `null`: the domain of the instance's host, here `localhost`. */
  passkeyRelyingPartyId: string | null;
  /** `true`: sensitive changes need a proof of the last ten minutes, or they get `session_reverification_required`. */
  reverification: boolean;
  /** `true`: people can make organizations and choose one. */
  organizations: boolean;
  /** `false`: people can be in organizations, and make none. */
  organizationCreation: boolean;
  /** `true`: and a session has the task `choose-organization` until one is chosen. */
  forceOrganizationSelection: boolean;
  /** Roles beside `org:admin` and `org:member`; one of those keys adds to what it may do. */
  organizationRoles: OrganizationRole[];
  /** `false`: people give organizations a name alone, and the slug is made of it. */
  organizationSlugs: boolean;
  /** `false`: nobody deletes an organization. */
  organizationAdminDelete: boolean;
  /** `true`: organizations can have domains, whose people are invited or told of them. */
  organizationDomains: boolean;
  /** `true`: the form for a new organization is filled in. */
  organizationCreationDefaults: boolean;
  /** Members of one organization, pending invitations included. */
  maxOrganizationMembers: number;
  /** `false`: a sign-up needs no password, and one can be removed. */
  passwordRequired: boolean;
  /** `true`: a sign-up needs `captcha_token`, whatever it is. */
  botProtection: boolean;
  /** `true`: a client gets 401 `requires_captcha` until it has sent a token, whatever it is, to `POST /v1/client/verify`. */
  captchaChallenge: boolean;
  /** How many wrong passwords and codes lock an account for an hour. `null`: none do. */
  lockoutAttempts: number | null;
  /**
   * Strategies of the providers that people sign in by: `oauth_google`, `oauth_github`, `oauth_custom_acme`. Each has a page
   * at `providerUrl`.
   */
  socialProviders: string[];
  /** Whose people sign in at their company's provider; several may be for one domain. */
  enterpriseConnections: EnterpriseConnection[];
  /**
   * Where a provider may send people back to, beside pages of the instance's own domain (in development, all web pages); only
   * from these addresses a native client gets its new JWT. Query and fragment do not count. `null`: anywhere.
   */
  redirectUrls: string[] | null;
  /** `true`: a link in a mail is a proof of the address, as a code is; Clerk's form prefers it for sign-ups. */
  emailLinks: boolean;
  /** `true`: a link counts only in the browser whose web page asked for it, as "require the same device and browser" of Clerk. */
  emailLinkSameClient: boolean;
  /** How long the button "slow" of a provider's page takes. */
  providerDelayMs: number;
  signUpMode: 'public' | 'restricted' | 'waitlist';
  /** `true`: the environment says so, and `GET /v1/client` answers `null`, which means "no news". */
  maintenanceMode: boolean;
  /** How long a webhook's receiver may take for its answer. */
  webhookTimeoutMs: number;
  /** What the waits between two attempts are multiplied with: 0.001 makes milliseconds of seconds. */
  webhookRetryScale: number;
  /** `true`: every answer forbids caching. */
  sendNoStore: boolean;
  /** For each client. `clerk`: the figures Clerk publishes. Limits that are not named are generous; `{}` names none. */
  rateLimits: 'off' | 'clerk' | Partial<RateLimits>;
}

/** What a member of an organization may do. */
export interface OrganizationRole {
  /** `org:billing_manager` */
  key: string;
  /** Made of the key when left out. */
  name?: string;
  description?: string;
  /** `org:invoices:manage`, the permission to manage the feature `invoices`, or one of Clerk's own, `org:sys_memberships:read`. */
  permissions: string[];
}

/** `signIns` counts sign-ups too, `attempts` every proof that is tried. */
export type RateLimitKind = 'signIns' | 'attempts' | 'tokens';

/** `null`: no limit. */
export type RateLimits = Record<RateLimitKind, RateLimit | null>;

export interface RateLimit {
  requests: number;
  /** Length of the sliding window. */
  perSeconds: number;
}

export type FaultKind = 'status' | 'delay' | 'drop' | 'hang';

/** A failure to inject into matching requests; see the README for what each kind does. */
export interface Fault {
  /** `POST /v1/client/sessions/:id/tokens`: the method after `_method`, `:x` and `*` wildcards; `*` = all. */
  endpoint: string;
  kind: FaultKind;
  status?: number;
  code?: string;
  retryAfterSeconds?: number;
  delayMs?: number;
  /** Sent as it is instead of the JSON error envelope. */
  body?: string;
  omitCredentialHeader?: boolean;
  /** How many matching requests are hit. Default unlimited. */
  times?: number;
  /** Lets the first n matching requests through. Default 0. */
  after?: number;
}

/** One Frontend API request, with every credential left out. */
export interface LoggedRequest {
  /** Arrival in Unix ms by the machine's clock. */
  at: number;
  /** The method after `_method`. */
  method: string;
  path: string;
  /** The matched route pattern, or `*` when no route matched. */
  route: string;
  /** Credentials are replaced by `[redacted]`; a repeated key is joined with commas. */
  query: Record<string, string>;
  origin: string | null;
  /** Whether the request carried an `Authorization` header. */
  authorization: boolean;
  /** `null` while unanswered, and for ever if the connection was cut. */
  status: number | null;
}

export interface SessionSummary {
  sessionId: string;
  userId: string;
  status: string;
  clientId: string;
  /** `null`: the personal account. */
  lastActiveOrganizationId: string | null;
  /** Whether it is its client's `last_active_session_id`. */
  isLastActive: boolean;
  /** Unix ms. */
  createdAt: number;
}

export interface SessionFilter {
  clientId?: string;
  userId?: string;
}

/** An account at a social provider by which somebody signs in. */
export interface NewExternalAccount {
  /** `oauth_google` */
  strategy: string;
  /** As the provider knows it; the user's own when left out. */
  emailAddress?: string;
  /** By what the provider knows the account; made from the address when left out. */
  providerUserId?: string;
  /** `true`: the provider no longer lets the app in, so the profile offers to connect it anew. */
  mustReconnect?: boolean;
}

export interface NewUser {
  emailAddress: string;
  password?: string;
  firstName?: string;
  lastName?: string;
  /**
   * A verified number, in the form `+15555550100`: with the setting `phoneNumbers` one to sign in by, otherwise one that SMS
   * codes of the second factor go to.
   */
  phoneNumber?: string;
  /** Letters, digits, `-` and `_`. */
  username?: string;
  /** Base32; an authenticator app that was set up. `totpCode` of this package makes its codes. */
  totpSecret?: string;
  backupCodes?: string[];
  /** Connected accounts. */
  externalAccounts?: NewExternalAccount[];
  /** Of billing, by its key: the claim `pla`. */
  plan?: string;
  /** By their keys: the claim `fea`. */
  features?: string[];
  publicMetadata?: Record<string, unknown>;
  /** Only servers see it, by the Backend API. */
  privateMetadata?: Record<string, unknown>;
  unsafeMetadata?: Record<string, unknown>;
}

export interface UserPatch {
  firstName?: string;
  lastName?: string;
  banned?: boolean;
  /** `true`: no sign-in for an hour, as after too many wrong passwords and codes. */
  locked?: boolean;
  /** `true`: a session has the task `reset-password` until the password was changed. */
  mustResetPassword?: boolean;
  /** `null`: none. */
  plan?: string | null;
  features?: string[];
  /** Replaces what was there; so do the other two. */
  publicMetadata?: Record<string, unknown>;
  privateMetadata?: Record<string, unknown>;
  unsafeMetadata?: Record<string, unknown>;
}

/** A sign-in token, or with `actor` one for impersonation. */
export interface NewSignInToken {
  userId: string;
  /** Default 30 days, as at Clerk. */
  expiresInSeconds?: number;
  /** Who impersonates the user: becomes the session's `actor` and the claim `act`. */
  actor?: Actor;
}

/** Who impersonates somebody. */
export type Actor = { sub: string } & Record<string, unknown>;

export interface NewOrganization {
  name: string;
  slug?: string;
  /** The first is its admin. */
  memberUserIds?: string[];
  /** Of billing, by its key: the claim `pla`. */
  plan?: string;
  /** By their keys: the claim `fea`. With a plan, permissions count for these features alone, as at Clerk. */
  features?: string[];
}

export interface OrganizationPatch {
  name?: string;
  slug?: string;
  /** `null`: none. */
  plan?: string | null;
  features?: string[];
  /** Instead of the setting `maxOrganizationMembers`; `null`: as that says. */
  maxAllowedMemberships?: number | null;
  /** Replaces what was there; so does the other. */
  publicMetadata?: Record<string, unknown>;
  privateMetadata?: Record<string, unknown>;
}

/** Who belongs to an organization. */
export interface MembershipSummary {
  userId: string;
  /** `org:admin` */
  role: string;
}

export interface OrganizationSummary {
  organizationId: string;
  name: string;
  slug: string;
  plan: string | null;
  features: string[];
  members: MembershipSummary[];
}

export interface NewOrganizationInvitation {
  organizationId: string;
  emailAddress: string;
  /** Default `org:member`. */
  role?: string;
}

/** Who may ask to join an organization, or does. */
export interface NewOrganizationCandidate {
  organizationId: string;
  userId: string;
}

/** A JWT template: `getToken({ template: name })` answers a token with these claims. */
export interface TokenTemplate {
  name: string;
  claims: Record<string, unknown>;
  /** Default 60. */
  lifetimeSeconds?: number;
}

export type SettingsPatch = Partial<Settings> & { instance?: never };

/** Drives the emulator from a test or a script, in process or over HTTP. Bad input rejects with a sentence. */
export interface EmulatorControl extends WebhookControl {
  /** Back to the start: the seeded user only; no clients, sessions, mail, faults, log; start settings. */
  reset(): Promise<void>;
  createUser(user: NewUser): Promise<{ userId: string }>;
  /** Banning also revokes the user's sessions. */
  updateUser(userId: string, patch: UserPatch): Promise<void>;
  /** Also ends the user's sessions. */
  deleteUser(userId: string): Promise<void>;
  /** Ended ones too; of one client or one user, where it is named. */
  listSessions(filter?: SessionFilter): Promise<SessionSummary[]>;
  revokeSession(sessionId: string): Promise<void>;
  /** As the user's own sign-out of one session. */
  endSession(sessionId: string): Promise<void>;
  /** Who impersonates the session's user from now on: its `actor`, and the claim `act`. `null`: nobody. */
  setActor(sessionId: string, actor: Actor | null): Promise<void>;
  /** The newest code or link for an address, or `null`. */
  lastMail(emailAddress: string): Promise<Omit<Mail, 'emailAddress'> | null>;
  addFault(fault: Fault): Promise<{ faultId: string }>;
  /** Hung requests go on as if nothing had happened. */
  clearFaults(): Promise<void>;
  requests(): Promise<LoggedRequest[]>;
  clearRequests(): Promise<void>;
  configure(settings: SettingsPatch): Promise<void>;
  createTemplate(template: TokenTemplate): Promise<void>;
  /** A ticket that signs the user in once (`strategy=ticket`). */
  createSignInToken(token: NewSignInToken): Promise<{ ticket: string }>;
  /** A ticket for a sign-up with this address, which counts as verified then; it opens restricted sign-up. */
  createInvitation(invitation: { emailAddress: string }): Promise<{ ticket: string }>;
  /** An organization with its members; a slug is made from the name when there is none. */
  createOrganization(organization: NewOrganization): Promise<{ organizationId: string }>;
  listOrganizations(): Promise<OrganizationSummary[]>;
  updateOrganization(organizationId: string, patch: OrganizationPatch): Promise<void>;
  deleteOrganization(organizationId: string): Promise<void>;
  /** Adds a member, or changes a member's role. */
  setMembership(organizationId: string, membership: { userId: string; role: string }): Promise<void>;
  /** The sessions that were in the organization go on in the personal account. */
  removeMembership(organizationId: string, userId: string): Promise<void>;
  /** Whoever has the address can accept it. */
  createOrganizationInvitation(invitation: NewOrganizationInvitation): Promise<{ invitationId: string }>;
  /** The user can ask to join. */
  createOrganizationSuggestion(suggestion: NewOrganizationCandidate): Promise<{ suggestionId: string }>;
  /** The user asks to join. */
  createMembershipRequest(request: NewOrganizationCandidate): Promise<{ requestId: string }>;
  /** The addresses on the waitlist, oldest first. */
  listWaitlist(): Promise<string[]>;
}
