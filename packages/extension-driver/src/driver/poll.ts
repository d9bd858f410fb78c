import { setTimeout as sleep } from 'node:timers/promises';

/** How long any wait of the driver lasts before it gives up, in milliseconds. */
export const WAIT_MS = 15_000;

interface PollOptions {
  timeoutMs?: number;
  intervalMs?: number;
  /** Says what was waited for and what was seen instead; called once, when time is up. */
  describe: () => string | Promise<string>;
}

/**
 * Calls `check` until it returns something other than `undefined`, and returns that.
 * @throws Error with the text of `describe` after `timeoutMs` (default 15,000); errors of `check` pass through.
 */
export async function pollUntil<T>(check: () => Promise<T | undefined>, options: PollOptions): Promise<T> {
  const { timeoutMs = WAIT_MS, intervalMs = 40, describe } = options;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await check();
    if (value !== undefined) return value;
    if (Date.now() >= deadline) throw new Error(await describe());
    await sleep(intervalMs);
  }
}

/**
 * Waits for `work`, at most `timeoutMs`. The work itself is not cancelled.
 * @throws Error `<what> did not finish within … s` when time is up.
 */
export async function withDeadline<T>(work: Promise<T>, timeoutMs: number, what: string): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`${what} did not finish within ${timeoutMs / 1000} s.`)),
    timeoutMs,
  );
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
