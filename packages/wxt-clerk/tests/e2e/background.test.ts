import type { Surface } from 'extension-driver';
import { describe, expect, inject } from 'vitest';
import { byTurns } from '../../../../tools/e2e/by-turns.ts';
import {
  enterEmailAddress,
  enterPassword,
  submitPassword,
  waitForSignInForm,
  waitUntilSignedIn,
} from '../../../../tools/steps/sign-in.ts';
import {
  ask,
  askForToken,
  countRequests,
  getShownToken,
  openedToSites,
  test as ownBrowserTest,
  signIn,
} from './fixtures.ts';
import { sharedBrowserTest, test } from './shared-browser.ts';

byTurns();

const withDevelopmentKey = sharedBrowserTest({ instanceName: 'development' });

const TOKENS = 'POST /v1/client/sessions/:id/tokens';
const ME = 'GET /v1/me';

describe('a background that is stopped at any time', () => {
  test('F1: between every two steps of sign-in, token and sign-out', async ({ browser, instance }) => {
    const popup = await browser.openPopup();
    await waitForSignInForm(popup);
    await browser.stopBackground();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    await browser.stopBackground();
    const page = await browser.openPage('own-page.html');
    await getShownToken(page);
    await browser.stopBackground();
    expect(await ask(page, { type: 'get-user' })).toMatchObject({ ok: true, value: { firstName: 'Ada' } });
    await browser.stopBackground();
    expect(await ask(page, { type: 'sign-out' })).toMatchObject({ ok: true, value: null });
    await browser.stopBackground();
    expect(await askForToken(page)).toBeNull();
  });

  test('F1: answers a live token without a request, and without Clerk', async ({
    browser,
    control,
    instance,
  }) => {
    const page = await signIn(browser, instance);
    const first = await askForToken(page);
    await control.clearRequests();
    await browser.stopBackground();
    expect(await askForToken(page)).toEqual(first);
    expect(await control.requests()).toEqual([]);
  });

  test('F2: in the middle of a request, the page asks once more by itself', async ({
    browser,
    control,
    instance,
  }) => {
    const page = await signIn(browser, instance);
    await control.addFault({ endpoint: TOKENS, kind: 'delay', delayMs: 1500, times: 1 });
    await page.click({ role: 'button', name: 'Get a token' });
    await page.waitForText('Asking…');
    await browser.stopBackground();
    await page.waitFor(() => document.querySelector('[data-testid="token"]')?.textContent ?? '');
  });
});

describe('a Frontend API that asks for a pause', () => {
  // The pause would be the next test's, too.
  ownBrowserTest(
    'F5: Retry-After is obeyed, handed on, and outlives the background',
    async ({ browser, control, instance }) => {
      const page = await signIn(browser, instance);
      await control.addFault({ endpoint: TOKENS, kind: 'status', status: 429, retryAfterSeconds: 30 });
      const limited = { ok: false, error: { code: 'rate-limited', retryAfterMs: expect.any(Number) } };
      expect(await ask(page, { type: 'get-token' })).toMatchObject(limited);
      await control.clearRequests();
      expect(await ask(page, { type: 'get-token' })).toMatchObject(limited);
      await browser.stopBackground();
      expect(await ask(page, { type: 'get-token' })).toMatchObject(limited);
      expect(await countRequests(control, '/tokens')).toBe(0);
    },
  );
});

describe('without a network', () => {
  test('F10: a live token and the person are answered; a new token is offline, at once', async ({
    browser,
    instance,
  }) => {
    const page = await signIn(browser, instance);
    await askForToken(page);
    await browser.setOffline(true);
    expect(await askForToken(page)).not.toBeNull();
    expect(await ask(page, { type: 'get-token', skipCache: true })).toMatchObject({
      ok: false,
      error: { code: 'offline' },
    });
  });

  test('F11: a stopped background says who is signed in, never that nobody is', async ({
    browser,
    instance,
  }) => {
    const page = await signIn(browser, instance);
    await browser.setOffline(true);
    await browser.stopBackground();
    expect(await ask(page, { type: 'get-user' })).toMatchObject({ ok: true, value: { firstName: 'Ada' } });
    expect(await ask(page, { type: 'get-token', skipCache: true })).toMatchObject({
      ok: false,
      error: { code: 'offline' },
    });
    await browser.setOffline(false);
    expect(await askForToken(page)).not.toBeNull();
  });

  test('F11: so does a browser that was started without a network', async ({ browser, instance }) => {
    await signIn(browser, instance);
    await browser.setOffline(true);
    await browser.restart();
    const page = await browser.openPage('own-page.html');
    await page.waitForText('Signed in as Ada Lovelace.');
    expect(await ask(page, { type: 'get-token' })).toMatchObject({ ok: false, error: { code: 'offline' } });
  });
});

