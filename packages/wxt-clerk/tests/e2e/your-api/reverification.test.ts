import type { EmulatorControl } from 'clerk-emulator';
import type { Surface } from 'extension-driver';
import { describe, expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { askForToken } from '../fixtures.ts';
import { apiOf } from '../trust/fixtures.ts';
import { test } from './fixtures.ts';

byTurns();

const ASK = { role: 'button', name: 'Ask for the secret' };
const DIALOG = 'Verification required';
/** By then the API wants a new verification. */
const LATER_SECONDS = 11 * 60;

/** The person signed in a while ago, and the background knows it. */
async function letTimePass(page: Surface, control: EmulatorControl): Promise<void> {
  await control.configure({ clockOffsetSeconds: LATER_SECONDS });
  await askForToken(page, { skipCache: true });
}

describe('an API that wants a recent verification', () => {
  test('gets it in Clerk’s dialog, and the request once more', async ({ page, control, instance, sites }) => {
    await page.click(ASK);
    await page.waitForText('Outcome: status 200.');
    await letTimePass(page, control);
    await page.click(ASK);
    await page.waitForText(DIALOG);
    await page.type('input[name="password"]', instance.seededUser.password);
    await page.click({ role: 'button', name: 'Continue' });
    await page.waitForText('Outcome: status 200.');
    const secrets = (await sites.requests()).filter(({ address }) => address.endsWith('/secret'));
    expect(secrets).toHaveLength(3);
    expect(new Set(secrets.map(({ headers }) => headers.authorization)).size).toBe(3);
    await page.waitFor(() => !document.body.innerText.includes('Verification required'));
  });

  test('is not asked again by who closes the dialog, and the next page is the product’s', async ({
    browser,
    page,
    control,
    sites,
  }) => {
    await letTimePass(page, control);
    await page.click(ASK);
    await page.waitForText(DIALOG);
    await page.click({ role: 'button', name: 'Close modal' });
    await page.waitForText('Outcome: reverification-cancelled.');
    const secrets = (await sites.requests()).filter(({ address }) => address === apiOf('/secret').slice(7));
    expect(secrets).toHaveLength(1);
    const next = await browser.openPage('your-api.html');
    await next.waitForText('Ask for the secret');
  });

  test('answers with 403 where there is no AuthScreen', async ({ browser, page, control }) => {
    await letTimePass(page, control);
    const plain = await browser.openPage('your-api.html?without-screen');
    await plain.click(ASK);
    await plain.waitForText('Outcome: status 403.');
  });
});
