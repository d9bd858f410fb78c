// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const rows = readFileSync('docs/SECURITY.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| T\d+ \|/.test(line));

test('SECURITY.md has a row for each threat', () => {
  const numbers = rows.map((row) => /^\| (T\d+) /.exec(row)?.[1]);
  expect(numbers).toEqual(Array.from({ length: 18 }, (_, index) => `T${index + 1}`));
});

test.each(rows)('the tests that SECURITY.md names are there: %.6s', (row) => {
  const named = [...row.matchAll(/\]\(\.\.\/((?:tests|packages|tools|entrypoints)\/[^)]+)\) “([^”]+)”/g)];
  expect(named.length).toBeGreaterThan(0);
  for (const [, file = '', name = ''] of named) expect(readFileSync(file, 'utf8')).toContain(name);
});
