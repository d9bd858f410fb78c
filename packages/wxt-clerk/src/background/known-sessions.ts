import { MessageError } from '../messages/message-error';
import type { ListedSession, SessionOptions, SessionSnapshot, UserSnapshot } from '../messages/protocol';
import { tokenKeyOf } from '../shared/held-tokens';
import type { AuthMemory } from './auth-memory';
import type { LiveSession } from './clerk-script/client-resource';
import type { SignedInUser } from './signed-in-user';

/** The sessions of this extension, as they are known. */
export interface KnownSessions {
  /**
   * The active session, or the one that is named; `null` when nobody is signed in.
   *
   * @throws {MessageError} `not-found` for a name that is none of this extension's.
   */
  expect(sessionId: string | undefined): Promise<LiveSession | null>;
  /** One by its name; asks no more than it must. @throws {MessageError} `not-found`. */
  named(sessionId: string): Promise<LiveSession>;
  /** The same, as it is told. */
  get(options?: SessionOptions): Promise<SessionSnapshot | null>;
  list(): Promise<ListedSession[]>;
}

export interface KnownSessionsDependencies {
  memory: AuthMemory;
  signedIn: SignedInUser;
  recall(): Promise<void>;
}

export function createKnownSessions(dependencies: KnownSessionsDependencies): KnownSessions {
  const { memory, signedIn, recall } = dependencies;
  const described = (session: LiveSession): SessionSnapshot => ({
    ...session,
    lastActiveTokenExpiresAt: expiryOf(session, memory),
  });

  async function expectSession(sessionId: string | undefined): Promise<LiveSession | null> {
    await recall();
    const user = await signedIn.expect();
    signedIn.verifyLater();
    const id = sessionId ?? user?.sessionId;
    return id === undefined ? null : named(id);
  }

  const named = async (id: string) => memory.session(id) ?? lookFor(id, dependencies);

  return {
    expect: expectSession,
    named,
    async get({ sessionId } = {}) {
      const session = await expectSession(sessionId);
      return session && described(session);
    },
    async list() {
      const active = await expectSession(undefined);
      return memory.sessions().map((each) => ({ ...described(each), isActive: each.id === active?.id }));
    },
  };
}

/** It may be there all the same where the server was not asked yet, or where a page changed something that is not known. */
async function lookFor(id: string, { memory, signedIn }: KnownSessionsDependencies): Promise<LiveSession> {
  if (!memory.isEnded(id) && !memory.isComplete()) await signedIn.askServer();
  const session = memory.session(id);
  if (!session) throw new MessageError('not-found');
  return session;
}

function expiryOf({ id, user }: { id: string; user: UserSnapshot }, { tokens }: AuthMemory): number | null {
  return tokens.get(tokenKeyOf(id, user.organizationId, undefined))?.expiresAt ?? null;
}
