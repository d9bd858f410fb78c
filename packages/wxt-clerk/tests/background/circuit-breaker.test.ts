// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import { type CircuitBreaker, createCircuitBreaker } from '../../src/background/circuit-breaker';

let now: number;
let breaker: CircuitBreaker;

beforeEach(() => {
  now = 0;
  breaker = createCircuitBreaker({ wall: () => 0, monotonic: () => now, wait: async () => {} });
});

/** Milliseconds that the next try has to wait; asks for the try when there is none to wait. */
function waitMs(): number {
  try {
    breaker.check();
    return 0;
  } catch (error) {
    expect(error).toMatchObject({ code: 'unavailable' });
    return (error as { retryAfterMs: number }).retryAfterMs;
  }
}

function fail(times: number): void {
  for (let i = 0; i < times; i += 1) breaker.failed(now);
}

describe('the circuit breaker', () => {
  test('lets everybody through while nothing has failed', () => {
    expect([waitMs(), waitMs(), waitMs()]).toEqual([0, 0, 0]);
    expect(breaker.isTripped()).toBe(false);
  });

  test.each([
    [1, 1000],
    [2, 5000],
    [3, 10_000],
    [4, 10_000],
    [100, 10_000],
  ])('after %i failures pauses for %i ms', (failures, ms) => {
    fail(failures);
    expect(breaker.isTripped()).toBe(true);
    expect(waitMs()).toBe(ms);
    now += ms - 1;
    expect(waitMs()).toBe(1);
    now += 1;
    expect(waitMs()).toBe(0);
  });

  test('lets one through after the pause, and the others wait for how it ends', () => {
    fail(3);
    now += 10_000;
    expect([waitMs(), waitMs(), waitMs()]).toEqual([0, 10_000, 10_000]);
    breaker.succeeded();
    expect([waitMs(), waitMs(), waitMs()]).toEqual([0, 0, 0]);
    expect(breaker.isTripped()).toBe(false);
  });

  test('lets another one through when the first never ends', () => {
    fail(3);
    now += 10_000;
    waitMs();
    now += 10_000;
    expect(waitMs()).toBe(0);
  });

  test('counts the pause from the request, so that who waited for a timeout need not wait again', () => {
    now = 18_000;
    breaker.failed(0);
    expect(waitMs()).toBe(0);
  });

  test('is not opened again by the late failure of an old request', () => {
    breaker.failed(0);
    now = 20_000;
    fail(2);
    breaker.failed(1000);
    expect(waitMs()).toBe(10_000);
  });

  test('begins anew after a success', () => {
    fail(5);
    breaker.succeeded();
    fail(1);
    expect(waitMs()).toBe(1000);
  });
});