describe('clocks', () => {
  test.for([-3600, 3600])(
    'F19: a server clock %i s off costs one request, not one per ask',
    async (offset, { browser, control, instance }) => {
      await control.configure({ clockOffsetSeconds: offset });
      const page = await signIn(browser, instance);
      await control.clearRequests();
      for (let n = 0; n < 5; n += 1) expect(await askForToken(page)).not.toBeNull();
      expect(await countRequests(control, '/tokens')).toBeLessThanOrEqual(1);
    },
  );

  test('F21: minTtlSeconds gets a token that lives as long', async ({ browser, control, instance }) => {
    await control.configure({ tokenLifetimeSeconds: 40 });
    const page = await signIn(browser, instance);
    const first = await askForToken(page);
    expect(await askForToken(page)).toEqual(first);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const second = await askForToken(page, { minTtlSeconds: 38 });
    expect(second?.token).not.toBe(first?.token);
  });
});

describe('the stored credential', () => {
  test('F15: a corrupt one is set aside, and the person can sign in again', async ({ browser, instance }) => {
    const page = await signIn(browser, instance);
    await page.evaluate(
      (frontendApi: string) =>
        new Promise((resolve, reject) => {
          const request = indexedDB.open('clerk');
          request.onerror = () => reject(request.error);
          request.onsuccess = () => {
            const transaction = request.result.transaction('credentials', 'readwrite');
            transaction.objectStore('credentials').put('abc\ndef', frontendApi);
            transaction.oncomplete = () => {
              request.result.close();
              resolve(null);
            };
          };
        }),
      new URL(instance.url).host,
    );
    await browser.restart();
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    expect(await askForToken(popup)).not.toBeNull();
  });

  test('that the server knows no more is replaced by a sign-in that was under way', async ({
    browser,
    control,
    instance,
  }) => {
    const page = await signIn(browser, instance);
    const [session] = await control.listSessions();
    await control.revokeSession(session?.sessionId ?? '');
    expect(await ask(page, { type: 'session-changed' })).toMatchObject({ value: null });
    // Now the credential of nobody is dead, too.
    await control.reset();
    await control.addFault({ endpoint: ME, kind: 'delay', delayMs: 1000 });
    await control.addFault({ endpoint: 'POST /v1/client/sign_ins', kind: 'delay', delayMs: 4000 });
    const popup = await browser.openPopup();
    await enterEmailAddress(popup, instance.seededUser.emailAddress);
    await expect.poll(() => countRequests(control, '/v1/me'), { timeout: 10_000 }).toBe(1);
    await submitPassword(popup, instance.seededUser.password);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    expect(await askForToken(page)).not.toBeNull();
  });

  describe('of a development instance', () => {
    withDevelopmentKey(
      'is left to a sign-in that is under way, when the server knows nobody behind it',
      async ({ browser, control, instance }) => {
        await control.addFault({ endpoint: ME, kind: 'delay', delayMs: 2000 });
        const popup = await browser.openPopup();
        await enterEmailAddress(popup, instance.seededUser.emailAddress);
        await popup.waitForText('Enter your password');
        await expect.poll(() => countRequests(control, '/v1/me'), { timeout: 10_000 }).toBe(1);
        await submitPassword(popup, instance.seededUser.password);
        await waitUntilSignedIn(popup, 'Ada Lovelace');
      },
    );

    withDevelopmentKey(
      'F16: survives a 500, 502, 429 and 404 without its header',
      async ({ browser, control, instance }) => {
        const page = await signIn(browser, instance);
        for (const status of [500, 502, 429, 404]) {
          await control.addFault({ endpoint: '*', kind: 'status', status, omitCredentialHeader: true });
          await ask(page, { type: 'get-token', skipCache: true });
          await ask(page, { type: 'session-changed' });
          await control.clearFaults();
          // A stopped background forgets the pause that it makes after a failure.
          await browser.stopBackground();
        }
        await browser.restart();
        const restarted = await browser.openPage('own-page.html');
        await restarted.waitForText('Signed in as Ada Lovelace.');
        expect(await askForToken(restarted)).not.toBeNull();
      },
    );
  });
});

