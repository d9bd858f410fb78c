import type { RateLimit, RateLimitKind, RateLimits, Settings } from '../types.ts';

const TEN_SECONDS = (requests: number): RateLimit => ({ requests, perSeconds: 10 });

/** Generous enough for a person and for most tests, and met by a loop. */
export const DEFAULT_RATE_LIMITS: RateLimits = {
  signIns: TEN_SECONDS(10),
  attempts: TEN_SECONDS(20),
  tokens: TEN_SECONDS(100),
};

/** https://clerk.com/docs/guides/how-clerk-works/system-limits; it names no limit of token requests. */
export const CLERKS_RATE_LIMITS: RateLimits = {
  signIns: TEN_SECONDS(5),
  attempts: TEN_SECONDS(3),
  tokens: null,
};

const OFF: RateLimits = { signIns: null, attempts: null, tokens: null };

/** What the setting means, in full. */
export function resolveRateLimits(setting: Settings['rateLimits']): RateLimits {
  if (setting === 'off') return OFF;
  if (setting === 'clerk') return CLERKS_RATE_LIMITS;
  return { ...DEFAULT_RATE_LIMITS, ...setting };
}

/** Counts each client's requests in a sliding window. */
export class RateLimitCounter {
  /** Times of the counted requests in Unix ms, by kind and client. */
  readonly #times = new Map<string, number[]>();
  readonly #settings: Settings;
  readonly #now: () => number;

  constructor(settings: Settings, now: () => number) {
    this.#settings = settings;
    this.#now = now;
  }

  /** Counts a request. @returns the seconds to wait when it is one too many; it is not counted then. */
  take(clientId: string, kind: RateLimitKind): number | null {
    const limit = resolveRateLimits(this.#settings.rateLimits)[kind];
    if (!limit) return null;
    const now = this.#now();
    const windowMs = limit.perSeconds * 1000;
    const key = `${kind} ${clientId}`;
    // A clock that was set back leaves times in the future; they do not count.
    const recent = (this.#times.get(key) ?? []).filter((time) => time > now - windowMs && time <= now);
    this.#times.set(key, recent);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= limit.requests) {
      return Math.max(1, Math.ceil((oldest + windowMs - now) / 1000));
    }
    recent.push(now);
    return null;
  }

  clear(): void {
    this.#times.clear();
  }
}
