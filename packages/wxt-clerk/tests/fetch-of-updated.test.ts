import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { fetchApi } from '../src/client';

vi.mock('../src/client/fetch-any', () => {
  throw new TypeError('Failed to fetch dynamically imported module');
});

beforeEach(() => {
  fakeBrowser.reset();
});
afterEach(() => {
  vi.restoreAllMocks();
});

test.each([
  ['of an extension that was updated', undefined, 'context-invalidated'],
  ['of one that was not', 'id', 'internal'],
])('a page %s, which cannot load the rest of it, says so', async (_, id, code) => {
  vi.spyOn(fakeBrowser.runtime, 'id', 'get').mockReturnValue(id as string);
  const failure = fetchApi('https://api.example.com', { method: 'POST', body: 'a note' });
  await expect(failure).rejects.toMatchObject({ code, sent: 'no' });
});
