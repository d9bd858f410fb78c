import { MessageError } from '../messages/message-error';
import type { Clock } from './clock';
import { LONGEST_WAIT_MS } from './frontend-api-error';
import type { MemoryStore, SessionMemory } from './session-memory';

/** Keeps away from the Frontend API for as long as it asked, for each kind of request by itself. */
export interface RequestLimits {
  /**
   * Makes a request, unless the last one of this kind was told to wait.
   *
   * @throws {MessageError} `rate-limited`, with the time that is left, without a request.
   */
  guard<Result>(kind: string, request: () => Promise<Result>): Promise<Result>;
  /** Must requests of this kind wait? */
  isLimited(kind: string): boolean;
  /** Takes up what an earlier life of the background stored. */
  takeUp(stored: SessionMemory['limits'] | undefined): void;
}

export function createRequestLimits({ memory, clock }: { memory: MemoryStore; clock: Clock }): RequestLimits {
  // The wall clock reaches across a stop; set back, it delays nothing for longer than the longest wait.
  const until = new Map<string, number>();

  function waitOf(kind: string): number {
    const waitMs = (until.get(kind) ?? 0) - clock.wall();
    return waitMs > 0 && waitMs <= LONGEST_WAIT_MS ? waitMs : 0;
  }

  async function keep(kind: string, error: unknown): Promise<void> {
    if (!(error instanceof MessageError) || error.code !== 'rate-limited' || !error.retryAfterMs) return;
    until.set(kind, clock.wall() + error.retryAfterMs);
    const stored = [...until].filter(([each]) => waitOf(each) > 0);
    await memory.write({ limits: Object.fromEntries(stored) });
  }

  return {
    async guard(kind, request) {
      const waitMs = waitOf(kind);
      if (waitMs > 0) throw new MessageError('rate-limited', { retryAfterMs: waitMs });
      try {
        return await request();
      } catch (error) {
        await keep(kind, error);
        throw error;
      }
    },
    isLimited: (kind) => waitOf(kind) > 0,
    takeUp(stored = {}) {
      for (const [kind, time] of Object.entries(stored)) until.set(kind, time);
    },
  };
}
