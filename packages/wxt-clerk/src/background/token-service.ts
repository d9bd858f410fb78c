import { MessageError } from '../messages/message-error';
import type { SessionToken, TokenOptions } from '../messages/protocol';
import { type StoredToken, tokenKeyOf } from '../shared/held-tokens';
import { decodeJwt, type JwtClaims } from '../shared/jwt';
import type { AuthMemory } from './auth-memory';
import type { Clock } from './clock';
import type { FrontendApi } from './frontend-api';
import { createInFlightByKey } from './in-flight';
import type { RequestLimits } from './request-limits';
import { TOKEN_LIFE } from './throttles';
import { remainingLife } from './token-freshness';

/** A token that says whose it is, so that it is never taken for another person's. */
export interface OwnedToken extends SessionToken {
  sessionId: string;
}

/** The session that a token is of. */
export interface TokenSession {
  sessionId: string;
  /** Its active organization, `null` for the personal account. */
  organizationId: string | null;
  userId: string;
}

export interface TokenService {
  /**
   * A token that is valid for long enough: at once from memory, or from the Frontend API.
   *
   * @throws {TokenForgottenError} When all tokens were forgotten while it was on its way.
   */
  get(session: TokenSession, options: TokenOptions): OwnedToken | Promise<OwnedToken>;
}

export interface TokenServiceDependencies {
  api: Pick<FrontendApi, 'fetchToken'>;
  memory: Pick<AuthMemory, 'tokens' | 'tokenGeneration' | 'keepToken'>;
  limits: RequestLimits;
  clock: Clock;
  /** Told of every new token that is kept, and of the one that it is in place of. */
  onToken(token: NewToken): void;
}

/** A session's own token, of no template and of the organization that is active. */
export interface NewToken {
  sessionId: string;
  jwt: string;
  lastJwt: string | undefined;
}

/** What one distinct token is asked for with. */
interface Wanted {
  key: string;
  session: TokenSession;
  organizationId: string | null;
  options: TokenOptions;
}

/** Keeps and refreshes each distinct token by itself. */
export function createTokenService(dependencies: TokenServiceDependencies): TokenService {
  const { api, memory, limits, clock, onToken } = dependencies;
  const inFlight = createInFlightByKey<OwnedToken>();

  async function requestToken({ key, session, organizationId, options }: Wanted): Promise<OwnedToken> {
    const { sessionId } = session;
    const { template, skipCache = false } = options;
    const born = memory.tokenGeneration(sessionId);
    const askedAt = clock.wall();
    const askedAtMonotonic = clock.monotonic();
    const lastToken = memory.tokens.get(key)?.token;
    const jwt = await limits.guard(key, () =>
      api.fetchToken({ sessionId, organizationId, template, skipCache, lastToken }),
    );
    if (born !== memory.tokenGeneration(sessionId)) throw new TokenForgottenError();
    const token = { ...describeToken(jwt, session), askedAt, askedAtMonotonic };
    // The computer slept in the middle of the request.
    if (token.lifetimeMs > 0 && remainingLife(token, clock) <= 0) throw new MessageError('timeout');
    await memory.keepToken(key, token);
    if (template === undefined && organizationId === session.organizationId)
      onToken({ sessionId, jwt, lastJwt: lastToken });
    return { token: token.token, expiresAt: token.expiresAt, sessionId };
  }

  return {
    get(session, options) {
      const wanted = wantedOf(session, options);
      const { key } = wanted;
      const { sessionId } = session;
      const held = memory.tokens.get(key);
      const minTtlSeconds = options.minTtlSeconds ?? options.leewayInSeconds;
      const minTtlMs = (minTtlSeconds ?? TOKEN_LIFE.usualMinTtlSeconds) * 1000;
      const spareMs = held ? remainingLife(held, clock) - minTtlMs : -1;
      const refresh = () =>
        inFlight(`${memory.tokenGeneration(sessionId)} ${key}`, () => requestToken(wanted));

      if (options.skipCache || !held || spareMs < 0) return refresh();
      if (spareMs < TOKEN_LIFE.refreshAheadMs && !limits.isLimited(key)) refresh().catch(() => {});
      return { token: held.token, expiresAt: held.expiresAt, sessionId };
    },
  };
}

function wantedOf(session: TokenSession, options: TokenOptions): Wanted {
  const organizationId =
    options.organizationId === undefined ? session.organizationId : options.organizationId;
  const key = tokenKeyOf(session.sessionId, organizationId, options.template);
  return { key, session, organizationId, options };
}

/** The person signed out, or another one signed in, while a token was on its way. */
export class TokenForgottenError extends Error {}

/** @throws {MessageError} `unavailable` when it is no token of this session. */
function describeToken(jwt: string, { sessionId, userId }: TokenSession): Omit<StoredToken, 'askedAt'> {
  const { exp, iat, sid = sessionId, sub = userId } = claimsOf(jwt);
  // Another's answer, from a cache on the way here for example. A template's token names only the person.
  if (sid !== sessionId || sub !== userId) throw new MessageError('unavailable');
  // Only a template can leave them out; such a token is handed out and never kept.
  if (typeof exp !== 'number' || typeof iat !== 'number') return { token: jwt, expiresAt: 0, lifetimeMs: 0 };
  if (exp <= iat) throw new MessageError('unavailable');
  return { token: jwt, expiresAt: exp * 1000, lifetimeMs: (exp - iat) * 1000 };
}

function claimsOf(jwt: string): JwtClaims {
  try {
    return decodeJwt(jwt);
  } catch (cause) {
    throw new MessageError('unavailable', { cause });
  }
}
