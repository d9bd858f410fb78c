// @vitest-environment node
import { expect, test } from 'vitest';
import { isMet } from '../../bench/figure.ts';
import { simulateHour } from '../../bench/measurements/simulated-hour.ts';

test('an hour of one get-token a second: at most 92 requests, and nobody waits for a refresh', async () => {
  const figures = await simulateHour();
  expect(figures.map(({ id }) => id)).toEqual(['hour-requests', 'hour-waits']);
  expect(figures.map(isMet)).toEqual([true, true]);
  // An hour in which nothing is asked for would meet the goal, too.
  expect(figures[0]?.ours.median).toBeGreaterThan(60);
}, 20_000);
