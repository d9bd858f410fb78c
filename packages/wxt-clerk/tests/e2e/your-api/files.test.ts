import { describe, expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { bytesOf, hashOf } from '../../../../../tools/e2e/files-api.ts';
import { sized } from '../../../../../tools/test-size.ts';
import { apiOf } from '../trust/fixtures.ts';
import { call, test } from './fixtures.ts';

byTurns();

const SIZE = 20 * 1024 * 1024;
const hash = hashOf(bytesOf(SIZE));

describe('files, with the token in the background', () => {
  test('20 MiB are sent as they are', async ({ page, sites }) => {
    const answer = await call(page, apiOf('/files'), { method: 'POST' }, { size: SIZE });
    expect(answer).toEqual({ status: 200, body: { size: SIZE, hash, type: 'image/png' } });
    const [request] = (await sites.requests()).filter(({ address }) => address.endsWith('/files'));
    expect(request?.headers.authorization).toMatch(/^Bearer ey/);
  });

  test('20 MiB are received', async ({ page }) => {
    const answer = await call(page, apiOf(`/files/${SIZE}`), { responseType: 'blob' });
    expect(answer).toEqual({ status: 200, body: { size: SIZE, hash, type: 'application/pdf' } });
  });

  test('a form arrives with its file', async ({ page }) => {
    const answer = await call(page, apiOf('/form'), { method: 'POST' }, { size: 1000, as: 'form' });
    expect(answer).toEqual({ status: 200, body: { name: 'picture.png', size: 1000 } });
  });

  test('JSON of 2 MiB arrives', async ({ page }) => {
    const body = 'x'.repeat(2 * 1024 * 1024);
    const answer = await call(page, apiOf('/files'), { method: 'POST', body });
    expect(answer).toMatchObject({ body: { size: body.length + 2, type: 'application/json' } });
  });

  test('a background that is stopped meanwhile may have sent them, and they are not sent again', async ({
    browser,
    page,
    sites,
  }) => {
    const seen = async () =>
      (await sites.requests()).filter(({ address }) => address.includes('/files')).length;
    const asking = call(page, apiOf('/files?wait=60000'), { method: 'POST' }, { size: 1000 });
    await expect.poll(seen, { timeout: 10_000 }).toBe(1);
    await browser.stopBackground();
    expect(await asking).toEqual({ code: 'background-stopped', sent: 'maybe' });
    expect(await seen()).toBe(1);
  });

  test.runIf(sized({ usual: false, matrix: true }))(
    'an API may take longer than the browsers leave a background alone',
    { timeout: 120_000 },
    async ({ page }) => {
      const answer = await call(page, apiOf('/files?wait=75000'), { method: 'POST' }, { size: 1000 });
      expect(answer).toMatchObject({ status: 200, body: { size: 1000 } });
    },
  );
});
