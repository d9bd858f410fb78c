import type { EmulatorControl } from 'clerk-emulator';
import type { Surface } from 'extension-driver';
import { describe, expect, vi } from 'vitest';
import { byTurns } from '../../../../tools/e2e/by-turns.ts';
import {
  addAccount,
  chooseOrganization,
  openAccountForm,
  openAccounts,
  openOrganizations,
  switchAccount,
} from '../../../../tools/steps/accounts.ts';
import { enterPassword, waitForSignInForm, waitUntilSignedIn } from '../../../../tools/steps/sign-in.ts';
import { askForToken } from './fixtures.ts';
import { test } from './shared-browser.ts';

byTurns();

const ADA = { emailAddress: 'ada@example.com', password: 'lovelace1815' };
const CHARLES = { emailAddress: 'charles@example.com', password: 'babbage1791' };
const MARY = { emailAddress: 'mary@example.com', password: 'somerville1780' };

const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());

async function sessionsOf(control: EmulatorControl): Promise<string[]> {
  const all = await control.listSessions();
  return all.filter(({ status }) => status === 'active').map(({ userId }) => userId);
}

async function waitUntilGone(surface: Surface, text: string): Promise<void> {
  await surface.waitFor((gone) => !document.body.innerText.includes(gone), text);
}

describe('several accounts', () => {
  test('are added and switched in the popup, and the panel follows', async ({ browser, control }) => {
    await control.configure({ singleSessionMode: false });
    const panel = await browser.openPage('sidepanel.html');
    const popup = await browser.openPopup();
    await enterPassword(popup, ADA);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    await addAccount(popup, CHARLES);
    await waitUntilSignedIn(popup, 'Charles Babbage');
    await waitUntilSignedIn(panel, 'Charles Babbage');
    await switchAccount(panel, /Ada Lovelace/);
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    // A click beside it has closed it.
    await waitUntilSignedIn(await browser.openPopup(), 'Ada Lovelace');
  });

  test('are signed out one by one, and all at once', async ({ browser, control }) => {
    await control.configure({ singleSessionMode: false });
    const panel = await browser.openPage('sidepanel.html');
    await enterPassword(panel, ADA);
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    for (const [login, name] of [
      [CHARLES, 'Charles Babbage'],
      [MARY, 'Mary Somerville'],
    ] as const) {
      await addAccount(panel, login);
      await waitUntilSignedIn(panel, name);
    }
    expect(await sessionsOf(control)).toHaveLength(3);
    await openAccounts(panel);
    await panel.click({ role: 'menuitem', name: 'Sign out Charles Babbage' });
    await waitUntilGone(panel, 'Charles Babbage');
    await vi.waitFor(async () => expect(await sessionsOf(control)).toHaveLength(2), 10_000);
    await panel.press('Escape');
    await openAccounts(panel);
    await panel.click({ role: 'menuitem', name: 'Sign out of all accounts' });
    await waitForSignInForm(panel);
    await vi.waitFor(async () => expect(await sessionsOf(control)).toEqual([]), 10_000);
  });

  test('are added in a popup that was closed in the middle', async ({ browser, control }) => {
    await control.configure({ singleSessionMode: false });
    const popup = await browser.openPopup();
    await enterPassword(popup, ADA);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    await openAccountForm(popup);
    await popup.type('input[name="identifier"]', CHARLES.emailAddress);
    await popup.click({ role: 'button', name: 'Continue' });
    await popup.waitForText('Enter your password');
    await popup.close();
    const again = await browser.openPopup();
    await again.type('input[name="password"]', CHARLES.password);
    await again.click({ role: 'button', name: 'Continue' });
    await waitUntilSignedIn(again, 'Charles Babbage');
  });

  test('the way back from the form leaves everything as it was', async ({ browser, control }) => {
    await control.configure({ singleSessionMode: false });
    const popup = await browser.openPopup();
    await enterPassword(popup, ADA);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    await openAccountForm(popup);
    await popup.waitForText('Email address');
    await popup.click({ role: 'button', name: 'Back' });
    await waitUntilSignedIn(popup, 'Ada Lovelace');
  });

  test('that cannot be switched say so, and the button helps', async ({ browser, control }) => {
    await control.configure({ singleSessionMode: false });
    const panel = await browser.openPage('sidepanel.html');
    await enterPassword(panel, ADA);
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    await addAccount(panel, CHARLES);
    await waitUntilSignedIn(panel, 'Charles Babbage');
    await control.addFault({ endpoint: 'POST /v1/client/sessions/:id/touch', kind: 'status', status: 500 });
    await switchAccount(panel, /Ada Lovelace/);
    await panel.waitFor(() => document.querySelector('[role="alert"] button') !== null);
    await control.clearFaults();
    // A server that failed is left alone for a moment, and says so again.
    const isSwitched = async () => {
      await panel.click('[role="alert"] button');
      await panel.waitFor(
        () => document.querySelector('.wxt-clerk-profile-name, [role="alert"] button') !== null,
      );
      expect(await panel.text()).toContain('ada@example.com');
    };
    await vi.waitFor(isSwitched, { timeout: 20_000, interval: 2000 });
  });
});

