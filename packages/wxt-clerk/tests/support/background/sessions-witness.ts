import { type MessageError, toMessageError } from '../../../src/messages/message-error';
import type { SetActiveOptions, TokenOptions, UserSnapshot } from '../../../src/messages/protocol';
import { type Claims, claimsOf } from './claims';
import type { World } from './world';

interface Seen {
  user: UserSnapshot;
  /** Its sign-out was asked for or somebody revoked it: it may be over at any time. */
  mayBeOver: boolean;
  /** Its sign-out was answered: from here on it must never be seen again. */
  isSignedOut: boolean;
}

/** Sees every answer about several sessions, and says which of them must never be given. */
export interface SessionsWitness {
  signedIn(user: UserSnapshot): void;
  revoked(sessionId: string): void;
  stopped(): void;
  getToken(options: TokenOptions): void;
  list(): void;
  refresh(): void;
  setActive(options: SetActiveOptions): void;
  /** @param sessionId Without it all. */
  signOut(sessionId: string | undefined): void;
  /** Those that nobody signed out and nobody revoked. */
  untouched(): string[];
  sessions(): UserSnapshot[];
  faults: string[];
}

export function createSessionsWitness(world: World): SessionsWitness {
  const seen = new Map<string, Seen>();
  const faults: string[] = [];
  let life = 0;

  /** A background that was stopped meanwhile gives no answer. */
  function follow<Value>(work: Promise<Value>, check: (value: Value) => void): void {
    const bornIn = life;
    work.then(
      (value) => bornIn === life && check(value),
      (error: MessageError) => {
        if (bornIn === life && toMessageError(error).code === 'internal') faults.push(`internal: ${error}`);
      },
    );
  }

  function checkThere(name: string, id: string): void {
    if (seen.get(id)?.isSignedOut ?? true) faults.push(`${name}: ${id}, which was signed out`);
  }

  function checkToken(claims: Claims, asked: TokenOptions, organizations: Set<string | null>): void {
    const { sid, sub, o } = claims;
    checkThere('get-token', sid);
    if (seen.get(sid)?.user.userId !== sub) faults.push(`get-token: ${sid} is not of ${sub}`);
    const { sessionId, organizationId } = asked;
    const wanted = sessionId ?? world.auth.sessionId();
    if (sid !== wanted) faults.push(`get-token: of ${sid} for ${wanted}`);
    const organization = o?.id ?? null;
    const isWanted =
      organizationId === undefined ? organizations.has(organization) : organization === organizationId;
    if (!isWanted)
      faults.push(`get-token: in ${organization} for ${organizationId} of ${[...organizations]}`);
  }

  /** The organizations that a session had published from now until its answer. */
  function activeMeanwhile(): () => Set<string | null> {
    const first = Math.max(world.published.length - 1, 0);
    return () => {
      const states = world.published.slice(first);
      const all = states.flatMap(({ sessions }) => sessions.map(({ user }) => user?.organizationId ?? null));
      return new Set(all);
    };
  }

  const endSoon = (ids: string[]) => {
    for (const id of ids) {
      const session = seen.get(id);
      if (session) session.mayBeOver = true;
    }
  };

  return {
    faults,
    signedIn: (user) => void seen.set(user.sessionId, { user, mayBeOver: false, isSignedOut: false }),
    revoked: (sessionId) => endSoon([sessionId]),
    stopped() {
      life += 1;
    },
    getToken(options) {
      const organizations = activeMeanwhile();
      follow(world.auth.getToken(options), (token) => {
        if (token) checkToken(claimsOf(token), options, organizations());
      });
    },
    list() {
      follow(world.auth.listSessions(), (sessions) => {
        for (const { id } of sessions) checkThere('list-sessions', id);
      });
    },
    refresh() {
      follow(world.auth.refresh(), (user) => user && checkThere('session-changed', user.sessionId));
    },
    setActive(options) {
      follow(world.auth.setActive(options), (user) => user && checkThere('set-active', user.sessionId));
    },
    signOut(sessionId) {
      const ids = sessionId === undefined ? [...seen.keys()] : [sessionId];
      endSoon(ids);
      follow(world.auth.signOut({ sessionId }), () => {
        for (const id of ids) {
          const session = seen.get(id);
          if (session) session.isSignedOut = true;
        }
      });
    },
    untouched: () =>
      [...seen.values()].filter(({ mayBeOver }) => !mayBeOver).map(({ user }) => user.sessionId),
    sessions: () => [...seen.values()].map(({ user }) => user),
  };
}
