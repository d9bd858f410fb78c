// @vitest-environment node
import { expect, test } from 'vitest';
import { compareTrees } from '../../src/release/checks/same-tree';
import { packageOf } from './package';

test('equal trees, in any order', () => {
  expect(compareTrees(packageOf({ a: '1', b: '2' }), packageOf({ b: '2', a: '1' }))).toEqual([]);
});

test('a file that is missing, one that is new, and the first byte that differs', () => {
  const before = packageOf({ 'a.js': 'same', 'b.js': 'abcd', 'c.js': 'ab', 'd.js': '1' });
  const after = packageOf({ 'a.js': 'same', 'b.js': 'abXd', 'c.js': 'abc', 'e.js': '1' });
  expect(compareTrees(before, after)).toEqual([
    'b.js differs from byte 2 on',
    'c.js differs from byte 2 on',
    'd.js is missing in the new build',
    'e.js is only in the new build',
  ]);
});
