import { expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { openWebApp } from '../../../../../tools/steps/web-app.ts';
import { ask } from '../fixtures.ts';
import { soon } from './extent.ts';
import { test } from './fixtures.ts';

byTurns(0);

test.extend({ variables: { WXT_CLERK_SYNC: 'true', TEST_WITHOUT_FORMS: 'true' } })(
  'an extension without popup and panel has the web app’s session',
  async ({ browser, emulator, webApp }) => {
    const page = await browser.openPage('own-page.html');
    const tab = await openWebApp(browser, webApp);
    await tab.signIn(emulator.seededUser, 'Ada Lovelace');
    await soon(page.waitForText('Signed in as Ada Lovelace.'));
    expect(await ask(page, { type: 'get-token' })).toMatchObject({ ok: true, value: expect.anything() });
    await tab.signOut();
    await soon(page.waitForText('Nobody is signed in'));
  },
);
