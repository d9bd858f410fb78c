// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { OVERRIDES, withOverrides } from '../../src/overrides/with-overrides';

const PLAIN = '{\n    "name": "notes"\n}\n';

test.each([
  ['npm', { overrides: OVERRIDES }],
  ['pnpm', { pnpm: { overrides: OVERRIDES } }],
  ['yarn', { resolutions: OVERRIDES }],
] as const)('writes them where %s looks', (manager, expected) => {
  const written = withOverrides(PLAIN, manager);
  expect(JSON.parse(written)).toEqual({ name: 'notes', ...expected });
  expect(written).toMatch(/^\{\n {4}"name"/);
});

test('leaves the overrides that are there, and a file that has them all', () => {
  const own = JSON.stringify({ overrides: { '@stripe/stripe-js': '5.6.0', left: '1.0.0' } });
  const written = withOverrides(own, 'npm');
  expect(JSON.parse(written).overrides).toEqual({
    ...OVERRIDES,
    '@stripe/stripe-js': '5.6.0',
    left: '1.0.0',
  });
  expect(withOverrides(written, 'npm')).toBe(written);
});

test('the repository has them itself', () => {
  const { overrides } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(overrides).toMatchObject(OVERRIDES);
});
