import { describe, expect } from 'vitest';
import { byTurns } from '../../../../tools/e2e/by-turns.ts';
import { enterPassword, waitForSignInForm, waitUntilSignedIn } from '../../../../tools/steps/sign-in.ts';
import { ask } from './fixtures.ts';
import { test } from './shared-browser.ts';

byTurns();

describe('the account', () => {
  test('can be left in a popup of any height: the button is in sight', async ({ browser, instance }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    const [bottom = 0, height = 0] = await popup.evaluate(() => {
      const buttons = [...document.querySelectorAll('button')];
      return [buttons.at(-1)?.getBoundingClientRect().bottom, window.innerHeight];
    });
    expect(bottom).toBeLessThanOrEqual(height);
    expect(bottom).toBeGreaterThan(height - 40);
  });

  test('a new name given in Clerk’s account page shows in every page', async ({ browser, instance }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    const panel = await browser.openPage('sidepanel.html');
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    await panel.click({ role: 'button', name: 'Manage account' });
    await panel.click({ role: 'button', name: 'Update profile' });
    await panel.type('input[name="lastName"]', 'King');
    await panel.click({ role: 'button', name: 'Save' });
    const page = await browser.openPage('own-page.html');
    await page.waitForText('Signed in as Ada King.');
    await panel.click({ role: 'button', name: 'Back' });
    await waitUntilSignedIn(panel, 'Ada King');
  });
});

describe('when the Frontend API is down', () => {
  test('the popup says so in one sentence, and its button helps once it is back', async ({
    browser,
    control,
  }) => {
    await control.addFault({ endpoint: '*', kind: 'status', status: 503 });
    const popup = await browser.openPopup();
    await popup.waitForText('The sign-in service cannot be reached.');
    await control.clearFaults();
    await popup.click({ role: 'button', name: 'Try again' });
    await waitForSignInForm(popup);
  });

  test('a signed-in person stays signed in, and a token request says what is wrong', async ({
    browser,
    control,
    instance,
  }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    await control.addFault({ endpoint: '*', kind: 'status', status: 503 });
    expect(await ask(popup, { type: 'get-token', skipCache: true })).toMatchObject({
      ok: false,
      error: { code: 'unavailable' },
    });
    expect(await ask(popup, { type: 'get-user' })).toMatchObject({ ok: true, value: { firstName: 'Ada' } });
  });
});

test('the wire answers bad-request to whatever is not exactly one of our messages', async ({ browser }) => {
  const page = await browser.openPage('own-page.html');
  for (const message of [{ type: 'get-secret' }, { type: 'get-token', extra: true }, 'get-token', null, {}]) {
    expect(await ask(page, message)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  }
});
