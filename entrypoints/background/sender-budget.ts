import type { Clock } from './clock';

/** How many messages a document may send: a bucket of tokens each, in memory only. */
export interface SenderBudget {
  /**
   * Takes one message off a document's budget.
   *
   * @returns 0, or the milliseconds to wait when there is nothing left.
   */
  spend(document: string): number;
}

const PER_SECOND = 20;
const BURST = 40;
const MOST_DOCUMENTS = 500;

interface Bucket {
  left: number;
  filledAt: number;
}

/** Budgets by document, so that one that floods the background takes nothing from the others. */
export function createSenderBudget(clock: Pick<Clock, 'monotonic'>): SenderBudget {
  const buckets = new Map<string, Bucket>();

  function fill({ left, filledAt }: Bucket, now: number): Bucket {
    return { left: Math.min(BURST, left + ((now - filledAt) * PER_SECOND) / 1000), filledAt: now };
  }

  return {
    spend(document) {
      const now = clock.monotonic();
      const bucket = fill(buckets.get(document) ?? { left: BURST, filledAt: now }, now);
      const waitMs = bucket.left >= 1 ? 0 : Math.ceil(((1 - bucket.left) * 1000) / PER_SECOND);
      if (waitMs === 0) bucket.left -= 1;
      // Put last again: whoever has been silent for longest is forgotten first, and has a full bucket anyway.
      buckets.delete(document);
      buckets.set(document, bucket);
      const [oldest] = buckets.keys();
      if (buckets.size > MOST_DOCUMENTS && oldest !== undefined) buckets.delete(oldest);
      return waitMs;
    },
  };
}
