/** A figure's samples in short. */
export interface Summary {
  median: number;
  p95: number;
  samples: number;
}

/**
 * Sums up samples.
 * @throws {Error} When there are none: a figure without samples would read as a very good one.
 */
export function summarize(samples: readonly number[]): Summary {
  if (samples.length === 0) throw new Error('A figure has no samples. Nothing was measured.');
  const sorted = [...samples].sort((a, b) => a - b);
  return { median: percentile(sorted, 50), p95: percentile(sorted, 95), samples: sorted.length };
}

/** The smallest sample that at least `percent` of all samples do not exceed (nearest rank); the mean of the middle two for 50. */
function percentile(sorted: readonly number[], percent: number): number {
  const rank = Math.max(1, Math.ceil((sorted.length * percent) / 100));
  const value = sorted[rank - 1] ?? Number.NaN;
  const isBetweenTwo = percent === 50 && sorted.length % 2 === 0;
  return isBetweenTwo ? (value + (sorted[rank] ?? value)) / 2 : value;
}

/** The same items with another one first in each round, so that nobody always runs after the same neighbour. */
export function rotated<T>(items: readonly T[], round: number): T[] {
  const start = round % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
