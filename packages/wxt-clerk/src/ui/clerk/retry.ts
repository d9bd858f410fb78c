const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15_000;

/** Something that is tried again after growing pauses, and at once when the browser is online again. */
export interface Retry {
  /** Plans the next attempt. @param waitMs At least so long, where the server said so. */
  later(waitMs?: number): void;
  /** Tries again now. */
  now(): void;
  /** It worked, or is not wanted any more: the next pause is the first one. */
  end(): void;
}

/** @param attempt Called when it is time; plans the next attempt itself. */
export function createRetry(attempt: () => void): Retry {
  let pauseMs = FIRST_PAUSE_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    clearTimeout(timer);
    window.removeEventListener('online', now);
  }
  function now(): void {
    stop();
    attempt();
  }
  return {
    now,
    later(waitMs = 0) {
      stop();
      timer = setTimeout(now, Math.max(waitMs, pauseMs));
      window.addEventListener('online', now);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    },
    end() {
      stop();
      pauseMs = FIRST_PAUSE_MS;
    },
  };
}
