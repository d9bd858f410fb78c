// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { API_DOCUMENT, apiDocument } from '../api-docs/document.ts';

test('docs/api.md is what the sources say', () => {
  const isUpToDate = readFileSync(API_DOCUMENT, 'utf8') === apiDocument();
  expect(isUpToDate, 'docs/api.md is out of date. Write it anew: npm run docs:api').toBe(true);
});
