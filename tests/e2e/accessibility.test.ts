import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Surface } from 'extension-driver';
import { describe, expect } from 'vitest';
import { enterPassword, waitForSignInForm, waitUntilSignedIn } from '../../tools/steps/sign-in.ts';
import { getDemoToken } from '../../tools/steps/token-demo.ts';
import { test } from './fixtures.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  run(): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }>;
}

/** Runs axe-core in the page, in both colour schemes, and gives what it found. */
async function findViolations(page: Surface): Promise<string[]> {
  await page.addScript(AXE);
  const found: string[] = [];
  for (const scheme of ['light', 'dark'] as const) {
    await page.setColorScheme(scheme);
    // Colours fade over to the other scheme; axe would measure something in between.
    await page.waitFor(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
    const violations = await page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
      return violations.map(
        ({ id, help, nodes }) => `${id}: ${help} – ${nodes.map(({ html }) => html).join(' ')}`,
      );
    });
    found.push(...violations.map((violation) => `${scheme}: ${violation}`));
  }
  return found;
}

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

  test('side panel, its account page, and the token demo', async ({ browser, instance }) => {
    const panel = await browser.openPage('sidepanel.html');
    await enterPassword(panel, instance.seededUser);
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    expect(await findViolations(panel)).toEqual([]);
    await panel.click({ role: 'button', name: 'Manage account' });
    await panel.waitForText('Profile details');
    expect(await findViolations(panel)).toEqual([]);

    const demo = await browser.openPage('token-demo.html');
    await demo.waitForText('Signed in as Ada Lovelace.');
    await getDemoToken(demo);
    expect(await findViolations(demo)).toEqual([]);
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
