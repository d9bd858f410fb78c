import type {
  AuthorizationQuestion,
  MembershipSnapshot,
  SessionOptions,
  TokenOptions,
} from '../messages/protocol';
import { tokenKeyOf } from '../shared/held-tokens';
import type { AuthMemory } from './auth-memory';
import type { LiveSession } from './clerk-script/client-resource';
import type { Clock } from './clock';
import type { FrontendApi } from './frontend-api';
import { createInFlightByKey } from './in-flight';
import type { KnownSessions } from './known-sessions';
import { remainingLife } from './token-freshness';
import type { OwnedToken } from './token-service';

/** What a person may do, and where. */
export interface SessionAuthorization {
  /** What Clerk's own `checkAuthorization` answers; `false` when nobody is signed in, or not yet. */
  checkAuthorization(question: AuthorizationQuestion, options?: SessionOptions): Promise<boolean>;
  /** Every organization that the person is a member of. */
  listOrganizations(options?: SessionOptions): Promise<MembershipSnapshot[]>;
}

export interface SessionAuthorizationDependencies {
  memory: Pick<AuthMemory, 'tokens'>;
  api: Pick<FrontendApi, 'checkAuthorization' | 'fetchMemberships'>;
  sessions: KnownSessions;
  clock: Clock;
  getToken(options: TokenOptions): Promise<OwnedToken | null>;
}

export function createSessionAuthorization({
  memory,
  api,
  sessions,
  clock,
  getToken,
}: SessionAuthorizationDependencies): SessionAuthorization {
  const asking = createInFlightByKey<MembershipSnapshot[]>();

  /** Only features and plans are in a token alone: one is asked for where there is none yet. */
  async function tokenFor({ id, user }: LiveSession, { feature, plan }: AuthorizationQuestion) {
    const held = memory.tokens.get(tokenKeyOf(id, user.organizationId, undefined));
    if (held && remainingLife(held, clock) > 0) return held;
    return feature === undefined && plan === undefined ? null : getToken({ sessionId: id });
  }

  return {
    async checkAuthorization(question, { sessionId } = {}) {
      const session = await sessions.expect(sessionId);
      if (!session || (sessionId === undefined && session.status !== 'active')) return false;
      const token = await tokenFor(session, question);
      return api.checkAuthorization(session, token?.token ?? null, question);
    },
    async listOrganizations({ sessionId } = {}) {
      const session = await sessions.expect(sessionId);
      return session ? asking(session.id, () => api.fetchMemberships(session.id)) : [];
    },
  };
}
