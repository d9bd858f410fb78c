import type { EmulatorControl } from 'clerk-emulator';
import type { ExtensionBrowser, Surface } from 'extension-driver';
import { expect, vi } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { enterEmailAddress, waitUntilSignedIn } from '../../../../../tools/steps/sign-in.ts';
import { sized } from '../../../../../tools/test-size.ts';
import { countRequests } from '../fixtures.ts';
import { test } from '../shared-browser.ts';
import { openPlace } from './places.ts';

byTurns(0.65);

const ADA = 'ada@example.com';
/** Chrome's alarms wait for 30 s; then comes one request. */
const NOTICED_MS = 45_000;

/** Asks for a link instead of the password, and gives it as soon as it was mailed. */
async function requestLink(page: Surface, control: EmulatorControl): Promise<string> {
  await enterEmailAddress(page, ADA);
  await page.click({ role: 'link', name: 'Use another method' });
  await page.click({ role: 'button', name: /Email link to/ });
  await page.waitForText('Check your email');
  return vi.waitUntil(async () => (await control.lastMail(ADA))?.link, { timeout: 10_000 });
}

/** Opens the link as a mail program does, and sees where it lands. */
async function openLink(browser: ExtensionBrowser, link: string): Promise<void> {
  const landing = await browser.openWebPage(link);
  await landing.waitForText(/back to the extension/i);
}

test('in an open panel the link signs in', async ({ browser, control }) => {
  await control.configure({ emailLinks: true });
  const panel = await openPlace(browser, 'panel');
  await openLink(browser, await requestLink(panel, control));
  await waitUntilSignedIn(panel, 'Ada Lovelace');
});

// Half a minute is too long for every run; tests/background/untold-sign-in.test.ts has its rules.
test.runIf(sized({ usual: false, matrix: true }))(
  'the popup that asked for it is closed: it ends signed in',
  { timeout: NOTICED_MS + 30_000 },
  async ({ browser, control }) => {
    await control.configure({ emailLinks: true });
    const popup = await browser.openPopup();
    const link = await requestLink(popup, control);
    await popup.close();
    await openLink(browser, link);
    // A page that is open the whole time, and asks nothing by itself.
    const isKnown = async () =>
      (await control.requests()).some(({ path, method }) => method === 'GET' && path.endsWith('/client'));
    await control.clearRequests();
    await vi.waitUntil(isKnown, { timeout: NOTICED_MS });
    const own = await browser.openPage('own-page.html');
    await own.waitForText('Signed in as Ada Lovelace.');
  },
);

test('the popup is opened again before the click: there is no second mail', async ({ browser, control }) => {
  await control.configure({ emailLinks: true });
  const popup = await browser.openPopup();
  const link = await requestLink(popup, control);
  await popup.close();
  const again = await browser.openPopup();
  await again.waitForText('Check your email');
  await vi.waitUntil(async () => (await countRequests(control, '/client')) > 0);
  expect(await countRequests(control, '/prepare_first_factor')).toBe(1);
  await again.close();
  await openLink(browser, link);
  await waitUntilSignedIn(await browser.openPopup(), 'Ada Lovelace');
  expect(await countRequests(control, '/prepare_first_factor')).toBe(1);
});
