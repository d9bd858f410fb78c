import type { Surface } from 'extension-driver';
import { describe, expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { waitForSignInForm } from '../../../../../tools/steps/sign-in.ts';
import { compromise } from '../../support/hostile/compromise.ts';
import { ask, signIn, test } from '../fixtures.ts';
import { isClerksWorker } from '../support/clerks-worker.ts';
import { pageOf } from './fixtures.ts';

byTurns();

/** What the Content Security Policy of a page has blocked. */
async function findViolations(page: Surface): Promise<string[]> {
  // Firefox tells of new ones with its answer to the next call.
  await page.text();
  return page.consoleErrors().filter((text) => /content.security.policy/i.test(text));
}

/** On a copy whose manifest offers the popup to every web page, so that its policy alone stands in the way. */
const framable = test.extend<{ extensionPath: string }>({
  extensionPath: async ({ buildPath }, use) => {
    await use(await compromise(buildPath, `${buildPath}-framable`, { webAccessible: ['popup.html'] }));
  },
});

describe('the extension’s pages', () => {
  framable('cannot be framed by a web page, not even when the manifest offers them', async ({ browser }) => {
    const framed: string[][] = [];
    for (const of of [`${browser.extensionOrigin}/popup.html`, pageOf('granted')]) {
      const page = await browser.openWebPage(pageOf('ungranted', `/frame?of=${encodeURIComponent(of)}`));
      await page.waitFor(() => document.readyState === 'complete');
      framed.push(await page.frameUrls());
    }
    expect(framed).toEqual([[expect.stringMatching(/^(about:neterror|chrome-error:)/)], [pageOf('granted')]]);
  });

  test('violate their Content Security Policy nowhere in a sign-in', async ({ browser, instance }) => {
    const page = await signIn(browser, instance);
    const panel = await browser.openPage('sidepanel.html');
    await panel.click({ role: 'button', name: 'Manage account' });
    await panel.waitForText('Profile details');
    await ask(panel, { type: 'sign-out' });
    await waitForSignInForm(panel);
    const violations = [...(await findViolations(panel)), ...(await findViolations(page))];
    const known = browser.name === 'firefox' ? violations.filter(isClerksWorker) : [];
    expect(violations).toEqual(known);

    // It was not blind: one that there is, it sees.
    await panel.evaluate(() => {
      new Image().src = 'https://blocked.example/';
    });
    await expect.poll(() => findViolations(panel)).toContainEqual(expect.stringContaining('blocked.example'));
  });
});
