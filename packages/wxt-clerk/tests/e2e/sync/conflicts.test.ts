import type { Emulator } from 'clerk-emulator';
import { describe, expect, vi } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { enterPassword, waitForSignInForm, waitUntilSignedIn } from '../../../../../tools/steps/sign-in.ts';
import { openWebApp } from '../../../../../tools/steps/web-app.ts';
import { ask } from '../fixtures.ts';
import { KEYS, soon } from './extent.ts';
import { test } from './fixtures.ts';

byTurns();

const GRACE = { emailAddress: 'grace@example.com', password: 'a long enough password 2' };

const addGrace = ({ control }: Emulator) =>
  control.createUser({ ...GRACE, firstName: 'Grace', lastName: 'Hopper' });

/** Who is signed in anywhere, by the names of their sessions' people. */
async function activeUsers({ control }: Emulator): Promise<string[]> {
  const active = (await control.listSessions()).filter(({ status }) => status === 'active');
  return active.map(({ userId }) => userId);
}

describe.each(KEYS)('with a %s key', (name) => {
  const it = test.extend({ instanceName: name });

  it('who signed in here gives way to the web app’s person, and a sign-out here is one there', async ({
    browser,
    emulator,
    webApp,
  }) => {
    await addGrace(emulator);
    const panel = await browser.openPage('sidepanel.html');
    await enterPassword(panel, GRACE);
    await waitUntilSignedIn(panel, 'Grace Hopper');
    const tab = await openWebApp(browser, webApp);
    await tab.signIn(emulator.seededUser, 'Ada Lovelace');
    await soon(waitUntilSignedIn(panel, 'Ada Lovelace'));
    const { userId } = emulator.seededUser;
    await vi.waitUntil(async () => (await activeUsers(emulator)).join() === userId, { timeout: 10_000 });

    await panel.click({ role: 'button', name: 'Sign out' });
    await waitForSignInForm(panel);
    await vi.waitUntil(async () => (await activeUsers(emulator)).length === 0, { timeout: 10_000 });
    const again = await openWebApp(browser, webApp);
    await again.surface.waitForText('Sign in to');

    await enterPassword(panel, GRACE);
    await waitUntilSignedIn(panel, 'Grace Hopper');
    expect(await ask(panel, { type: 'get-token' })).toMatchObject({ ok: true, value: expect.anything() });
    expect(await again.surface.text()).toContain('Sign in to');
  });

  it.extend({ variables: { WXT_CLERK_SYNC: 'true', TEST_SIGN_OUT: 'only-here' } })(
    'a sign-out here may leave the web app’s person signed in there',
    async ({ browser, emulator, webApp }) => {
      const panel = await browser.openPage('sidepanel.html');
      const tab = await openWebApp(browser, webApp);
      await tab.signIn(emulator.seededUser, 'Ada Lovelace');
      await waitUntilSignedIn(panel, 'Ada Lovelace');
      await panel.click({ role: 'button', name: 'Sign out' });
      await waitForSignInForm(panel);
      await browser.stopBackground();
      const there = await openWebApp(browser, webApp);
      await there.surface.waitForText('Signed in as Ada Lovelace.');
      expect(await ask(panel, { type: 'get-user' })).toMatchObject({ ok: true, value: null });

      await there.signOut();
      await there.signIn(emulator.seededUser, 'Ada Lovelace');
      await soon(waitUntilSignedIn(panel, 'Ada Lovelace'));
    },
  );
});

test.extend({ variables: { WXT_CLERK_SYNC: 'https://other.app.localhost' } })(
  'a host that is not the web app’s brings nobody, and people sign in here',
  async ({ browser, emulator, webApp }) => {
    await addGrace(emulator);
    const panel = await browser.openPage('sidepanel.html');
    await waitForSignInForm(panel);
    const tab = await openWebApp(browser, webApp);
    await tab.signIn(emulator.seededUser, 'Ada Lovelace');
    await enterPassword(panel, GRACE);
    await waitUntilSignedIn(panel, 'Grace Hopper');
    expect(await ask(panel, { type: 'get-user' })).toMatchObject({ ok: true, value: { firstName: 'Grace' } });
  },
);
