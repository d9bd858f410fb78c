import type { Events } from './events.ts';
import { generateId } from './ids.ts';
import type { Reverification } from './reverification.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const LIFETIME_MS = 7 * DAY_MS;
const ABANDON_AFTER_MS = 30 * DAY_MS;

export type SessionStatus = 'active' | 'ended' | 'removed' | 'revoked';

export interface Session {
  id: string;
  clientId: string;
  userId: string;
  status: SessionStatus;
  /** Of the browser that signed in; shown in the list of devices. */
  userAgent: string;
  /** `null`: the personal account. */
  lastActiveOrganizationId: string | null;
  /** Who impersonates the user. */
  actor: Record<string, unknown> | null;
  /** The reverification under way or done last. */
  reverification: Reverification | null;
  /** All times in Unix ms. */
  firstFactorAt: number;
  /** `null`: never. */
  secondFactorAt: number | null;
  lastActiveAt: number;
  expireAt: number;
  abandonAt: number;
  createdAt: number;
  updatedAt: number;
}

/** Every session that was ever opened, ended ones included. */
export class Sessions {
  readonly #byId = new Map<string, Session>();
  readonly #now: () => number;
  readonly #events: Events;

  constructor(now: () => number, events: Events) {
    this.#now = now;
    this.#events = events;
  }

  create(
    owner: Pick<Session, 'clientId' | 'userId' | 'userAgent' | 'actor'>,
    hasSecondFactor: boolean,
  ): Session {
    const now = this.#now();
    const session: Session = {
      id: generateId('sess'),
      ...owner,
      status: 'active',
      firstFactorAt: now,
      secondFactorAt: hasSecondFactor ? now : null,
      reverification: null,
      lastActiveOrganizationId: null,
      lastActiveAt: now,
      expireAt: now + LIFETIME_MS,
      abandonAt: now + ABANDON_AFTER_MS,
      createdAt: now,
      updatedAt: now,
    };
    this.#byId.set(session.id, session);
    this.#events.publish('session.created', session);
    return session;
  }

  find(sessionId: string): Session | null {
    return this.#byId.get(sessionId) ?? null;
  }

  all(): Session[] {
    return [...this.#byId.values()];
  }

  /** Takes up sessions of an earlier run. */
  restore(sessions: readonly Session[]): void {
    for (const session of sessions) this.#byId.set(session.id, session);
  }

  /** Active by status and by the clock. */
  isActive(session: Session): boolean {
    return session.status === 'active' && this.#now() < session.expireAt;
  }

  activeOfClient(clientId: string): Session[] {
    return this.all().filter((session) => session.clientId === clientId && this.isActive(session));
  }

  ofUser(userId: string): Session[] {
    return this.all().filter((session) => session.userId === userId);
  }

  activeOfUser(userId: string): Session[] {
    return this.ofUser(userId).filter((session) => this.isActive(session));
  }

  /** Ends a session for good; one that is already over keeps its status. */
  close(session: Session, status: Exclude<SessionStatus, 'active'>): void {
    if (session.status !== 'active') return;
    session.status = status;
    session.updatedAt = this.#now();
    this.#events.publish(`session.${status}`, session);
  }

  /** Ends the sessions of a user, but for one. */
  closeOfUser(userId: string, status: Exclude<SessionStatus, 'active'>, exceptId?: string): void {
    for (const session of this.activeOfUser(userId)) {
      if (session.id !== exceptId) this.close(session, status);
    }
  }

  clear(): void {
    this.#byId.clear();
  }
}
