import { MessageError } from '../messages/message-error';
import type { SessionToken, TokenOptions } from '../messages/protocol';
import { decodeJwt, type JwtClaims } from '../shared/jwt';
import type { AuthMemory } from './auth-memory';
import type { Clock } from './clock';
import type { FrontendApi } from './frontend-api';
import { createInFlightByKey } from './in-flight';
import type { RequestLimits } from './request-limits';
import { TOKEN_LIFE } from './throttles';
import { remainingLife, type StoredToken } from './token-freshness';

/** A token that says whose it is, so that it is never taken for another person's. */
export interface OwnedToken extends SessionToken {
  sessionId: string;
}

/** The session that a token is of. */
export interface TokenSession {
  sessionId: string;
  /** Its active organization, `null` for the personal account; without it the server knows which it is. */
  organizationId?: string | null;
  /** Whose session it is, where that is known. */
  userId?: string;
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
}

/** What one distinct token is asked for with. */
interface Wanted {
  key: string;
  session: TokenSession;
  organizationId: string | null | undefined;
  options: TokenOptions;
}

/** Keeps and refreshes each distinct token by itself. */
export function createTokenService({ api, memory, limits, clock }: TokenServiceDependencies): TokenService {
  const inFlight = createInFlightByKey<OwnedToken>();

  async function requestToken({ key, session, organizationId, options }: Wanted): Promise<OwnedToken> {
    const { sessionId } = session;
    const { template, skipCache = false } = options;
    const born = memory.tokenGeneration();
    const askedAt = clock.wall();
    const askedAtMonotonic = clock.monotonic();
    const lastToken = memory.tokens.get(key)?.token;
    const jwt = await limits.guard(key, () =>
      api.fetchToken({ sessionId, organizationId, template, skipCache, lastToken }),
    );
    if (born !== memory.tokenGeneration()) throw new TokenForgottenError();
    const token = { ...describeToken(jwt, session), askedAt, askedAtMonotonic };
    // The computer slept in the middle of the request.
    if (token.lifetimeMs > 0 && remainingLife(token, clock) <= 0) throw new MessageError('timeout');
    await memory.keepToken(key, token);
    return { token: token.token, expiresAt: token.expiresAt, sessionId };
  }

  return {
    get(session, options) {
      const wanted = wantedOf(session, options);
      const { key } = wanted;
      const { sessionId } = session;
      const held = memory.tokens.get(key);
      const minTtlMs = (options.minTtlSeconds ?? TOKEN_LIFE.usualMinTtlSeconds) * 1000;
      const spareMs = held ? remainingLife(held, clock) - minTtlMs : -1;
      const refresh = () => inFlight(`${memory.tokenGeneration()} ${key}`, () => requestToken(wanted));

      if (options.skipCache || !held || spareMs < 0) return refresh();
      if (spareMs < TOKEN_LIFE.refreshAheadMs && !limits.isLimited(key)) refresh().catch(() => {});
      return { token: held.token, expiresAt: held.expiresAt, sessionId };
    },
  };
}

function wantedOf(session: TokenSession, options: TokenOptions): Wanted {
  const { sessionId, organizationId: active } = session;
  const organizationId = options.organizationId === undefined ? active : options.organizationId;
  const key = JSON.stringify([
    sessionId,
    organizationId === undefined ? 'active' : organizationId,
    options.template ?? null,
  ]);
  return { key, session, organizationId, options };
}

/** The person signed out, or another one signed in, while a token was on its way. */
export class TokenForgottenError extends Error {}

/** @throws {MessageError} `unavailable` when it is no token of this session. */
function describeToken(jwt: string, { sessionId, userId }: TokenSession): Omit<StoredToken, 'askedAt'> {
  const { exp, iat, sid = sessionId, sub = userId } = claimsOf(jwt);
  // Another's answer, from a cache on the way here for example. A template's token names only the person.
  if (sid !== sessionId || (userId !== undefined && sub !== userId)) throw new MessageError('unavailable');
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
