import { verifyToken } from '@clerk/backend';
import type { LoggedRequest, SettingsPatch } from 'clerk-emulator';
import type { ExtensionBrowser } from 'extension-driver';
import { describe, expect } from 'vitest';
import { byTurns } from '../../../../tools/e2e/by-turns.ts';
import { enterPassword, waitUntilSignedIn } from '../../../../tools/steps/sign-in.ts';
import { ask, askForToken, signIn } from './fixtures.ts';
import { sharedBrowserTest, test } from './shared-browser.ts';

byTurns();

const withoutOrigin = sharedBrowserTest({ variables: { WXT_STRIP_ORIGIN: 'true' } });

const REFUSAL = 'The sign-in service does not accept this extension.';
// As public issues report of Clerk.
const refusingAlthoughListed = ({ extensionOrigin }: ExtensionBrowser): SettingsPatch => ({
  allowedOrigins: [extensionOrigin],
  refuseOriginWithAuthorization: true,
  refuseListedOrigins: true,
});
const isPost = ({ method }: LoggedRequest) => method === 'POST';

describe('an instance that refuses an unlisted origin beside a credential', () => {
  test('signs nobody in, and the popup says why', async ({ browser, control, instance }) => {
    await control.configure({ refuseOriginWithAuthorization: true });
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await popup.waitForText(REFUSAL);
    expect(await ask(popup, { type: 'get-user' })).toMatchObject({ ok: true, value: null });
    const refused = (await control.requests()).filter(({ status }) => status === 400);
    expect(refused).not.toHaveLength(0);
    for (const request of refused)
      expect(request).toMatchObject({ origin: browser.extensionOrigin, authorization: true });
  });

  test('signs in when the origin is listed, and the notice goes', async ({ browser, control, instance }) => {
    await control.configure({ refuseOriginWithAuthorization: true });
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await popup.waitForText(REFUSAL);
    await control.configure({ allowedOrigins: [browser.extensionOrigin] });
    await popup.click({ role: 'button', name: 'Continue' });
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    expect(await popup.text()).not.toContain(REFUSAL);
  });

  test('signs nobody in although the origin is listed, where that does not help', async ({
    browser,
    control,
    instance,
  }) => {
    await control.configure(refusingAlthoughListed(browser));
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await popup.waitForText(REFUSAL);
  });

  test('has a code of its own when it begins to refuse later', async ({ browser, control, instance }) => {
    const page = await signIn(browser, instance);
    await control.configure({ refuseOriginWithAuthorization: true });
    expect(await ask(page, { type: 'get-token', skipCache: true })).toMatchObject({
      ok: false,
      error: { code: 'origin-refused' },
    });
  });
});

test('an instance with its Native API off is named in the popup', async ({ browser, control, instance }) => {
  await control.configure({ nativeApiEnabled: false });
  const popup = await browser.openPopup();
  await enterPassword(popup, instance.seededUser);
  await popup.waitForText('Turn on the Native API in the Clerk dashboard.');
});

const REFUSING: Record<string, (browser: ExtensionBrowser) => SettingsPatch> = {
  'every origin is refused': () => ({ refuseOriginWithAuthorization: true, allowedOrigins: [] }),
  'a listed origin is refused, too': refusingAlthoughListed,
};

describe('the switch that takes Origin off native requests', () => {
  withoutOrigin.for(Object.entries(REFUSING))(
    'signs in, gets tokens and signs out where %s',
    async ([, refusing], { browser, control, instance }) => {
      await control.configure(refusing(browser));
      const page = await signIn(browser, instance);
      await browser.stopBackground();
      const answer = await askForToken(page, { skipCache: true });
      expect(await ask(page, { type: 'sign-out' })).toMatchObject({ ok: true, value: null });

      const requests = await control.requests();
      expect(requests.filter(isPost).length).toBeGreaterThanOrEqual(4);
      expect(requests.filter(({ origin }) => origin !== null)).toEqual([]);
      expect(requests.filter(({ status }) => (status ?? 500) >= 400)).toEqual([]);
      const { jwtKey } = instance;
      const token = answer?.token ?? '';
      expect(await verifyToken(token, { jwtKey })).not.toHaveProperty('azp');
      await expect(
        verifyToken(token, { jwtKey, authorizedParties: [browser.extensionOrigin] }),
      ).rejects.toThrow(/Authorized party claim/);
    },
  );

  withoutOrigin('works again after the browser was closed', async ({ browser, control, instance }) => {
    await control.configure({ refuseOriginWithAuthorization: true, allowedOrigins: [] });
    await signIn(browser, instance);
    await browser.restart();
    const page = await browser.openPage('own-page.html');
    await page.waitForText('Signed in as Ada Lovelace.');
    expect(await askForToken(page, { skipCache: true })).not.toBeNull();
  });

  withoutOrigin('leaves every other request as it is', async ({ browser, control, instance }) => {
    const page = await browser.openPage('own-page.html');
    await page.waitForText('Nobody is signed in');
    const site = await browser.openWebPage(`${instance.url}/`);
    await control.clearRequests();
    const post = (url: string) => fetch(url, { method: 'POST' }).then(({ status }) => status);
    await page.evaluate(post, `${instance.url}/v1/client?plain`);
    await page.evaluate(post, `${instance.url}/v1/client?_is_native=10`);
    await page.evaluate(post, `${instance.url}/other?_is_native=1`);
    await page.evaluate(post, `${instance.url}/v1/client?_is_native=1`);
    await site.evaluate(post, `${instance.url}/v1/client?_is_native=1`);
    const origins = (await control.requests()).filter(isPost).map(({ origin }) => origin);
    const own = browser.extensionOrigin;
    expect(origins).toEqual([own, own, own, null, instance.url]);
  });
});
