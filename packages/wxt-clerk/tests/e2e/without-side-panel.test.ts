import { describe, expect, inject } from 'vitest';
import { enterPassword, waitForSignInForm, waitUntilSignedIn } from '../../../../tools/steps/sign-in.ts';
import { askForToken, test } from './fixtures.ts';

// Edge, Brave, Opera and Vivaldi, as far as Chromium can stand for them.
describe.runIf(inject('browserName') === 'chromium')('a Chromium browser without a side panel', () => {
  test('hides the button, throws nothing, and signs in', async ({ browser, instance }) => {
    const popup = await browser.openPopup();
    await waitForSignInForm(popup);
    expect(await popup.evaluate(countPanelButtons), 'where there is a panel').toBe(1);
    await popup.reloadAfter(() => {
      // Newer Chromium has the API under both names.
      const { browser, chrome } = globalThis as unknown as Record<string, { sidePanel?: object } | undefined>;
      delete browser?.sidePanel;
      delete chrome?.sidePanel;
    });
    await waitForSignInForm(popup);
    expect(await popup.evaluate(countPanelButtons)).toBe(0);
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    expect(await popup.text()).not.toContain('Open side panel');
    expect(await askForToken(popup)).not.toBeNull();
    expect(popup.consoleErrors()).toEqual([]);
  });
});

function countPanelButtons(): number {
  return document.querySelectorAll('[aria-label="Open side panel"]').length;
}
