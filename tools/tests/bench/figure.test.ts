import { describe, expect, test } from 'vitest';
import { advantageOf, createFigure, type Goal, isMet } from '../../bench/figure.ts';
import { rotated, summarize } from '../../bench/statistics.ts';

function figure(ours: number[], theirs: number[], goal?: Goal) {
  return createFigure({ id: 'x', name: 'x', unit: 'ms', ours, against: ['guide', theirs], goal });
}

describe('samples in short', () => {
  test('median and 95th percentile do not depend on the order', () => {
    const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(summarize(samples)).toEqual({ median: 50.5, p95: 95, samples: 100 });
  });

  test('one sample stands for both', () => {
    expect(summarize([7])).toEqual({ median: 7, p95: 7, samples: 1 });
  });

  test('the median of an odd number of samples is one of them', () => {
    expect(summarize([1, 100, 3]).median).toBe(3);
  });

  test('no samples are an error, not a very good figure', () => {
    expect(() => summarize([])).toThrow('no samples');
  });

  test('each contestant comes first in turn', () => {
    expect([0, 1, 2, 3].map((round) => rotated(['a', 'b', 'c'], round)[0])).toEqual(['a', 'b', 'c', 'a']);
  });
});

describe('a goal', () => {
  test('in its own unit counts the median', () => {
    const goal: Goal = { kind: 'at-most', value: 50 };
    expect(isMet(createFigure({ id: 'x', name: 'x', unit: 'ms', ours: [10, 50, 900], goal }))).toBe(true);
    expect(isMet(createFigure({ id: 'x', name: 'x', unit: 'ms', ours: [51], goal }))).toBe(false);
  });

  test('as a factor of the alternative includes the factor itself', () => {
    const goal: Goal = { kind: 'at-most-times', factor: 1.5 };
    expect(isMet(figure([15], [10], goal))).toBe(true);
    expect(isMet(figure([15.1], [10], goal))).toBe(false);
  });

  test('as an advantage is judged the other way round', () => {
    const goal: Goal = { kind: 'times-better', factor: 50 };
    expect(isMet(figure([1], [50], goal))).toBe(true);
    expect(isMet(figure([1], [49], goal))).toBe(false);
  });

  test('is met by nothing at all, however large the other side', () => {
    const unused = figure([0], [2000], { kind: 'times-better', factor: 50 });
    expect(isMet(unused)).toBe(true);
    expect(advantageOf(unused)).toBe(Number.POSITIVE_INFINITY);
  });

  test('counts requests a second the other way round: more is better', () => {
    const ours = [500];
    const rate = createFigure({ id: 'x', name: 'x', unit: 'requests/s', ours, against: ['guide', [1000]] });
    expect(advantageOf(rate)).toBe(0.5);
    expect(advantageOf(figure([500], [1000]))).toBe(2);
  });

  test('that is not set is neither met nor missed', () => {
    expect(isMet(figure([1], [2]))).toBeUndefined();
  });
});
