import { describe, expect } from 'vitest';
import { findViolations } from '../../tools/e2e/accessibility.ts';
import { byTurns } from '../../tools/e2e/by-turns.ts';
import { starterTest } from '../../tools/e2e/starter.ts';
import { enterPassword, waitForSignInForm, waitUntilSignedIn } from '../../tools/steps/sign-in.ts';

byTurns();

const test = starterTest();

describe('accessibility, light and dark', () => {
  test('popup with the sign-in form', async ({ browser }) => {
    const popup = await browser.openPopup();
    await waitForSignInForm(popup);
    expect(await findViolations(popup)).toEqual([]);
  });

  test('popup of a signed-in person', async ({ browser, instance }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    expect(await findViolations(popup)).toEqual([]);
  });

  test('side panel and its account page', async ({ browser, instance }) => {
    const panel = await browser.openPage('sidepanel.html');
    await enterPassword(panel, instance.seededUser);
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    expect(await findViolations(panel)).toEqual([]);
    await panel.click({ role: 'button', name: 'Manage account' });
    await panel.waitForText('Profile details');
    expect(await findViolations(panel)).toEqual([]);
  });

  test('the form can be filled in by keyboard alone', async ({ browser, instance }) => {
    const popup = await browser.openPopup();
    await waitForSignInForm(popup);
    await popup.type('input[name="identifier"]', instance.seededUser.emailAddress);
    await popup.press('Enter');
    await popup.waitForText('Enter your password');
    await popup.type('input[name="password"]', instance.seededUser.password);
    await popup.press('Enter');
    await waitUntilSignedIn(popup, 'Ada Lovelace');
  });
});
