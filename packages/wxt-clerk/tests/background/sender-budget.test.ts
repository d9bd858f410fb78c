// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { createSenderBudget } from '../../src/background/sender-budget';

function budgetAt() {
  let now = 0;
  const budget = createSenderBudget({ monotonic: () => now });
  return {
    spend: budget.spend,
    /** How many of so many messages at once get through. */
    flood: (tab: string, count = 1000) =>
      Array.from({ length: count }, () => budget.spend(tab)).filter((waitMs) => waitMs === 0).length,
    pass(ms: number) {
      now += ms;
    },
  };
}

describe('the budget of a tab', () => {
  test('is 40 messages at once', () => {
    expect(budgetAt().flood('a')).toBe(40);
  });

  test('is 20 messages a second in the long run', () => {
    const { flood, pass } = budgetAt();
    let answered = 0;
    for (let tenths = 0; tenths < 100; tenths += 1) {
      answered += flood('a', 100);
      pass(100);
    }
    expect(answered).toBeGreaterThanOrEqual(40 + 20 * 9.9 - 1);
    expect(answered).toBeLessThanOrEqual(40 + 20 * 9.9 + 1);
  });

  test('says how long to wait, and then lets one through', () => {
    const { spend, flood, pass } = budgetAt();
    flood('a');
    const waitMs = spend('a');
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(50);
    pass(waitMs);
    expect(spend('a')).toBe(0);
  });

  test('is its own: one that floods takes nothing from another', () => {
    const { flood } = budgetAt();
    flood('a', 10_000);
    expect(flood('b')).toBe(40);
  });

  test('is never more than 40, however long the tab was silent', () => {
    const { flood, pass } = budgetAt();
    flood('a');
    pass(3_600_000);
    expect(flood('a')).toBe(40);
  });

  test('outlives a few hundred other tabs, and is forgotten after them', () => {
    const { flood } = budgetAt();
    flood('a');
    for (let other = 0; other < 499; other += 1) flood(`other ${other}`, 1);
    expect(flood('a')).toBe(0);
    for (let other = 0; other < 500; other += 1) flood(`another ${other}`, 1);
    expect(flood('a')).toBe(40);
  });
});
