import { MessageError } from '../messages/message-error';
import type { SessionToken, TokenOptions, UserSnapshot } from '../messages/protocol';
import { decodeJwt, type JwtClaims } from '../shared/jwt';
import type { Clock } from './clock';
import type { FrontendApi } from './frontend-api';
import type { RequestLimits } from './request-limits';
import type { MemoryStore, SessionMemory } from './session-memory';
import { createInFlight } from './share-in-flight';
import { type HeldToken, remainingLife, type StoredToken, takeUp } from './token-freshness';

export interface TokenService {
  /** A token that is valid for long enough, from memory or the Frontend API. */
  get(user: UserSnapshot, options: TokenOptions): Promise<SessionToken>;
  /** Takes up what an earlier life of the background stored. */
  takeUp(stored: SessionMemory['tokens'] | undefined): void;
  /** Forgets every token, also those that are on their way. */
  clear(): void;
}

export interface TokenServiceDependencies {
  api: Pick<FrontendApi, 'fetchToken'>;
  memory: MemoryStore;
  limits: RequestLimits;
  clock: Clock;
}

const DEFAULT_MIN_TTL_SECONDS = 15;
// Asked ahead by whoever asks last before the token gets too old, so that nobody waits for a refresh.
const REFRESH_AHEAD_MS = 4000;

/** Keeps and refreshes each distinct token by itself. */
export function createTokenService({ api, memory, limits, clock }: TokenServiceDependencies): TokenService {
  const tokens = new Map<string, HeldToken>();
  const inFlight = createInFlight<SessionToken>();
  // Grows when all tokens are forgotten: what was asked for before belongs to nobody any more.
  let generation = 0;

  async function get(user: UserSnapshot, options: TokenOptions): Promise<SessionToken> {
    const organizationId =
      options.organizationId === undefined ? user.organizationId : options.organizationId;
    const key = JSON.stringify([user.sessionId, organizationId, options.template ?? null]);
    const held = tokens.get(key);
    const minTtlMs = (options.minTtlSeconds ?? DEFAULT_MIN_TTL_SECONDS) * 1000;
    const spareMs = held ? remainingLife(held, clock) - minTtlMs : -1;
    const refresh = () =>
      inFlight(`${generation} ${key}`, () => fetch(key, user.sessionId, organizationId, options));

    if (options.skipCache || !held || spareMs < 0) return refresh();
    if (spareMs < REFRESH_AHEAD_MS && !limits.isLimited(key)) refresh().catch(() => {});
    return { token: held.token, expiresAt: held.expiresAt };
  }

  async function fetch(
    key: string,
    sessionId: string,
    organizationId: string | null,
    { template, skipCache = false }: TokenOptions,
  ): Promise<SessionToken> {
    const born = generation;
    const askedAt = clock.wall();
    const askedAtMonotonic = clock.monotonic();
    const lastToken = tokens.get(key)?.token;
    const jwt = await limits.guard(key, () =>
      api.fetchToken({ sessionId, organizationId, template, skipCache, lastToken }),
    );
    if (born !== generation) throw new TokenForgottenError();
    const token = { ...describeToken(jwt), askedAt, askedAtMonotonic };
    // The computer slept in the middle of the request.
    if (token.lifetimeMs > 0 && remainingLife(token, clock) <= 0) throw new MessageError('timeout');
    tokens.set(key, token);
    await store();
    return { token: token.token, expiresAt: token.expiresAt };
  }

  async function store(): Promise<void> {
    const live = [...tokens].filter(([, token]) => remainingLife(token, clock) > 0);
    const stored = live.map(([key, { askedAtMonotonic: _, ...token }]) => [key, token satisfies StoredToken]);
    await memory.write({ tokens: Object.fromEntries(stored) });
  }

  return {
    get,
    takeUp(stored = {}) {
      for (const [key, each] of Object.entries(stored)) {
        const token = takeUp(each, clock);
        if (token) tokens.set(key, token);
      }
    },
    clear() {
      generation += 1;
      tokens.clear();
    },
  };
}

/** The person signed out, or another one signed in, while a token was on its way. */
export class TokenForgottenError extends Error {}

function describeToken(jwt: string): Omit<StoredToken, 'askedAt'> {
  const { exp, iat } = claimsOf(jwt);
  // Only a template can leave them out; such a token is handed out and never kept.
  if (typeof exp !== 'number' || typeof iat !== 'number') return { token: jwt, expiresAt: 0, lifetimeMs: 0 };
  return { token: jwt, expiresAt: exp * 1000, lifetimeMs: (exp - iat) * 1000 };
}

function claimsOf(jwt: string): JwtClaims {
  try {
    return decodeJwt(jwt);
  } catch (cause) {
    throw new MessageError('unavailable', { cause });
  }
}
