// @vitest-environment node
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const text = readFileSync('docs/SECURITY.md', 'utf8');
const rows = text.split('\n').filter((line) => /^\| T\d+ \|/.test(line));

/** The tests that a text names, each with its file: a link to the file, and behind it the name. */
function testsNamedIn(part: string): [file: string, name: string][] {
  const named = part.matchAll(/\]\(\.\.\/([^)]+\.test\.tsx?)\)\s“([^”]+)”/g);
  return [...named].map(([, file = '', name = '']) => [file, name]);
}

test('SECURITY.md has a row for each threat', () => {
  const numbers = rows.map((row) => /^\| (T\d+) /.exec(row)?.[1]);
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => `T${index + 1}`));
});

test.each(rows)('a test is named that shows it: %.6s', (row) => {
  expect(testsNamedIn(row)).not.toEqual([]);
});

test.each(testsNamedIn(text))('the test that SECURITY.md names is there: %s “%s”', (file, name) => {
  expect(readFileSync(file, 'utf8')).toContain(name);
});

test.each([...text.matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, link = '']) => link))(
  'what SECURITY.md links to is there: %s',
  (link) => {
    expect(existsSync(join('docs', link))).toBe(true);
  },
);

test('what SECURITY.md says of the seal is shown by tests', () => {
  const paragraph = text.split('\n\n').find((each) => each.startsWith('**The seal.**')) ?? '';
  const [[file] = ['']] = testsNamedIn(paragraph);
  const names = [...paragraph.matchAll(/“([^”]+)”/gs)].map(([, name = '']) => name);
  expect(names).toHaveLength(2);
  for (const name of names) expect(readFileSync(file, 'utf8')).toContain(name);
});
