import { describe, expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { ask, askForToken } from '../fixtures.ts';
import { apiOf } from '../trust/fixtures.ts';
import { call, test } from './fixtures.ts';

byTurns();

const post = { method: 'POST', body: 'a note' } as const;

describe('a call that failed says whether it was sent', () => {
  test('no: without a network', async ({ browser, page, sites }) => {
    await askForToken(page);
    await browser.setOffline(true);
    expect(await call(page, apiOf('/slow'), post)).toEqual({ code: 'offline', sent: 'no' });
    await browser.setOffline(false);
    expect((await sites.requests()).filter(({ address }) => address.includes('/slow'))).toEqual([]);
  });

  test('no: when it is refused, also in the reply itself', async ({ page }) => {
    expect(await call(page, 'https://other.example/', post)).toEqual({ code: 'api-refused', sent: 'no' });
    const request = { type: 'fetch-api', method: 'TRACE', url: apiOf('/slow') };
    expect(await ask(page, request)).toMatchObject({ error: { code: 'bad-request', sent: 'no' } });
  });

  test('maybe: when the background is stopped before the answer, and it is not sent again', async ({
    browser,
    page,
    sites,
  }) => {
    const seen = async () =>
      (await sites.requests()).filter(({ address }) => address.includes('/slow')).length;
    const asking = call(page, apiOf('/slow?wait=10000'), post);
    await expect.poll(seen, { timeout: 10_000 }).toBe(1);
    await browser.stopBackground();
    expect(await asking).toEqual({ code: 'background-stopped', sent: 'maybe' });
    expect(await seen()).toBe(1);
  });

  test('maybe: when no answer comes in time', { timeout: 60_000 }, async ({ page }) => {
    const outcome = await call(page, apiOf('/slow?wait=30000'), post);
    expect(outcome).toEqual({ code: 'api-unavailable', sent: 'maybe' });
  });

  test('yes: when its answer cannot be used', async ({ page }) => {
    expect(await call(page, apiOf('/huge'))).toEqual({ code: 'response-too-large', sent: 'yes' });
    expect(await call(page, apiOf('/echo'))).toEqual({ code: 'api-unavailable', sent: 'yes' });
  });

  test('yes: when its answer is cut off, or is larger than it looks', async ({ page }) => {
    const torn = { code: 'api-unavailable', sent: 'yes' };
    expect(await call(page, apiOf('/torn'))).toEqual(torn);
    expect(await call(page, apiOf('/torn'), { responseType: 'blob' })).toEqual(torn);
    const tooLarge = { code: 'response-too-large', sent: 'yes' };
    expect(await call(page, apiOf('/bomb'))).toEqual(tooLarge);
    expect(await call(page, apiOf('/bomb'), { responseType: 'blob' })).toEqual(tooLarge);
  });
});
