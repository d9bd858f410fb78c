import { describe, expect } from 'vitest';
import { byTurns } from '../../../../tools/e2e/by-turns.ts';
import {
  enterPassword,
  requestEmailCode,
  submitPassword,
  waitForSignInForm,
  waitUntilSignedIn,
} from '../../../../tools/steps/sign-in.ts';
import { readCode } from './fixtures.ts';
import { test } from './shared-browser.ts';
import { isClerksWorker } from './support/clerks-worker.ts';

byTurns();

// The field that is there before Clerk's form is.
const DRAFT = '.wxt-clerk-draft input';

// Long enough to type, as on a slow network.
const SLOW_MS = 1500;

describe('what a quick person types', () => {
  test('moves over into Clerk’s form, with focus and selection', async ({ browser, control }) => {
    await control.configure({ latencyMs: SLOW_MS });
    const popup = await browser.openPopup();
    await popup.type(DRAFT, 'ada@exmple.com');
    await popup.evaluate((selector: string) => {
      document.querySelector<HTMLInputElement>(selector)?.setSelectionRange(4, 6);
    }, DRAFT);
    await waitForSignInForm(popup);
    const field = await popup.waitFor(() => {
      const { name, value, selectionStart, selectionEnd } = document.activeElement as HTMLInputElement;
      return name === 'identifier' && value && { value, selectionStart, selectionEnd };
    });
    expect(field).toEqual({ value: 'ada@exmple.com', selectionStart: 4, selectionEnd: 6 });
    expect(await popup.evaluate(() => document.querySelectorAll('form').length)).toBe(1);
  });

  test('is sent on when they pressed Enter', async ({ browser, control, instance }) => {
    await control.configure({ latencyMs: SLOW_MS });
    const popup = await browser.openPopup();
    await popup.type(DRAFT, instance.seededUser.emailAddress);
    await popup.press('Enter');
    await control.configure({ latencyMs: 0 });
    await submitPassword(popup, instance.seededUser.password);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
  });

  test('can be typed before anything of Clerk is there, also after a sign-out', async ({
    browser,
    control,
    instance,
  }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    await popup.click({ role: 'button', name: 'Sign out' });
    await waitForSignInForm(popup);
    await popup.close();
    await control.configure({ latencyMs: SLOW_MS });
    const again = await browser.openPopup();
    await again.type(DRAFT, 'ada');
    await waitForSignInForm(again);
  });
});

test('a popup that opens again at the code step shows no other field before it', async ({
  browser,
  control,
}) => {
  const popup = await browser.openPopup();
  await requestEmailCode(popup, 'ada@example.com');
  await readCode(control, 'ada@example.com');
  await popup.close();
  await control.configure({ latencyMs: SLOW_MS });
  const again = await browser.openPopup();
  const others = await again.waitFor(() => {
    const watched = globalThis as { others?: number };
    watched.others ??= 0;
    watched.others += document.querySelectorAll('input:not([autocomplete="one-time-code"])').length;
    return document.querySelector('input[autocomplete="one-time-code"]') && `${watched.others} others`;
  });
  expect(others).toBe('0 others');
});

test('a page with a hash router keeps its hash, from the form to the account page', async ({
  browser,
  instance,
}) => {
  const panel = await browser.openPage('sidepanel.html#/notes');
  const hash = () => panel.evaluate(() => location.hash);
  await enterPassword(panel, instance.seededUser);
  await waitUntilSignedIn(panel, 'Ada Lovelace');
  expect(await hash()).toBe('#/notes');
  await panel.click({ role: 'button', name: 'Manage account' });
  await panel.waitForText('Profile details');
  await panel.evaluate(() => {
    location.hash = '#/notes/1';
  });
  await panel.click({ role: 'button', name: 'Update profile' });
  await panel.waitForText('Save');
  expect(await hash()).toBe('#/notes/1');
});

test('a screen that is taken away at the sign-in can be there again, as often as it likes', async ({
  browser,
  instance,
}) => {
  const page = await browser.openPage('coming-and-going.html');
  for (const _ of ['once', 'and again']) {
    await enterPassword(page, instance.seededUser);
    await waitUntilSignedIn(page, 'Ada Lovelace');
    await page.click({ role: 'button', name: 'Manage account' });
    await page.waitForText('Profile details');
    await page.click({ role: 'button', name: 'Back' });
    await page.click({ role: 'button', name: 'Sign out' });
    await waitForSignInForm(page);
  }
  expect(page.consoleErrors().filter((text) => !isClerksWorker(text))).toEqual([]);
});
