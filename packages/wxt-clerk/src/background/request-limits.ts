import { MessageError } from '../messages/message-error';
import type { AuthMemory } from './auth-memory';
import type { Clock } from './clock';
import { RETRY_AFTER } from './throttles';

/** Keeps away from the Frontend API for as long as it asked or is good for it, for each kind of request by itself. */
export interface RequestLimits {
  /**
   * Makes a request, unless the last one of this kind was told to wait.
   *
   * @throws {MessageError} `rate-limited`, with the time that is left, without a request.
   */
  guard<Result>(kind: string, request: () => Promise<Result>): Promise<Result>;
  /** No request of this kind for so many ms. */
  pause(kind: string, ms: number): Promise<void>;
  /** Must requests of this kind wait? */
  isLimited(kind: string): boolean;
}

export function createRequestLimits({
  memory,
  clock,
}: {
  memory: Pick<AuthMemory, 'known' | 'remember'>;
  clock: Clock;
}): RequestLimits {
  // The wall clock reaches across a stop; set back, it delays nothing for longer than the longest wait.
  function waitOf(kind: string): number {
    const waitMs = (memory.known.limits?.[kind] ?? 0) - clock.wall();
    return waitMs > 0 && waitMs <= RETRY_AFTER.longestMs ? waitMs : 0;
  }

  async function pause(kind: string, ms: number): Promise<void> {
    const others = Object.entries(memory.known.limits ?? {}).filter(([each]) => waitOf(each) > 0);
    await memory.remember({
      limits: { ...Object.fromEntries(others), [kind]: clock.wall() + ms },
    });
  }

  async function obey(kind: string, error: unknown): Promise<void> {
    if (!(error instanceof MessageError) || error.code !== 'rate-limited' || !error.retryAfterMs) return;
    await pause(kind, error.retryAfterMs);
  }

  return {
    async guard(kind, request) {
      const waitMs = waitOf(kind);
      if (waitMs > 0) throw new MessageError('rate-limited', { retryAfterMs: waitMs });
      try {
        return await request();
      } catch (error) {
        await obey(kind, error);
        throw error;
      }
    },
    pause,
    isLimited: (kind) => waitOf(kind) > 0,
  };
}