test('an instance with one session shows nothing of several', async ({ browser }) => {
  const popup = await browser.openPopup();
  await enterPassword(popup, ADA);
  await waitUntilSignedIn(popup, 'Ada Lovelace');
  await popup.close();
  // What Clerk said of the instance is known by now.
  const again = await browser.openPopup();
  await waitUntilSignedIn(again, 'Ada Lovelace');
  expect(await again.evaluate(() => document.querySelector('[aria-haspopup="menu"]'))).toBeNull();
  expect(await again.text()).not.toMatch(/Personal account|Add account/);
});

describe('organizations', () => {
  test('are chosen in the panel: popup, tokens and what is gated by a role follow', async ({
    browser,
    control,
  }) => {
    await control.configure({ organizations: true });
    const panel = await browser.openPage('sidepanel.html');
    await enterPassword(panel, ADA);
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    const popup = await browser.openPage('popup.html');
    await chooseOrganization(panel, /Globex/);
    await popup.waitForText('Globex');
    expect(claimsOf((await askForToken(popup))?.token ?? '').o).toMatchObject({
      slg: 'globex',
      rol: 'admin',
    });
    await chooseOrganization(panel, /Personal account/);
    await popup.waitForText('Personal account');
    expect(claimsOf((await askForToken(popup))?.token ?? '').o).toBeUndefined();
  });

  test('are managed: members are listed, and somebody is invited', async ({ browser, control }) => {
    await control.configure({ organizations: true });
    const panel = await browser.openPage('sidepanel.html');
    await enterPassword(panel, ADA);
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    await chooseOrganization(panel, /Globex/);
    await panel.waitForText('Globex');
    await openOrganizations(panel);
    await panel.click({ role: 'button', name: 'Manage organization' });
    await panel.waitForText('General');
    await panel.click({ role: 'button', name: /Open menu|Members/ });
    await panel.click({ role: 'button', name: 'Members' });
    await panel.waitForText('charles@example.com');
    await panel.click({ role: 'button', name: 'Invite' });
    await panel.type('[data-testid="tag-input"]', 'newcomer@example.com,');
    await panel.click({ role: 'button', name: 'Send invitations' });
    await panel.waitForText(/Invitations (successfully )?sent/i);
  });

  test('to which somebody is invited are accepted in Clerk’s list', async ({ browser, control }) => {
    await control.configure({ organizations: true });
    const panel = await browser.openPage('sidepanel.html');
    await enterPassword(panel, MARY);
    await waitUntilSignedIn(panel, 'Mary Somerville');
    await openOrganizations(panel);
    await panel.click({ role: 'button', name: 'Join' });
    await panel.waitFor(() =>
      [...document.querySelectorAll('button')].some((b) => b.innerText.includes('Globex')),
    );
    const [globex] = await control.listOrganizations();
    expect(globex?.members).toHaveLength(3);
  });
});
