import type { KeptState } from './kept-state.ts';
import { createSecretKey } from './secret-key.ts';
import { createSeeded, type Seeded } from './seeded.ts';
import { seed } from './seeds.ts';
import { Clients } from './state/clients.ts';
import { EmailLinks } from './state/email-links.ts';
import { Entries } from './state/entries.ts';
import { Events } from './state/events.ts';
import { Faults } from './state/faults.ts';
import type {
  MembershipRequest,
  OrganizationDomain,
  OrganizationInvitation,
  OrganizationSuggestion,
} from './state/joining.ts';
import { Mailbox } from './state/mailbox.ts';
import { Organizations } from './state/organizations.ts';
import { RateLimitCounter } from './state/rate-limits.ts';
import { RequestLog } from './state/request-log.ts';
import { Sessions } from './state/sessions.ts';
import { startSettings } from './state/settings.ts';
import { SingleSignOn } from './state/single-sign-on.ts';
import { Tickets } from './state/tickets.ts';
import { Users } from './state/users.ts';
import { printable } from './terminal.ts';
import type { TokenSigner } from './tokens.ts';
import type { EmulatorOptions, InstanceType, Mail, Settings, TokenTemplate } from './types.ts';

/** Everything one emulator remembers; lives in memory and ends with it. */
export interface Core {
  readonly url: string;
  /** Origin of the providers' pages. */
  readonly providerUrl: string;
  readonly instance: InstanceType;
  /** With which servers ask the Backend API. */
  readonly secretKey: string;
  readonly signer: TokenSigner;
  readonly settings: Settings;
  readonly events: Events;
  readonly users: Users;
  readonly clients: Clients;
  readonly sessions: Sessions;
  readonly mailbox: Mailbox;
  readonly faults: Faults;
  readonly requestLog: RequestLog;
  readonly rateLimits: RateLimitCounter;
  readonly templates: Map<string, TokenTemplate>;
  readonly organizations: Organizations;
  readonly organizationInvitations: Entries<OrganizationInvitation>;
  readonly organizationSuggestions: Entries<OrganizationSuggestion>;
  readonly organizationDomains: Entries<OrganizationDomain>;
  readonly membershipRequests: Entries<MembershipRequest>;
  readonly tickets: Tickets;
  readonly singleSignOn: SingleSignOn;
  readonly emailLinks: EmailLinks;
  /** Waitlist entries' ids by e-mail address. */
  readonly waitlist: Map<string, string>;
  readonly seeded: Seeded;
  readonly log: (line: string) => void;
  /** The server's clock in Unix ms, offset included. */
  now(): number;
  reset(): void;
}

/** The state of an emulator at `url`, with its providers at `providerUrl`: with the seeded user in it, or as an earlier run left it. */
export function createCore(
  { url, providerUrl }: Pick<Core, 'url' | 'providerUrl'>,
  signer: TokenSigner,
  options: EmulatorOptions,
  kept: KeptState | null = null,
): Core {
  const settings = startSettings(options);
  const now = () => Date.now() + settings.clockOffsetSeconds * 1000;
  const log = (line: string) => options.log?.(printable(line));
  const onMail = (mail: Mail) => {
    const what = mail.link ? `link ${mail.link}` : `code ${mail.code}`;
    log(`[mail] ${what} for ${mail.emailAddress} (${mail.purpose})`);
    options.onMail?.(mail);
  };

  const events = new Events();

  const core: Core = {
    url,
    providerUrl,
    instance: options.instance ?? 'production',
    secretKey: options.secretKey ?? kept?.secretKey ?? createSecretKey(options.instance ?? 'production'),
    signer,
    settings,
    events,
    users: new Users(now, events),
    clients: new Clients(now, signer),
    sessions: new Sessions(now, events),
    mailbox: new Mailbox(onMail),
    faults: new Faults(),
    requestLog: new RequestLog(),
    rateLimits: new RateLimitCounter(settings, now),
    templates: new Map(),
    organizations: new Organizations(now, events),
    organizationInvitations: new Entries(),
    organizationSuggestions: new Entries(),
    organizationDomains: new Entries(),
    membershipRequests: new Entries(),
    tickets: new Tickets(signer),
    singleSignOn: new SingleSignOn(now),
    emailLinks: new EmailLinks(),
    waitlist: new Map(),
    seeded: kept?.seeded ?? createSeeded(),
    log,
    now,
    reset() {
      Object.assign(settings, startSettings(options));
      for (const store of stores(core)) store.clear();
      seed(core, options);
    },
  };
  if (kept) restore(core, kept);
  else seed(core, options);
  return core;
}

function restore(core: Core, kept: KeptState): void {
  core.users.restore(kept.users);
  core.clients.restore(kept.clients, kept.credentials);
  core.sessions.restore(kept.sessions);
  core.organizations.restore(kept.organizations);
  core.organizationInvitations.restore(kept.organizationInvitations);
  core.organizationSuggestions.restore(kept.organizationSuggestions);
  core.organizationDomains.restore(kept.organizationDomains);
  core.membershipRequests.restore(kept.membershipRequests);
}

function stores(core: Core) {
  const { users, clients, sessions, mailbox, templates, tickets, waitlist } = core;
  const traces = [
    core.organizations,
    core.organizationInvitations,
    core.organizationSuggestions,
    core.organizationDomains,
    core.membershipRequests,
    core.singleSignOn,
    core.emailLinks,
    core.faults,
    core.requestLog,
    core.rateLimits,
  ];
  return [users, clients, sessions, mailbox, templates, tickets, waitlist, ...traces];
}
