import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRetry } from '../src/ui/clerk/retry';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('pauses grow up to a quarter of a minute, and start anew after a success', () => {
  const starts: number[] = [];
  const begin = Date.now();
  const retry = createRetry(() => {
    starts.push(Date.now() - begin);
    retry.later();
  });
  retry.later();
  vi.advanceTimersByTime(60_000);
  expect(starts).toEqual([1000, 3000, 7000, 15_000, 30_000, 45_000, 60_000]);
  retry.end();
  vi.advanceTimersByTime(60_000);
  expect(starts).toHaveLength(7);
  retry.later();
  vi.advanceTimersByTime(1000);
  expect(starts).toHaveLength(8);
});

test('waits as long as the server asks for', () => {
  const attempt = vi.fn();
  createRetry(attempt).later(5000);
  vi.advanceTimersByTime(4999);
  expect(attempt).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(attempt).toHaveBeenCalledTimes(1);
});

test('a browser that is online again waits no longer, and nothing is tried that has ended', () => {
  const attempt = vi.fn();
  const retry = createRetry(attempt);
  window.dispatchEvent(new Event('online'));
  expect(attempt).not.toHaveBeenCalled();
  retry.later(5000);
  window.dispatchEvent(new Event('online'));
  expect(attempt).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(10_000);
  expect(attempt).toHaveBeenCalledTimes(1);
  retry.later();
  retry.end();
  window.dispatchEvent(new Event('online'));
  expect(attempt).toHaveBeenCalledTimes(1);
});