describe.runIf(inject('browserName') === 'firefox')('Firefox’s host permission', () => {
  const SENTENCE = 'The extension may not reach the sign-in service.';
  const ALLOW = { role: 'button', name: 'Allow access' };

  test('F18: taken away it is named, with a button that asks for it and mends everything', async ({
    browser,
    instance,
  }) => {
    const page = await signIn(browser, instance);
    const panel = await browser.openPage('sidepanel.html');
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    await takeHostPermissionAway(page);
    expect(await ask(page, { type: 'get-token' })).toMatchObject({
      ok: false,
      error: { code: 'host-permission-missing' },
    });
    await panel.waitForText(SENTENCE);
    await panel.click(ALLOW);
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    expect(await askForToken(page)).not.toBeNull();
  });

  test('F18: never granted, the popup asks for it, and signs in without a reload', async ({
    browser,
    control,
    instance,
  }) => {
    const page = await browser.openPage('own-page.html');
    // What the start of the extension asks for has been answered.
    await ask(page, { type: 'get-user' });
    await takeHostPermissionAway(page);
    await page.close();
    await browser.stopBackground();
    await control.clearRequests();
    const popup = await browser.openPopup();
    await popup.waitForText(SENTENCE);
    expect(await popup.evaluate(countNoticesAndTheirButtons)).toEqual([1, 1]);
    expect(await control.requests(), 'nothing is asked for without the permission').toEqual([]);
    await markDocument(popup);
    await popup.click(ALLOW);
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    expect(await askForToken(popup)).not.toBeNull();
    expect(await isDocumentMarked(popup)).toBe(true);
  });

  test('F18: taken away from under an open form, granting it goes on with the form', async ({
    browser,
    instance,
  }) => {
    const page = await browser.openPage('own-page.html');
    const popup = await browser.openPopup();
    await waitForSignInForm(popup);
    await markDocument(popup);
    await takeHostPermissionAway(page);
    await popup.waitForText(SENTENCE);
    await popup.click(ALLOW);
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    await page.waitForText('Signed in as Ada Lovelace.');
    expect(await isDocumentMarked(popup)).toBe(true);
  });

  describe('with the switch that takes Origin off', () => {
    ownBrowserTest.override({ variables: { ...openedToSites(), WXT_STRIP_ORIGIN: 'true' } });

    ownBrowserTest(
      'F18: granting it again brings the rule back, too',
      async ({ browser, control, instance }) => {
        await control.configure({ refuseOriginWithAuthorization: true, allowedOrigins: [] });
        const page = await signIn(browser, instance);
        await takeHostPermissionAway(page);
        const panel = await browser.openPage('sidepanel.html');
        await panel.waitForText(SENTENCE);
        await panel.click(ALLOW);
        await waitUntilSignedIn(panel, 'Ada Lovelace');
        expect(await askForToken(page, { skipCache: true })).not.toBeNull();
      },
    );
  });
});

async function takeHostPermissionAway(page: Surface): Promise<void> {
  const isTaken = await page.evaluate(() => {
    const { permissions } = (globalThis as unknown as { browser: { permissions: PermissionsApi } }).browser;
    interface PermissionsApi {
      remove(permissions: { origins: string[] }): Promise<boolean>;
    }
    return permissions.remove({ origins: ['https://clerk.localhost/*'] });
  });
  expect(isTaken).toBe(true);
}

function countNoticesAndTheirButtons(): number[] {
  return ['[role="alert"]', '[role="alert"] button'].map(
    (selector) => document.querySelectorAll(selector).length,
  );
}

// A reload would take the mark away.
function markDocument(page: Surface): Promise<void> {
  return page.evaluate(() => {
    document.documentElement.dataset.mark = 'same';
  });
}

function isDocumentMarked(page: Surface): Promise<boolean> {
  return page.evaluate(() => document.documentElement.dataset.mark === 'same');
}
