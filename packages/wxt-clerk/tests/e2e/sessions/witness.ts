import type {
  ListedSession,
  Reply,
  SessionToken,
  TokenOptions,
  UserSnapshot,
} from '../../../src/messages/protocol.ts';
import { decodeJwt } from '../../../src/shared/jwt.ts';
import type { Claims } from './fixtures.ts';

interface KnownSession {
  userId: string;
  /** Its end was asked for, or somebody revoked it: it may be over at any time. */
  mayBeOver: boolean;
  /** Its end was answered: from here on it must never be seen again. */
  isOver: boolean;
}

type Message = { type: string; sessionId?: string } & TokenOptions;

// What must never come of a message that a page of the extension may send.
const NEVER = ['internal', 'bad-request', 'forbidden', 'misconfigured', 'storage-unavailable'];

/** Sees what is asked and answered about several sessions, and says which answer must never be given. */
export class SessionsWitness {
  /** What was seen and must never be. */
  readonly faults: string[] = [];
  readonly #sessions = new Map<string, KnownSession>();
  readonly #pending = new Set<Promise<void>>();

  signedIn(sessionId: string, userId: string): void {
    this.#sessions.set(sessionId, { userId, mayBeOver: false, isOver: false });
  }

  mayBeOver(sessionId: string): void {
    const session = this.#sessions.get(sessionId);
    if (session) session.mayBeOver = true;
  }

  /** Every session that there was, the last one first. */
  ids(): string[] {
    return [...this.#sessions.keys()].reverse();
  }

  /** Sessions whose end nobody has asked for. */
  untouched(): string[] {
    return this.ids().filter((id) => !this.#sessions.get(id)?.mayBeOver);
  }

  /** Sessions whose end was answered. */
  over(): string[] {
    return this.ids().filter((id) => this.#sessions.get(id)?.isOver);
  }

  /** Asks, and judges the answer whenever it comes. Without one the background was stopped, and nothing was said. */
  follow(message: Message, asking: () => Promise<Reply>): void {
    const wereOver = this.over();
    const wereUntouched = this.untouched();
    const ending = this.#endedBy(message);
    for (const id of ending) this.mayBeOver(id);
    const answered = asking()
      .then(
        // Chrome may also say that a background is gone by answering nothing.
        (reply?: Reply) => reply && this.#judge(message, reply, { wereOver, wereUntouched, ending }),
        () => {},
      )
      .finally(() => this.#pending.delete(answered));
    this.#pending.add(answered);
  }

  /** Waits until everything that was asked is answered. */
  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }

  #endedBy({ type, sessionId }: Message): string[] {
    if (!['sign-out', 'end-session', 'remove-session'].includes(type)) return [];
    return sessionId === undefined ? this.ids() : [sessionId];
  }

  #judge(message: Message, reply: Reply, asked: Asked): void {
    const { type } = message;
    if (!reply.ok) {
      const { code } = reply.error;
      if (NEVER.includes(code)) this.faults.push(`${type}: failed with ${code}`);
      if (code === 'not-found' && message.sessionId && this.#isStill(message.sessionId, asked))
        this.faults.push(`${type}: ${message.sessionId} is there, and was not found`);
      return;
    }
    if (asked.ending.length > 0)
      for (const id of asked.ending) {
        const session = this.#sessions.get(id);
        if (session) session.isOver = true;
      }
    else if (type === 'list-sessions') this.#checkList(reply.value as ListedSession[], asked);
    else if (type === 'get-token') this.#checkToken(message, reply.value as SessionToken | null, asked);
    else this.#checkUser(type, reply.value as UserSnapshot | null, asked);
  }

  #isStill(sessionId: string, { wereUntouched }: Asked): boolean {
    return wereUntouched.includes(sessionId) && this.untouched().includes(sessionId);
  }

  #checkNobody(type: string, asked: Asked): void {
    const wronged = asked.wereUntouched.find((id) => this.#isStill(id, asked));
    if (wronged) this.faults.push(`${type}: ${wronged} is signed in, and nobody was said to be`);
  }

  #checkSession(type: string, sessionId: string, userId: string | undefined, { wereOver }: Asked): void {
    const session = this.#sessions.get(sessionId);
    if (!session || wereOver.includes(sessionId))
      this.faults.push(`${type}: ${sessionId} is over, and is back`);
    else if (session.userId !== userId) this.faults.push(`${type}: ${sessionId} is not of ${userId}`);
  }

  #checkUser(type: string, user: UserSnapshot | null, asked: Asked): void {
    if (user) this.#checkSession(type, user.sessionId, user.userId, asked);
    else this.#checkNobody(type, asked);
  }

  #checkList(listed: ListedSession[], asked: Asked): void {
    for (const { id, user } of listed) this.#checkSession('list-sessions', id, user?.userId, asked);
    const missing = asked.wereUntouched.find(
      (id) => this.#isStill(id, asked) && !listed.some((each) => each.id === id),
    );
    if (missing) this.faults.push(`list-sessions: ${missing} is signed in, and is missing`);
    if (listed.length > 0 && listed.filter(({ isActive }) => isActive).length !== 1)
      this.faults.push('list-sessions: not exactly one is active');
  }

  #checkToken(message: Message, answer: SessionToken | null, asked: Asked): void {
    if (!answer) {
      if (message.sessionId === undefined) this.#checkNobody('get-token', asked);
      return;
    }
    const { sid = message.sessionId, sub, o, template } = decodeJwt(answer.token) as Claims;
    if (sid !== undefined) this.#checkSession('get-token', sid, sub, asked);
    if (message.sessionId !== undefined && sid !== message.sessionId)
      this.faults.push(`get-token: ${sid} in place of ${message.sessionId}`);
    if (template !== message.template)
      this.faults.push(`get-token: the template ${template} for ${message.template}`);
    const { organizationId } = message;
    if (organizationId !== undefined && message.template === undefined && (o?.id ?? null) !== organizationId)
      this.faults.push(`get-token: the organization ${o?.id} in place of ${organizationId}`);
  }
}

/** What was so when a message was sent. */
interface Asked {
  wereOver: string[];
  wereUntouched: string[];
  /** Whose end it asks for. */
  ending: string[];
}
