import { describe, expect, vi } from 'vitest';
import { byTurns } from '../../../../tools/e2e/by-turns.ts';
import {
  enterCode,
  enterEmailAddress,
  enterPassword,
  requestEmailCode,
  requestSignUpCode,
  waitForSignInForm,
  waitUntilSignedIn,
} from '../../../../tools/steps/sign-in.ts';
import { ask, countRequests, test as ownBrowserTest, readCode } from './fixtures.ts';
import { test } from './shared-browser.ts';

byTurns();

const NEWCOMER = { emailAddress: 'grace@example.com', password: 'compilers are fun' };

describe('signing in', () => {
  test('by password in the popup', async ({ browser, control, instance }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    expect(await popup.text()).toContain('ada@example.com');
    expect(await control.listSessions()).toMatchObject([{ status: 'active' }]);
  });

  test('by e-mail code in the side panel, opened from the popup', async ({ browser, control }) => {
    const popup = await browser.openPopup();
    await popup.click({ role: 'button', name: 'Open side panel' });
    const panel = await browser.waitForSurface('panel', 'sidepanel.html');
    await requestEmailCode(panel, 'ada@example.com');
    await enterCode(panel, await readCode(control, 'ada@example.com'));
    await waitUntilSignedIn(panel, 'Ada Lovelace');
  });

  test('continues at the code step when the popup was closed to read the mail', async ({
    browser,
    control,
  }) => {
    const popup = await browser.openPopup();
    await requestEmailCode(popup, 'ada@example.com');
    const code = await readCode(control, 'ada@example.com');
    await popup.close();
    const again = await browser.openPopup();
    await enterCode(again, code);
    await waitUntilSignedIn(again, 'Ada Lovelace');
    const prepared = (await control.requests()).filter(({ path }) => path.endsWith('/prepare_first_factor'));
    expect(prepared, 'reopening must not send a second code').toHaveLength(1);
  });

  test('continues at the password when the popup was closed to look it up', async ({ browser, instance }) => {
    const popup = await browser.openPopup();
    await enterEmailAddress(popup, instance.seededUser.emailAddress);
    await popup.waitForText('Enter your password');
    await popup.close();
    const again = await browser.openPopup();
    await again.type('input[name="password"]', instance.seededUser.password);
    await again.click({ role: 'button', name: 'Continue' });
    await waitUntilSignedIn(again, 'Ada Lovelace');
  });

  test('a wrong password shows Clerk’s message and signs nobody in', async ({ browser, instance }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, { ...instance.seededUser, password: 'not the password' });
    await popup.waitForText('Password is incorrect');
    expect(await ask(popup, { type: 'get-user' })).toMatchObject({ ok: true, value: null });
  });

  test('an unknown user shows Clerk’s message and signs nobody in', async ({ browser }) => {
    const popup = await browser.openPopup();
    await enterEmailAddress(popup, 'nobody@example.com');
    await popup.waitForText("Couldn't find your account");
    expect(await ask(popup, { type: 'get-token' })).toMatchObject({ ok: true, value: null });
  });
});

describe('a popup that closes before it can tell whom it signed in', () => {
  test.for([
    ['when the server has answered', 'sessions/:id/touch', {}],
    // The answer is lost with the page, and the credential in it.
    ['while the server answers', 'sign_ins/:id/attempt_first_factor', { strictRotation: false }],
  ] as const)('%s', async ([, path, settings], { browser, control, instance }) => {
    await control.configure(settings);
    const page = await browser.openPage('own-page.html');
    const popup = await browser.openPopup();
    await control.addFault({ endpoint: `POST /v1/client/${path}`, kind: 'delay', delayMs: 30_000 });
    await enterPassword(popup, instance.seededUser);
    const isUnderWay = async () => (await countRequests(control, path.slice(path.lastIndexOf('/')))) > 0;
    await vi.waitUntil(isUnderWay, { timeout: 10_000 });
    expect(await control.listSessions()).toMatchObject([{ status: 'active' }]);
    await popup.close();
    await control.clearFaults();

    await vi.waitUntil(
      async () => {
        const reply = await ask(page, { type: 'get-user' });
        return reply.ok && reply.value;
      },
      { timeout: 10_000, interval: 200 },
    );
    expect(await ask(page, { type: 'get-token' })).toMatchObject({
      ok: true,
      value: { token: expect.any(String) },
    });
  });
});

describe('signing up', () => {
  test('with e-mail, password and code', async ({ browser, control }) => {
    const popup = await browser.openPopup();
    await requestSignUpCode(popup, NEWCOMER);
    await enterCode(popup, await readCode(control, NEWCOMER.emailAddress));
    await waitUntilSignedIn(popup, NEWCOMER.emailAddress);
  });

  test('continues at the code step when the popup was closed to read the mail', async ({
    browser,
    control,
  }) => {
    const popup = await browser.openPopup();
    await requestSignUpCode(popup, NEWCOMER);
    const code = await readCode(control, NEWCOMER.emailAddress);
    await popup.close();
    const again = await browser.openPopup();
    await enterCode(again, code);
    await waitUntilSignedIn(again, NEWCOMER.emailAddress);
  });

  test('after signing out the popup starts over with the sign-in form', async ({ browser, control }) => {
    const popup = await browser.openPopup();
    await requestSignUpCode(popup, NEWCOMER);
    await enterCode(popup, await readCode(control, NEWCOMER.emailAddress));
    await waitUntilSignedIn(popup, NEWCOMER.emailAddress);
    await popup.click({ role: 'button', name: 'Sign out' });
    await waitForSignInForm(popup);
    await enterPassword(popup, NEWCOMER);
    await waitUntilSignedIn(popup, NEWCOMER.emailAddress);
  });
});

describe('with a development key', () => {
  ownBrowserTest.override({ instanceName: 'development' });

  ownBrowserTest('sign-in, token and sign-out', async ({ browser, instance }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    expect(await ask(popup, { type: 'get-token' })).toMatchObject({
      ok: true,
      value: { token: expect.any(String) },
    });
    await popup.click({ role: 'button', name: 'Sign out' });
    await waitForSignInForm(popup);
    expect(await ask(popup, { type: 'get-token' })).toMatchObject({ ok: true, value: null });
  });
});
