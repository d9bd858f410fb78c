import type { Clock } from './clock';
import { SENDER_BUDGET } from './throttles';

/** How many messages the content script of a tab may send: a bucket of tokens each, in memory only. */
export interface SenderBudget {
  /**
   * Takes one message off a tab's budget.
   *
   * @returns 0, or the milliseconds to wait when there is nothing left.
   */
  spend(tab: string): number;
}

interface Bucket {
  left: number;
  filledAt: number;
}

/**
 * Budgets by tab, so that a page that floods the background takes nothing from the others. Not by document: a page that
 * reloads itself would begin anew each time.
 */
export function createSenderBudget(clock: Pick<Clock, 'monotonic'>): SenderBudget {
  const { perSecond, burst, mostTabs } = SENDER_BUDGET;
  const buckets = new Map<string, Bucket>();

  function fill({ left, filledAt }: Bucket, now: number): Bucket {
    return { left: Math.min(burst, left + ((now - filledAt) * perSecond) / 1000), filledAt: now };
  }

  return {
    spend(tab) {
      const now = clock.monotonic();
      const bucket = fill(buckets.get(tab) ?? { left: burst, filledAt: now }, now);
      const waitMs = bucket.left >= 1 ? 0 : Math.ceil(((1 - bucket.left) * 1000) / perSecond);
      if (waitMs === 0) bucket.left -= 1;
      // Put last again: whoever has been silent for longest is forgotten first, and has a full bucket anyway.
      buckets.delete(tab);
      buckets.set(tab, bucket);
      const [oldest] = buckets.keys();
      if (buckets.size > mostTabs && oldest !== undefined) buckets.delete(oldest);
      return waitMs;
    },
  };
}
