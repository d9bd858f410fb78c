// @vitest-environment node
import { expect, test } from 'vitest';
import { type Budget, checkBudgets, findLargeScripts } from '../../src/release/checks/sizes';
import { packageOf } from './package';

const TREE = packageOf({
  'background.js': 'x'.repeat(1000),
  'background-clerk.js': 'x'.repeat(5000),
  'popup.html': '<script src="/chunks/popup.js"></script><link rel="modulepreload" href="/chunks/react.js">',
  'chunks/popup.js': 'x'.repeat(300),
  'chunks/react.js': 'x'.repeat(2000),
  'chunks/later.js': 'x'.repeat(9000),
});

const MODULES = {
  'chunks/popup.js': { 'entrypoints/popup/main.tsx': 250 },
  'chunks/react.js': { 'react-dom/client.js': 4000, 'react/index.js': 500 },
  'chunks/later.js': { '@clerk/ui/index.js': 30_000 },
};

const check = (budget: Omit<Budget, 'name'>) => checkBudgets(TREE, [{ name: 'it', ...budget }], MODULES);

test('budgets that are kept, to the byte', () => {
  expect(check({ files: ['background.js', 'background-clerk.js'], maxBytes: 6000 })).toEqual([]);
  expect(check({ page: 'popup.html', maxBytes: 2300 })).toEqual([]);
});

test('a page that loads too much names the largest modules of what it loads', () => {
  expect(check({ page: 'popup.html', maxBytes: 2299 })).toEqual([
    'it: 2.3 kB, budget 2.3 kB; largest modules, before minification: ' +
      'react-dom/client.js 4.0 kB, react/index.js 0.5 kB, entrypoints/popup/main.tsx 0.3 kB',
  ]);
});

test('a page counts what its first script loads at once', () => {
  const html = '<script src="/chunks/popup.js" data-then="/chunks/react.js /chunks/later.js"></script>';
  const tree = packageOf({ ...Object.fromEntries(TREE), 'popup.html': html });
  expect(checkBudgets(tree, [{ name: 'it', page: 'popup.html', maxBytes: 11_300 }], {})).toEqual([]);
  expect(checkBudgets(tree, [{ name: 'it', page: 'popup.html', maxBytes: 11_299 }], {})).toHaveLength(1);
});

test('the whole package counts every file', () => {
  expect(check({ maxBytes: 17_000 })[0]).toMatch(/^it: 17\.4 kB, budget 17\.0 kB; .*@clerk\/ui/);
});

test('a script that is gone is a problem, not zero bytes', () => {
  expect(check({ files: ['content.js'], maxBytes: 1 })).toEqual(['it: content.js is not in the package']);
});

test('a script over 5 MB', () => {
  const tree = packageOf({ 'a.js': 'x'.repeat(5 * 1024 * 1024 + 1), 'b.png': 'x'.repeat(6 * 1024 * 1024) });
  expect(findLargeScripts(tree)).toEqual(['a.js has 5242.9 kB; 5 MB is the limit']);
  expect(findLargeScripts(TREE)).toEqual([]);
});
