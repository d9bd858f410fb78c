import { MessageError } from '../../utils/message-error';
import type { Clock } from './clock';

/** Stops asking a server that does not answer, and tries again now and then. */
export interface CircuitBreaker {
  /** @throws {MessageError} `unavailable` with the wait, while the server is left alone. */
  check(): void;
  succeeded(): void;
  failed(): void;
  /** Has the last request failed? Then there is one try at a time, and no second one right after it. */
  isTripped(): boolean;
}

// Growing, so that a short failure is over soon; at most 10 s, so that a recovery is noticed within that.
const PAUSES_MS = [1000, 5000, 10_000];

export function createCircuitBreaker(clock: Clock): CircuitBreaker {
  let failures = 0;
  let openUntil = 0;
  return {
    check() {
      const waitMs = Math.ceil(openUntil - clock.monotonic());
      if (waitMs > 0) throw new MessageError('unavailable', { retryAfterMs: waitMs });
    },
    succeeded() {
      failures = 0;
      openUntil = 0;
    },
    failed() {
      openUntil = clock.monotonic() + (PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? 0);
      failures += 1;
    },
    isTripped: () => failures > 0,
  };
}
