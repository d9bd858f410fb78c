import type { StoredToken } from '../shared/held-tokens';
import type { Clock } from './clock';

/** A token in this life of the background, which also knows its age by the clock that never jumps. */
export interface HeldToken extends StoredToken {
  /** When it was asked for, by the monotonic clock. */
  askedAtMonotonic: number;
}

// The server rounds `iat` down to a second, so a token may be this much older than it says.
const ROUNDING_MS = 1000;

/**
 * How long a token is still valid, in milliseconds; negative when it is over.
 *
 * The age counts from the request, which was before the server issued the token. The server's clock is not asked: a
 * lifetime and an age need none, so a wrong clock hands out no expired token. The wall clock only makes a token older:
 * the monotonic one may stand still while the computer sleeps.
 */
export function remainingLife(token: HeldToken, clock: Clock): number {
  const age = Math.max(clock.monotonic() - token.askedAtMonotonic, clock.wall() - token.askedAt);
  return token.lifetimeMs - ROUNDING_MS - age;
}

/** The tokens that are still valid, as they are stored. */
export function storableTokens(
  tokens: ReadonlyMap<string, HeldToken>,
  clock: Clock,
): Record<string, StoredToken> {
  const live = [...tokens].filter(([, token]) => remainingLife(token, clock) > 0);
  const stored = live.map(([key, { askedAtMonotonic: _, ...token }]) => [key, token satisfies StoredToken]);
  return Object.fromEntries(stored);
}

/**
 * Takes up a token that an earlier life of the background stored; only the wall clock reaches across.
 *
 * @returns `null` when that clock stands before the request or the token's life is over: it cannot be trusted then.
 */
export function takeUp(stored: StoredToken, clock: Clock): HeldToken | null {
  const age = clock.wall() - stored.askedAt;
  if (age < 0 || age > stored.lifetimeMs) return null;
  return { ...stored, askedAtMonotonic: clock.monotonic() - age };
}
