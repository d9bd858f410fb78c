import { expect } from 'vitest';
import { ask, askForToken } from '../../tools/e2e/fixtures.ts';
import { starterTest } from '../../tools/e2e/starter.ts';
import { enterPassword, waitForSignInForm, waitUntilSignedIn } from '../../tools/steps/sign-in.ts';

const test = starterTest();

test('a person signs in by the popup, has a token, and signs out in the panel', async ({
  browser,
  instance,
}) => {
  const popup = await browser.openPopup();
  await enterPassword(popup, instance.seededUser);
  await waitUntilSignedIn(popup, 'Ada Lovelace');
  await popup.click({ role: 'button', name: 'Open side panel' });
  const panel = await browser.waitForSurface('panel', 'sidepanel.html');
  await waitUntilSignedIn(panel, 'Ada Lovelace');
  await browser.stopBackground();
  expect(await askForToken(panel)).not.toBeNull();
  await panel.click({ role: 'button', name: 'Sign out' });
  await waitForSignInForm(panel);
  expect(await ask(panel, { type: 'get-user' })).toMatchObject({ ok: true, value: null });
});

test('a person signs in by the panel, and the popup shows them', async ({ browser, instance }) => {
  const panel = await browser.openPage('sidepanel.html');
  await enterPassword(panel, instance.seededUser);
  await waitUntilSignedIn(panel, 'Ada Lovelace');
  await waitUntilSignedIn(await browser.openPopup(), 'Ada Lovelace');
});
