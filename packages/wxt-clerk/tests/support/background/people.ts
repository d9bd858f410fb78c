import type { UserSnapshot } from '../../../src/messages/protocol';

/** A person, before they have a session. */
export type Person = Omit<UserSnapshot, 'sessionId'>;

export const ADA: Person = {
  userId: 'user_1',
  status: 'active',
  currentTask: null,
  organizationId: null,
  firstName: 'Ada',
  lastName: 'Lovelace',
  emailAddress: 'ada@example.com',
  imageUrl: null,
};

export const BOB: Person = {
  userId: 'user_2',
  status: 'active',
  currentTask: null,
  organizationId: 'org_2',
  firstName: 'Bob',
  lastName: null,
  emailAddress: 'bob@example.com',
  imageUrl: 'https://img.example/bob',
};

/** The body of `GET /client`; the last session is the one that was active last. */
export function clientResource(sessions: { id: string; person: Person }[]) {
  return {
    response: {
      object: 'client',
      sessions: sessions.map(({ id, person }) => sessionResource(id, person)),
      last_active_session_id: sessions.at(-1)?.id ?? null,
    },
  };
}

function sessionResource(id: string, person: Person) {
  return {
    id,
    status: person.status,
    tasks: person.currentTask && [person.currentTask],
    last_active_organization_id: person.organizationId,
    user: {
      id: person.userId,
      first_name: person.firstName,
      last_name: person.lastName,
      image_url: person.imageUrl ?? 'https://img.example/default',
      has_image: person.imageUrl !== null,
      primary_email_address_id: 'idn_1',
      email_addresses: [{ id: 'idn_1', email_address: person.emailAddress }],
    },
  };
}
