import type { SessionSummary } from 'clerk-emulator';
import type { Reply, SessionToken, UserSnapshot } from '../../../src/messages/protocol.ts';
import { decodeJwt } from '../../../src/shared/jwt.ts';

interface KnownSession {
  userId: string;
  /** A sign-out was asked for, or somebody revoked it: it may be over at any time. */
  mayBeOver: boolean;
  /** A sign-out was answered: from here on it must never be seen again. */
  isSignedOut: boolean;
}

/** Sees every answer of the background, and says which of them must never be given. */
export interface Witness {
  /** A person signed in, and every page has shown it. */
  signedIn(session: SessionSummary): void;
  mayBeOver(sessionId: string): void;
  /** The server's clock is so many seconds ahead of this computer's. */
  clockMoved(offsetSeconds: number): void;
  /** Asks, and judges the answer whenever it comes. Without one the background was stopped, and nothing was said. */
  follow(type: 'get-token' | 'get-user' | 'session-changed' | 'sign-out', asking: () => Promise<Reply>): void;
  /** Judges who is said to be signed in. */
  check(name: string, user: UserSnapshot | null): void;
  /** Waits until everything that was asked is answered. */
  settled(): Promise<void>;
  /** What was seen and must never be. */
  faults: string[];
}

const MINUTE_MS = 60_000;

/** A witness of an extension in which nobody is signed in. */
export function createWitness(): Witness {
  const sessions = new Map<string, KnownSession>();
  const pending = new Set<Promise<void>>();
  const faults: string[] = [];
  let clockOffsetMs = 0;

  const sure = () => [...sessions].filter(([, { mayBeOver }]) => !mayBeOver).map(([id]) => id);

  function checkNobody(name: string, wereSure: string[]): void {
    const wronged = sure().find((id) => wereSure.includes(id));
    if (wronged) faults.push(`${name}: ${wronged} is signed in, and was reported as signed out`);
  }

  function checkSession(name: string, sessionId: string, userId: string): void {
    const session = sessions.get(sessionId);
    if (!session || session.isSignedOut) faults.push(`${name}: ${sessionId} was signed out, and is back`);
    else if (session.userId !== userId) faults.push(`${name}: ${sessionId} is not of ${userId}`);
  }

  function checkToken({ token }: SessionToken): void {
    const { sid, sub, iat, exp } = decodeJwt(token);
    checkSession('get-token', String(sid), String(sub));
    const serverNow = Date.now() + clockOffsetMs;
    // Issued before the server's clock was moved: what that clock says of it now means nothing.
    const isOfThisClock = Math.abs(serverNow - Number(iat) * 1000) < 2 * MINUTE_MS;
    if (isOfThisClock && Number(exp) * 1000 <= serverNow)
      faults.push(`get-token: a token that ended at ${exp}`);
  }

  function judge(type: string, reply: Reply, wereSure: string[], ended: string[]): void {
    if (!reply.ok) {
      const mustNotBe = ['internal', 'bad-request', 'forbidden', 'misconfigured', 'storage-unavailable'];
      if (mustNotBe.includes(reply.error.code)) faults.push(`${type}: failed with ${reply.error.code}`);
    } else if (type === 'sign-out') {
      for (const id of ended) (sessions.get(id) as KnownSession).isSignedOut = true;
    } else if (reply.value === null) checkNobody(type, wereSure);
    else if (type === 'get-token') checkToken(reply.value as SessionToken);
    else checkSession(type, (reply.value as UserSnapshot).sessionId, (reply.value as UserSnapshot).userId);
  }

  return {
    faults,
    signedIn: ({ sessionId, userId }) =>
      void sessions.set(sessionId, { userId, mayBeOver: false, isSignedOut: false }),
    mayBeOver(sessionId) {
      const session = sessions.get(sessionId);
      if (session) session.mayBeOver = true;
    },
    clockMoved(offsetSeconds) {
      clockOffsetMs = offsetSeconds * 1000;
    },
    follow(type, asking) {
      const wereSure = sure();
      const ended = type === 'sign-out' ? [...sessions.keys()] : [];
      for (const id of ended) (sessions.get(id) as KnownSession).mayBeOver = true;
      const answered = asking()
        .then(
          // Chrome may also say that a background is gone by answering nothing.
          (reply?: Reply) => reply && judge(type, reply, wereSure, ended),
          () => {},
        )
        .finally(() => pending.delete(answered));
      pending.add(answered);
    },
    check(name, user) {
      if (user) checkSession(name, user.sessionId, user.userId);
      else checkNobody(name, sure());
    },
    async settled() {
      await Promise.all(pending);
    },
  };
}
