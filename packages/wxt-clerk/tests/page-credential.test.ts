import { beforeEach, describe, expect, test } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { ALARMS } from '../src/shared/alarm';
import { prepareRequests } from '../src/ui/clerk/page-credential';

interface Hooks {
  __internal_onBeforeRequest?(request: object): Promise<void>;
}

beforeEach(() => {
  fakeBrowser.reset();
  prepareRequests();
});

/** A request of the page's Clerk, as its hook hands it on. */
async function prepared(method: string, path: string): Promise<object> {
  const request = { method, headers: new Headers(), url: new URL(`https://clerk.example.com/v1${path}`) };
  await (window as Hooks).__internal_onBeforeRequest?.(request);
  return request;
}

test.each(['GET', 'POST'])('a %s of Clerk’s own does not go into the browser’s cache', async (method) => {
  expect(await prepared(method, '/client')).toMatchObject({ cache: 'no-store' });
});

describe('C3: the background looks for a sign-in later', () => {
  test.each([
    ['POST', '/client/sign_ins'],
    ['POST', '/client/sign_ins/sia_1/attempt_first_factor'],
    ['POST', '/client/sign_ups/sua_1/attempt_verification'],
    ['PATCH', '/client/sign_ups/sua_1'],
  ])('after a %s %s', async (method, path) => {
    const now = Date.now();
    await prepared(method, path);
    const { scheduledTime } = (await browser.alarms.get(ALARMS.signIn)) ?? { scheduledTime: 0 };
    expect(scheduledTime - now).toBeGreaterThanOrEqual(30_000);
    expect(scheduledTime - now).toBeLessThan(40_000);
  });

  test.each([
    ['GET', '/client'],
    ['GET', '/client/sign_ins/sia_1'],
    ['POST', '/client/sessions/sess_1/touch'],
    ['POST', '/me/totp'],
  ])('and not after a %s %s, which signs nobody in', async (method, path) => {
    await prepared(method, path);
    expect(await browser.alarms.getAll()).toEqual([]);
  });
});
