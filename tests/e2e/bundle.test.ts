import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { type Budget, checkBudgets } from '../../packages/wxt-clerk-cli/src/release/checks/sizes.ts';
import { readFolder } from '../../packages/wxt-clerk-cli/src/release/file-tree.ts';
import { test } from '../../tools/e2e/fixtures.ts';

test('the built extension is within the budgets of release/budgets.json', async ({ buildPath }) => {
  const budgets: Budget[] = JSON.parse(readFileSync('release/budgets.json', 'utf8'));
  expect(checkBudgets(await readFolder(buildPath), budgets, {})).toEqual([]);
});
