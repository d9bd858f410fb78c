import { MessageError } from '../messages/message-error';
import type { SessionToken, TokenOptions, UserSnapshot } from '../messages/protocol';
import { tokenKeyOf } from '../shared/held-tokens';
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
  organizationId: string | null;
}

export interface TokenService {
  /**
   * A token that is valid for long enough: at once from memory, or from the Frontend API.
   *
   * @throws {TokenForgottenError} When all tokens were forgotten while it was on its way.
   */
  get(user: UserSnapshot, options: TokenOptions): OwnedToken | Promise<OwnedToken>;
}

export interface TokenServiceDependencies {
  api: Pick<FrontendApi, 'fetchToken'>;
  memory: Pick<AuthMemory, 'tokens' | 'tokenGeneration' | 'keepToken'>;
  limits: RequestLimits;
  clock: Clock;
  /** A token gives other rights than what is known. @returns Whether they were asked for anew. */
  onOtherRights(): Promise<boolean>;
}

/** What one distinct token is asked for with. */
interface Wanted {
  key: string;
  user: UserSnapshot;
  organizationId: string | null;
  options: TokenOptions;
}

/** Keeps and refreshes each distinct token by itself. */
export function createTokenService(dependencies: TokenServiceDependencies): TokenService {
  const { api, memory, limits, clock, onOtherRights } = dependencies;
  const inFlight = createInFlightByKey<OwnedToken>();

  async function requestToken({ key, user, organizationId, options }: Wanted): Promise<OwnedToken> {
    const { sessionId } = user;
    const { template, skipCache = false } = options;
    const born = memory.tokenGeneration(sessionId);
    const askedAt = clock.wall();
    const askedAtMonotonic = clock.monotonic();
    const lastToken = memory.tokens.get(key)?.token;
    const { hasOtherRights, isElsewhere, ...answer } = await limits.guard(key, () =>
      api.fetchToken({ user, organizationId, template, skipCache, lastToken }),
    );
    if (born !== memory.tokenGeneration(sessionId)) throw new TokenForgottenError();
    // The person was taken out of the organization, or the server stays with another one.
    if (isElsewhere && (await onOtherRights())) throw new TokenForgottenError();
    if (isElsewhere) throw new MessageError('refused');
    const token = { ...answer, askedAt, askedAtMonotonic };
    // The computer slept in the middle of the request.
    if (token.lifetimeMs > 0 && remainingLife(token, clock) <= 0) throw new MessageError('timeout');
    await memory.keepToken(key, token);
    if (hasOtherRights) onOtherRights().catch(() => {});
    return { token: token.token, expiresAt: token.expiresAt, sessionId, organizationId };
  }

  return {
    get(user, options) {
      const wanted = wantedOf(user, options);
      const { key, organizationId } = wanted;
      const { sessionId } = user;
      const held = memory.tokens.get(key);
      const minTtlSeconds = options.minTtlSeconds ?? options.leewayInSeconds;
      const minTtlMs = (minTtlSeconds ?? TOKEN_LIFE.usualMinTtlSeconds) * 1000;
      const spareMs = held ? remainingLife(held, clock) - minTtlMs : -1;
      const refresh = () =>
        inFlight(`${memory.tokenGeneration(sessionId)} ${key}`, () => requestToken(wanted));

      if (options.skipCache || !held || spareMs < 0) return refresh();
      if (spareMs < TOKEN_LIFE.refreshAheadMs && !limits.isLimited(key)) refresh().catch(() => {});
      return { token: held.token, expiresAt: held.expiresAt, sessionId, organizationId };
    },
  };
}

function wantedOf(user: UserSnapshot, options: TokenOptions): Wanted {
  const { template, organizationId: asked } = options;
  // A template's token is of the active organization, whatever is asked for: the server takes no other.
  const isActive = template !== undefined || asked === undefined;
  const organizationId = isActive ? user.organizationId : asked;
  return { key: tokenKeyOf(user.sessionId, organizationId, template), user, organizationId, options };
}

/** The person signed out, or another one signed in, while a token was on its way. */
export class TokenForgottenError extends Error {}
