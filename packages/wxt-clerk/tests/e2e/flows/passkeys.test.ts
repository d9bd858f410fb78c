import type { Surface, VirtualAuthenticator } from 'extension-driver';
import { expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { enterPassword } from '../../../../../tools/steps/sign-in.ts';
import { ask } from '../fixtures.ts';
import { test } from '../shared-browser.ts';
import { GRACE, graceIsSignedIn } from './people.ts';
import { openPlace, type Place } from './places.ts';

byTurns();

// A browser gives an extension passkeys of the hosts that it has a permission for, and of no host above them.
const PASSKEYS = { passkeys: true, passkeyRelyingPartyId: 'clerk.localhost' };

async function addPasskey(page: Surface, authenticator: VirtualAuthenticator): Promise<void> {
  await page.click({ role: 'button', name: 'Manage account' });
  await page.click({ role: 'button', name: 'Account' });
  await page.click({ role: 'button', name: 'Security' });
  await page.click({ role: 'button', name: 'Add a passkey' });
  await expect
    .poll(() => authenticator.passkeys(), { timeout: 10_000 })
    .toMatchObject([{ rpId: 'clerk.localhost' }]);
  await page.waitForText('Passkey 1');
}

test.for<Place>(['popup', 'panel'])(
  'a passkey is made and signs in, in the %s',
  async (place, { browser, control }) => {
    await control.configure({ ...PASSKEYS, passkeyAutofill: false });
    await control.createUser(GRACE);
    const authenticator = await browser.addVirtualAuthenticator();
    const page = await openPlace(browser, place);
    await enterPassword(page, GRACE);
    await graceIsSignedIn(page);
    await addPasskey(page, authenticator);
    const other = await browser.openPage('own-page.html');
    await ask(other, { type: 'sign-out' });
    await other.close();

    const again = await openPlace(browser, place);
    await again.click({ role: 'link', name: 'Use passkey instead' });
    await graceIsSignedIn(again);
    await authenticator.remove();
  },
);
