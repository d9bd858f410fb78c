import { verifyToken } from '@clerk/backend';
import { describe, expect } from 'vitest';
import { enterPassword, waitUntilSignedIn } from '../../tools/steps/sign-in.ts';
import { getDemoToken } from '../../tools/steps/token-demo.ts';
import { ask, askForToken, test } from './fixtures.ts';

describe('a session token', () => {
  test('comes with the popup closed and the background stopped, and a server accepts it', async ({
    browser,
    instance,
  }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    await popup.close();
    const demo = await browser.openPage('token-demo.html');
    await demo.waitForText('Signed in as Ada Lovelace.');
    await browser.stopBackground();

    const token = await getDemoToken(demo);

    const claims = await verifyToken(token, {
      jwtKey: instance.jwtKey,
      authorizedParties: [browser.extensionOrigin],
    });
    expect(claims).toMatchObject({ sub: instance.seededUser.userId, iss: instance.url, v: 2 });
    expect(await demo.text()).toContain(instance.seededUser.userId);
  });

  test('counts down in the demo', async ({ browser, control, instance }) => {
    await control.configure({ tokenLifetimeSeconds: 25 });
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    const demo = await browser.openPage('token-demo.html');
    await getDemoToken(demo);
    const secondsLeft = () =>
      Number(document.querySelector('[data-seconds-left]')?.getAttribute('data-seconds-left'));
    const first = await demo.evaluate(secondsLeft);
    expect(first).toBeLessThanOrEqual(25);
    await demo.waitFor(
      (seen: number) =>
        Number(document.querySelector('[data-seconds-left]')?.getAttribute('data-seconds-left')) < seen,
      first,
    );
  });

  test('says when it ends, in Unix milliseconds', async ({ browser, instance }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    const answer = await askForToken(popup);
    const payload = JSON.parse(Buffer.from(answer?.token.split('.')[1] ?? '', 'base64url').toString());
    expect(answer?.expiresAt).toBe(payload.exp * 1000);
  });

  test('is null when nobody is signed in, and the demo says so', async ({ browser }) => {
    const demo = await browser.openPage('token-demo.html');
    await demo.click({ role: 'button', name: 'Get a token' });
    await demo.waitForText('Nobody is signed in');
    expect(await askForToken(demo)).toBeNull();
    expect(await ask(demo, { type: 'get-user' })).toMatchObject({ ok: true, value: null });
  });

  test('outlives a restart of the browser: the session is kept', async ({ browser, instance }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    await browser.restart();
    const demo = await browser.openPage('token-demo.html');
    await demo.waitForText('Signed in as Ada Lovelace.');
    expect(await askForToken(demo)).not.toBeNull();
  });

  test('is null after the session was revoked on the server', async ({ browser, control, instance }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    await popup.close();
    const demo = await browser.openPage('token-demo.html');
    await demo.waitForText('Signed in as Ada Lovelace.');
    const [session] = await control.listSessions();
    await control.revokeSession(session?.sessionId ?? '');
    await browser.stopBackground();
    expect(await askForToken(demo)).toBeNull();
    await demo.waitForText('Nobody is signed in');
  });
});
