// @vitest-environment node
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/background/clock';
import { type HeldToken, remainingLife, takeUp } from '../../src/background/token-freshness';

const WALL = 1_800_000_000_000;
const stored = { token: 'a.b.c', expiresAt: WALL, lifetimeMs: 60_000, askedAt: WALL };
const held: HeldToken = { ...stored, askedAtMonotonic: 1000 };

/** The clocks, so many milliseconds after the token was asked for. */
const clockAt = (wallMs: number, monotonicMs: number): Clock => ({
  wall: () => WALL + wallMs,
  monotonic: () => 1000 + monotonicMs,
  wait: async () => {},
});

describe('the life that is left', () => {
  test.each([
    ['just asked for', 0, 0, 59_000],
    ['in the middle', 30_000, 30_000, 29_000],
    ['one before its end', 58_999, 58_999, 1],
    ['at its end', 59_000, 59_000, 0],
    ['past its end', 59_001, 59_001, -1],
    ['wall clock set back', -3_600_000, 30_000, 29_000],
    ['wall clock set ahead', 3_600_000, 30_000, -3_541_000],
    ['monotonic clock stood while the computer slept', 50_000, 10_000, 9000],
    ['wall clock a little slow', 10_000, 10_050, 48_950],
  ])('%s', (_, wallMs, monotonicMs, left) => {
    expect(remainingLife(held, clockAt(wallMs, monotonicMs))).toBe(left);
  });

  test('does not depend on when the server says it ends', () => {
    for (const expiresAt of [0, WALL - 3_600_000, WALL + 3_600_000]) {
      expect(remainingLife({ ...held, expiresAt }, clockAt(0, 0))).toBe(59_000);
    }
  });

  test('of a token without an end is over at once', () => {
    expect(remainingLife({ ...held, lifetimeMs: 0 }, clockAt(0, 0))).toBeLessThan(0);
  });
});

describe('a token of an earlier life', () => {
  test.each([
    ['of this moment', 0, true],
    ['of half a minute ago', 30_000, true],
    ['at the last moment', 60_000, true],
    ['over', 60_001, false],
    ['of the future: the clock was set back', -1, false],
  ])('%s', (_, wallMs, isTaken) => {
    const taken = takeUp(stored, clockAt(wallMs, 0));
    expect(taken !== null).toBe(isTaken);
    if (taken) expect(remainingLife(taken, clockAt(wallMs, 0))).toBe(59_000 - wallMs);
  });
});
