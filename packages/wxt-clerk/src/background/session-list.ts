import type { SessionSnapshot } from '../messages/protocol';
import type { AuthState } from '../shared/auth-state';
import type { LiveSession, SignedIn } from './clerk-script/client-resource';

/** The session that is active where the one that was is over: as on the server, another one of the client's. */
export function nextActive(sessions: LiveSession[], activeId: string | undefined): LiveSession | undefined {
  const active = sessions.find(({ id }) => id === activeId);
  if (active) return active;
  const latest = [...sessions].sort((a, b) => (b.lastActiveAt ?? 0) - (a.lastActiveAt ?? 0));
  return latest.find(({ status }) => status === 'active') ?? latest[0];
}

export function sessionsOf(state: Pick<AuthState, 'sessions'> | undefined): LiveSession[] {
  return (state?.sessions ?? []).filter((session): session is LiveSession => session.user !== null);
}

/** Those of an answer, and those that it has without saying whose they are: they stay as they were known. */
export function sessionsNow({ sessions, sessionIds }: SignedIn, last: AuthState | undefined): LiveSession[] {
  const isSilent = ({ id }: LiveSession) =>
    sessionIds.includes(id) && !sessions.some((each) => each.id === id);
  return [...sessions, ...sessionsOf(last).filter(isSilent)];
}

/** Those with another organization: a template's token is of the active one, and says so nowhere. */
export function movedSessions(before: AuthState | undefined, after: State): string[] {
  return sessionsThat(before, after, (was, now) => now?.user.organizationId !== was.user.organizationId);
}

/** Those whose tokens say something else from here on: they are over, somebody else's, or have another task. */
export function changedSessions(before: AuthState | undefined, after: State): string[] {
  return sessionsThat(
    before,
    after,
    (was, now) => now?.status !== was.status || now.user.userId !== was.user.userId,
  );
}

function sessionsThat(
  before: AuthState | undefined,
  after: State,
  differ: (was: LiveSession, now: LiveSession | undefined) => boolean,
): string[] {
  const now = new Map(sessionsOf(after).map((session) => [session.id, session]));
  return sessionsOf(before)
    .filter((was) => differ(was, now.get(was.id)))
    .map(({ id }) => id);
}

type State = Pick<AuthState, 'user' | 'sessions'>;

/** But for the times that every request moves on: no page has anything new to show then. */
export function isSame(before: State, after: State): boolean {
  return JSON.stringify(lasting(before)) === JSON.stringify(lasting(after));
}

function lasting({ user, sessions }: State): object {
  const settled = sessions.map((session: SessionSnapshot) => ({
    ...session,
    lastActiveAt: 0,
    updatedAt: 0,
    expireAt: 0,
    abandonAt: 0,
    // A verification makes it younger; else it only grows.
    factorVerificationAge: session.factorVerificationAge?.map((age) => age < 0) ?? null,
    user: { ...session.user, updatedAt: 0 },
  }));
  return [user?.sessionId, settled];
}
