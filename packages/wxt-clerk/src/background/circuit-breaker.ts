import { MessageError } from '../messages/message-error';
import type { Clock } from './clock';
import { BREAKER_PAUSES_MS } from './throttles';

/** Stops asking a server that does not answer, and tries again now and then. */
export interface CircuitBreaker {
  /** Asks for a try. @throws {MessageError} `unavailable` with the wait, while the server is left alone. */
  check(): void;
  succeeded(): void;
  /** @param askedAt When the request went out, by the monotonic clock: who waited for a timeout has waited already. */
  failed(askedAt: number): void;
  /** Has the last request failed? Then there is one try at a time, and no second one right after it. */
  isTripped(): boolean;
}

export function createCircuitBreaker(clock: Clock): CircuitBreaker {
  let failures = 0;
  let openUntil = 0;
  const pauseMs = () => BREAKER_PAUSES_MS[Math.min(failures, BREAKER_PAUSES_MS.length) - 1] ?? 0;
  return {
    check() {
      const waitMs = Math.ceil(openUntil - clock.monotonic());
      if (waitMs > 0) throw new MessageError('unavailable', { retryAfterMs: waitMs });
      // The others wait for how this try ends.
      openUntil = clock.monotonic() + pauseMs();
    },
    succeeded() {
      failures = 0;
      openUntil = 0;
    },
    failed(askedAt) {
      failures += 1;
      openUntil = Math.max(openUntil, askedAt + pauseMs());
    },
    isTripped: () => failures > 0,
  };
}
