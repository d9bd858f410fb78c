import { generateId } from './state/ids.ts';
import type { Emulator, SeededOrganization, SeededUser } from './types.ts';

/** Who and what is there from the start. Ids stay the same over resets. */
export interface Seeded {
  people: Emulator['seededPeople'];
  organizations: Emulator['seededOrganizations'];
}

/** New ids for the people and organizations that every emulator has. */
export function createSeeded(): Seeded {
  return {
    people: [
      person('ada@example.com', 'lovelace1815', 'Ada', 'Lovelace'),
      person('charles@example.com', 'babbage1791', 'Charles', 'Babbage'),
      person('mary@example.com', 'somerville1780', 'Mary', 'Somerville'),
    ],
    organizations: [organization('Globex'), organization('Initech')],
  };
}

function person(emailAddress: string, password: string, firstName: string, lastName: string): SeededUser {
  return { userId: generateId('user'), emailAddress, password, firstName, lastName };
}

function organization(name: string): SeededOrganization {
  return { organizationId: generateId('org'), name, slug: name.toLowerCase() };
}
