import { publishableKey } from '../../src/shared/config';
import { type InstanceHint, rememberInstance } from '../../src/ui/instance-hint';
import { ADA } from './fake-background';
import { sessionOf } from './sessions';

export const GRACE = {
  ...ADA,
  userId: 'user_2',
  sessionId: 'sess_2',
  firstName: 'Grace',
  lastName: 'Hopper',
  emailAddress: 'grace@example.com',
};

/** What is published while both are signed in, and one of them is active. */
export const both = (user = ADA, revision = 1) => ({
  revision,
  user,
  sessions: [ADA, GRACE].map((person) => sessionOf(person.userId === user.userId ? user : person)),
});

/** A page has learnt from Clerk what the instance allows. */
export function instanceIs(changes: Partial<InstanceHint>): void {
  rememberInstance({ isMultiSession: false, hasOrganizations: false, mayHaveOrganizations: [], ...changes });
}

/** What was learnt of another instance. */
export function anotherInstanceIs(hint: Partial<InstanceHint>): void {
  localStorage.setItem('wxt-clerk-instance', JSON.stringify({ key: `${publishableKey}x`, ...hint }));
}
