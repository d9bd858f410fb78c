import { MessageError } from '../../../src/messages/message-error';
import type { SessionToken, UserSnapshot } from '../../../src/messages/protocol';
import { claimsOf } from './claims';
import type { World } from './world';

interface KnownSession {
  user: UserSnapshot;
  /** The background has said so, and nothing has happened that could end it. */
  isSurelySignedIn: boolean;
  /** A sign-out was asked for, or somebody revoked it: it may be over at any time. */
  mayBeOver: boolean;
  /** A sign-out was answered, or the background was told that it is over: from here on it must never be seen again. */
  isSignedOut: boolean;
  /** There may be a task left to do: then there is no token. */
  mayHaveTask: boolean;
}

/** Sees every answer of the background, and says which of them must never be given. */
export interface Witness {
  /** A page's sign-in succeeded at the server. */
  signedIn(user: UserSnapshot): void;
  revoked(sessionId: string): void;
  /** The number of the background's life, counted from 0. */
  life(): number;
  /** An answer of the server said with authority that a session is over, to the life that asked. */
  told(sessionId: string, toLife: number | undefined, isHeard: () => boolean): void;
  /** The person has a task from here on. */
  hasTask(sessionId: string): void;
  jumped(ms: number): void;
  stopped(isBrowser: boolean): void;
  getToken(options: object): void;
  getUser(): void;
  refresh(): void;
  /** @param isMeant Which sessions the person means; without it all. */
  signOut(isMeant?: (sessionId: string) => boolean): void;
  /** How many asks of a living background have no answer. */
  unanswered(): number;
  sessions(): UserSnapshot[];
  /** What was seen and must never be. */
  faults: string[];
}

// As long as a change may take through memory and storage.
const HEARD_MS = 1000;

/** A witness of a world in which nobody was ever signed in. */
export function createWitness(world: World): Witness {
  const sessions = new Map<string, KnownSession>();
  const jumpsBack: { at: number; ms: number }[] = [];
  const faults: string[] = [];
  let life = 0;
  let lastStop = 0;
  let unanswered = 0;
  let revision = 0;

  /** Follows one ask to its answer; a background that was stopped meanwhile gives none. */
  function follow<T>(name: string, work: Promise<T>, check: (value: T) => void): void {
    const bornIn = life;
    const { auth } = world;
    unanswered += 1;
    const answered = (look: () => void) => {
      if (bornIn !== life) return;
      unanswered -= 1;
      look();
      if (auth.revision() < revision)
        faults.push(`${name}: the revision went from ${revision} to ${auth.revision()}`);
      revision = Math.max(revision, auth.revision());
    };
    work.then(
      (value) => answered(() => check(value)),
      (error) =>
        answered(() => {
          if (!(error instanceof MessageError)) faults.push(`${name}: failed without a code: ${error}`);
        }),
    );
  }

  const surelySignedIn = () => [...sessions.values()].filter((session) => session.isSurelySignedIn);

  function checkNull(name: string, before: KnownSession[]): void {
    const wronged = before.find((session) => name !== 'get-token' || !session.mayHaveTask);
    if (wronged)
      faults.push(`${name}: ${wronged.user.sessionId} is signed in, and was reported as signed out`);
  }

  function checkUser(name: string, user: UserSnapshot): void {
    const session = sessions.get(user.sessionId);
    if (!session || session.isSignedOut)
      faults.push(`${name}: ${user.sessionId} was signed out, and is back`);
    else session.isSurelySignedIn = !session.mayBeOver;
  }

  function checkToken(token: SessionToken): void {
    const { sid, sub, iat, exp } = claimsOf(token);
    const session = sessions.get(sid);
    if (!session || session.isSignedOut) faults.push(`get-token: a token of ${sid}, which was signed out`);
    if (session && session.user.userId !== sub) faults.push(`get-token: ${sid} is not of ${sub}`);
    const published = world.published.at(-1)?.user?.sessionId;
    if (published !== sid) faults.push(`get-token: a token of ${sid}, while ${published} is published`);
    const overdueMs = world.time.now() - exp * 1000;
    if (overdueMs >= 0 && overdueMs >= unknowableMs(iat * 1000)) {
      faults.push(`get-token: a token that ended ${overdueMs} ms ago`);
    }
  }

  // Only the wall clock reaches across a stop: by how much it was set back before, nobody can know.
  function unknowableMs(since: number): number {
    if (lastStop < since) return 0;
    return jumpsBack.filter(({ at }) => at >= since).reduce((sum, { ms }) => sum + ms, 0);
  }

  const isStillSure = (before: KnownSession[]) => before.filter((session) => session.isSurelySignedIn);
  const doubt = (session: KnownSession) => {
    session.isSurelySignedIn = false;
    session.mayBeOver = true;
  };

  return {
    faults,
    unanswered: () => unanswered,
    sessions: () => [...sessions.values()].map(({ user }) => user),
    signedIn(user) {
      const known = { isSurelySignedIn: false, mayBeOver: false, isSignedOut: false, mayHaveTask: false };
      sessions.set(user.sessionId, { user, ...known });
    },
    revoked(sessionId) {
      const session = sessions.get(sessionId);
      if (session) doubt(session);
    },
    life: () => life,
    told(sessionId, toLife, isHeard) {
      const session = sessions.get(sessionId);
      world.time.after(HEARD_MS, () => {
        if (session && toLife === life && isHeard()) session.isSignedOut = true;
      });
    },
    hasTask(sessionId) {
      const session = sessions.get(sessionId);
      if (session) session.mayHaveTask = true;
    },
    jumped(ms) {
      if (ms < 0) jumpsBack.push({ at: world.time.now(), ms: -ms });
    },
    stopped(isBrowser) {
      life += 1;
      unanswered = 0;
      lastStop = world.time.now();
      if (isBrowser) revision = 0;
    },
    getToken(options) {
      const before = surelySignedIn();
      follow('get-token', world.auth.getToken(options), (token) => {
        if (token) checkToken(token);
        else checkNull('get-token', isStillSure(before));
      });
    },
    getUser() {
      const before = surelySignedIn();
      follow('get-user', world.auth.getUser(), (user) => {
        if (user) checkUser('get-user', user);
        else checkNull('get-user', isStillSure(before));
      });
    },
    refresh() {
      const before = surelySignedIn();
      follow('session-changed', world.auth.refresh(), (user) => {
        if (user) checkUser('session-changed', user);
        else checkNull('session-changed', isStillSure(before));
      });
    },
    signOut(isMeant = () => true) {
      const ended = [...sessions.values()].filter(({ user }) => isMeant(user.sessionId));
      for (const session of ended) doubt(session);
      follow('sign-out', world.auth.signOut(), () => {
        for (const session of ended) session.isSignedOut = true;
      });
    },
  };
}
