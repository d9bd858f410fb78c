import { AsyncLocalStorage } from 'node:async_hooks';
import type { Membership, Organization } from './organizations.ts';
import type { Session } from './sessions.ts';
import type { User } from './users.ts';

/** What can happen, by Clerk's names, and to what. */
interface Subjects {
  'user.created': User;
  'user.updated': User;
  'user.deleted': User;
  'session.created': Session;
  'session.ended': Session;
  'session.removed': Session;
  'session.revoked': Session;
  'organization.created': Organization;
  'organization.updated': Organization;
  'organization.deleted': Organization;
  'organizationMembership.created': Membership;
  'organizationMembership.updated': Membership;
  'organizationMembership.deleted': Membership;
}

export type EventType = keyof Subjects;

export const EVENT_TYPES = [
  'user.created',
  'user.updated',
  'user.deleted',
  'session.created',
  'session.ended',
  'session.removed',
  'session.revoked',
  'organization.created',
  'organization.updated',
  'organization.deleted',
  'organizationMembership.created',
  'organizationMembership.updated',
  'organizationMembership.deleted',
] as const satisfies EventType[];

/** Something that happened. What is deleted is still there while its event is told. */
export type StateEvent = {
  [Type in EventType]: { type: Type; subject: Subjects[Type]; cause: Cause };
}[EventType];

/** The request that brings something about; both are empty for what no request does. */
export interface Cause {
  clientIp: string;
  userAgent: string;
}

const NO_REQUEST: Cause = { clientIp: '', userAgent: '' };

type Listener = (event: StateEvent) => void;

/** Where changes of the state are told to whoever wants to know of them. */
export class Events {
  readonly #listeners = new Set<Listener>();
  readonly #causes = new AsyncLocalStorage<Cause>();

  subscribe(listener: Listener): void {
    this.#listeners.add(listener);
  }

  publish<Type extends EventType>(type: Type, subject: Subjects[Type]): void {
    const event = { type, subject, cause: this.#causes.getStore() ?? NO_REQUEST } as StateEvent;
    for (const listener of this.#listeners) listener(event);
  }

  /** Carries a request out; what it changes has it as its cause. */
  causedBy<T>(cause: Cause, run: () => T): T {
    return this.#causes.run(cause, run);
  }
}
