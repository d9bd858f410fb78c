import type { SessionSnapshot, UserSnapshot } from '../../../src/messages/protocol';

/** A person, before they have a session. */
export type Person = Omit<UserSnapshot, 'sessionId'>;

interface Membership {
  name: string;
  role: string;
  permissions: string[];
}

const PLAIN = {
  status: 'active',
  currentTask: null,
  organizationId: null,
  organizationName: null,
  organizationSlug: null,
  organizationImageUrl: null,
  organizationRole: null,
  organizationPermissions: null,
  username: null,
  phoneNumber: null,
  imageUrl: null,
  publicMetadata: {},
  createdAt: 1000,
  updatedAt: 2000,
  lastSignInAt: 3000,
} as const;

/** Who is in which organization, by the id of the person and that of the organization. */
export const MEMBERSHIPS: Record<string, Record<string, Membership>> = {
  user_1: {
    org_1: { name: 'Acme', role: 'org:admin', permissions: ['org:notes:write'] },
    org_2: { name: 'Globex', role: 'org:member', permissions: [] },
  },
  user_2: {
    org_2: { name: 'Globex', role: 'org:admin', permissions: ['org:notes:write'] },
    org_3: { name: 'Initech', role: 'org:member', permissions: [] },
  },
};

/** The same person with an organization active, or with none. */
export function inOrganization(person: Person, organizationId: string | null): Person {
  const membership = organizationId === null ? undefined : MEMBERSHIPS[person.userId]?.[organizationId];
  return {
    ...person,
    organizationId,
    organizationName: membership?.name ?? null,
    organizationSlug: membership ? membership.name.toLowerCase() : null,
    organizationRole: membership?.role ?? null,
    organizationPermissions: membership?.permissions ?? null,
  };
}

export const ADA: Person = {
  ...PLAIN,
  userId: 'user_1',
  firstName: 'Ada',
  lastName: 'Lovelace',
  emailAddress: 'ada@example.com',
};

export const BOB: Person = inOrganization(
  {
    ...PLAIN,
    userId: 'user_2',
    firstName: 'Bob',
    lastName: null,
    emailAddress: 'bob@example.com',
    imageUrl: 'https://img.example/bob',
  },
  'org_2',
);

/** What is known of a session of a person when nothing else is. */
export function sessionOf(user: UserSnapshot): SessionSnapshot & { user: UserSnapshot } {
  return {
    id: user.sessionId,
    status: user.status,
    lastActiveAt: null,
    expireAt: null,
    abandonAt: null,
    createdAt: null,
    updatedAt: null,
    lastActiveOrganizationId: user.organizationId,
    actor: null,
    tasks: user.currentTask && [user.currentTask],
    currentTask: user.currentTask,
    factorVerificationAge: null,
    lastActiveTokenExpiresAt: null,
    publicUserData: null,
    user,
  };
}

/** The body of `GET /client`; without a name the last session is the one that was active last. */
export function clientResource(sessions: { id: string; person: Person }[], activeId?: string) {
  const active = sessions.find(({ id }) => id === activeId) ?? sessions.at(-1);
  return {
    response: {
      object: 'client',
      sessions: sessions.map(({ id, person }) => sessionResource(id, person)),
      last_active_session_id: active?.id ?? null,
    },
  };
}

export function sessionResource(id: string, person: Person) {
  return {
    id,
    status: person.status,
    tasks: person.currentTask && [person.currentTask],
    last_active_organization_id: person.organizationId,
    user: {
      id: person.userId,
      first_name: person.firstName,
      last_name: person.lastName,
      username: person.username,
      image_url: person.imageUrl ?? 'https://img.example/default',
      has_image: person.imageUrl !== null,
      primary_email_address_id: 'idn_1',
      email_addresses: [{ id: 'idn_1', email_address: person.emailAddress }],
      public_metadata: person.publicMetadata,
      created_at: person.createdAt,
      updated_at: person.updatedAt,
      last_sign_in_at: person.lastSignInAt,
      organization_memberships: membershipsOf(person),
    },
  };
}

/** Every membership of a person, as the server says it: with the role that they have in the active one. */
export function membershipsOf(person: Person) {
  return Object.entries(MEMBERSHIPS[person.userId] ?? {}).map(([id, { name, role, permissions }]) => {
    const isActive = id === person.organizationId;
    return {
      organization: { id, name, slug: name.toLowerCase(), image_url: '', has_image: false },
      role: isActive ? person.organizationRole : role,
      permissions: isActive ? person.organizationPermissions : permissions,
    };
  });
}
