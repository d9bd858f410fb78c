import type { Surface } from 'extension-driver';
import { expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { enterEmailAddress, enterPassword, waitUntilSignedIn } from '../../../../../tools/steps/sign-in.ts';
import { ask } from '../fixtures.ts';
import { CONTINUE, GRACE } from '../flows/people.ts';
import { sharedBrowserTest } from '../shared-browser.ts';
import {
  answerOfProvider,
  CHOICES,
  callbackOf,
  countNonces,
  openProvider,
  personWith,
  pushAnswer,
  setUpProviders,
  waitForProvider,
} from './provider.ts';

byTurns();

const test = sharedBrowserTest({ variables: { WXT_CLERK_SSO: 'true' } });

const ACME = { domain: 'acme.example', name: 'Acme' };
const EMPLOYEE = { ...GRACE, emailAddress: 'grace@acme.example' };

test('a company’s own provider is found by the e-mail address', async ({
  browser,
  control,
  extensionPath,
}) => {
  await setUpProviders(control, await callbackOf(extensionPath), { enterpriseConnections: [ACME] });
  await control.createUser(EMPLOYEE);
  const popup = await browser.openPopup();
  await enterEmailAddress(popup, EMPLOYEE.emailAddress);
  const provider = await waitForProvider(browser, '');
  await provider.click(personWith(EMPLOYEE));
  await waitUntilSignedIn(popup, 'Grace Hopper');
});

test('a company’s own provider that says no is named as what it is', async ({
  browser,
  control,
  extensionPath,
}) => {
  await setUpProviders(control, await callbackOf(extensionPath), { enterpriseConnections: [ACME] });
  await control.createUser(EMPLOYEE);
  const popup = await browser.openPopup();
  await enterEmailAddress(popup, EMPLOYEE.emailAddress);
  const provider = await waitForProvider(browser, '');
  await provider.click(CHOICES.deny);
  await popup.waitFor(() => document.querySelector('.cl-alert, [role="alert"]')?.textContent);
  await enterEmailAddress(popup, EMPLOYEE.emailAddress);
  await (await waitForProvider(browser, '')).click(personWith(EMPLOYEE));
  await waitUntilSignedIn(popup, 'Grace Hopper');
});

test('of several of a company’s providers the person chooses one', async ({
  browser,
  control,
  extensionPath,
}) => {
  await setUpProviders(control, await callbackOf(extensionPath), {
    enterpriseConnections: [ACME, { ...ACME, name: 'Acme Overseas' }],
  });
  await control.createUser(EMPLOYEE);
  const panel = await browser.openPage('sidepanel.html');
  await enterEmailAddress(panel, EMPLOYEE.emailAddress);
  await panel.click({ role: 'button', name: /Acme Overseas/ });
  const provider = await waitForProvider(browser, '');
  await provider.click(personWith(EMPLOYEE));
  await waitUntilSignedIn(panel, 'Grace Hopper');
});

test('a sign-up goes on with a missing field, also in a popup that was closed', async ({
  browser,
  control,
  extensionPath,
}) => {
  await setUpProviders(control, await callbackOf(extensionPath), { usernames: true });
  const popup = await browser.openPopup();
  const provider = await openProvider(browser, popup);
  await provider.click(CHOICES.newPerson);
  await popup.waitFor(() => document.querySelector('input[name="username"]') !== null);
  await popup.close();
  const again = await browser.openPopup();
  await again.type('input[name="username"]', 'newcomer');
  await again.click(CONTINUE);
  await waitUntilSignedIn(again, 'New Comer');
});

test('who signs up and has an account is signed in', async ({ browser, control, extensionPath }) => {
  await setUpProviders(control, await callbackOf(extensionPath));
  const popup = await browser.openPopup();
  await popup.click({ role: 'link', name: 'Sign up' });
  await popup.waitForText('Create your account');
  const provider = await openProvider(browser, popup);
  await provider.click(CHOICES.ada);
  await waitUntilSignedIn(popup, 'Ada Lovelace');
});

test('a provider that fails, and one that is slow', async ({ browser, control, extensionPath }) => {
  await setUpProviders(control, await callbackOf(extensionPath), { providerDelayMs: 2000 });
  const panel = await browser.openPage('sidepanel.html');
  await (await openProvider(browser, panel)).click(CHOICES.error);
  await panel.waitFor(() => document.querySelector('.cl-alert, [role="alert"]')?.textContent);
  await (await openProvider(browser, panel)).click(CHOICES.slow);
  await waitUntilSignedIn(panel, 'Ada Lovelace');
});

test('an address that is not on the list is named, with what to do', async ({
  browser,
  control,
  extensionPath,
}) => {
  const callback = await callbackOf(extensionPath);
  await setUpProviders(control, callback, { redirectUrls: [] });
  const popup = await browser.openPopup();
  await popup.click({ role: 'button', name: /Google/ });
  await popup.waitForText(callback);
  expect(await popup.text()).toContain('Add it to the redirect URLs of your Clerk instance');
});

test('without Clerk’s form', async ({ browser, control, extensionPath }) => {
  await setUpProviders(control, await callbackOf(extensionPath));
  const page = await browser.openPage('own-page.html');
  await page.click({ role: 'button', name: 'Sign in with GitHub' });
  await (await waitForProvider(browser, 'oauth_github')).click(CHOICES.deny);
  await page.waitForText('The provider did not sign you in. Try again, or another way.');
  await page.click({ role: 'button', name: 'Sign in with GitHub' });
  await (await waitForProvider(browser, 'oauth_github')).click(CHOICES.ada);
  await page.waitForText('Signed in as Ada Lovelace.');
  expect(await ask(page, { type: 'sign-in-with', strategy: 'password' })).toMatchObject({
    ok: false,
    error: { code: 'bad-request' },
  });
});

/** The connected accounts that Clerk's account page shows. */
const CONNECTED = '.cl-profileSection__connectedAccounts';

const showsConnected = (page: Surface, text: string) =>
  page.waitFor(
    (selector: string, text: string) => document.querySelector(selector)?.textContent?.includes(text),
    CONNECTED,
    text,
  );

test('accounts are connected and removed in the account page', async ({
  browser,
  control,
  extensionPath,
}) => {
  await setUpProviders(control, await callbackOf(extensionPath));
  const panel = await browser.openPage('sidepanel.html');
  await (await openProvider(browser, panel)).click(CHOICES.ada);
  await waitUntilSignedIn(panel, 'Ada Lovelace');
  await panel.click({ role: 'button', name: 'Manage account' });
  const connect = async () => {
    // The menu stays open where the last attempt came to nothing.
    const isOpen = await panel.evaluate(() => document.querySelector('[role="menuitem"]') !== null);
    if (!isOpen) await panel.click({ role: 'button', name: 'Connect account' });
    await panel.click({ role: 'menuitem', name: /GitHub/ });
    return waitForProvider(browser, 'oauth_github');
  };
  await (await connect()).close();
  await panel.waitForText('The provider’s window was closed before you were signed in.');
  await (await connect()).click(CHOICES.ada);
  await showsConnected(panel, 'GitHub');
  await panel.click(`${CONNECTED} .cl-menuButton`);
  await panel.click({ role: 'menuitem', name: 'Remove' });
  await panel.click({ role: 'button', name: 'Remove' });
  await panel.waitFor(
    (selector: string) => !document.querySelector(selector)?.textContent?.includes('Google'),
    CONNECTED,
  );
});

test('an account that has to be connected again is', async ({ browser, control, extensionPath }) => {
  await setUpProviders(control, await callbackOf(extensionPath));
  await control.createUser({
    ...GRACE,
    externalAccounts: [{ strategy: 'oauth_github', mustReconnect: true }],
  });
  const panel = await browser.openPage('sidepanel.html');
  await enterPassword(panel, GRACE);
  await waitUntilSignedIn(panel, 'Grace Hopper');
  await panel.click({ role: 'button', name: 'Manage account' });
  await panel.click({ role: 'button', name: 'Reconnect' });
  const provider = await waitForProvider(browser, 'oauth_github');
  await provider.click(personWith(GRACE));
  await panel.waitFor(
    (selector: string) =>
      document.querySelector(selector)?.textContent?.includes('GitHub') &&
      !document.querySelector(selector)?.textContent?.includes('Reconnect'),
    CONNECTED,
  );
});

test('a company’s account is connected in the account page', async ({ browser, control, extensionPath }) => {
  const acme = { ...ACME, allowOrganizationAccountLinking: true };
  await setUpProviders(control, await callbackOf(extensionPath), {
    socialProviders: [],
    enterpriseConnections: [acme],
  });
  await control.createUser(GRACE);
  const panel = await browser.openPage('sidepanel.html');
  await enterPassword(panel, GRACE);
  await waitUntilSignedIn(panel, 'Grace Hopper');
  await panel.click({ role: 'button', name: 'Manage account' });
  const connect = async () => {
    const isOpen = await panel.evaluate(() => document.querySelector('[role="menuitem"]') !== null);
    if (!isOpen) await panel.click({ role: 'button', name: 'Connect account' });
    await panel.click({ role: 'menuitem', name: /Acme/ });
    return waitForProvider(browser, '');
  };
  await (await connect()).close();
  await panel.waitForText('The provider’s window was closed before you were signed in.');
  await (await connect()).click(CHOICES.newPerson);
  await panel.waitFor(() =>
    document
      .querySelector('.cl-profileSection__enterpriseAccounts')
      ?.textContent?.includes('newcomer@acme.example'),
  );
});

test('what comes of an attempt in another page leaves what is typed in this one', async ({
  browser,
  control,
  extensionPath,
}) => {
  await setUpProviders(control, await callbackOf(extensionPath));
  const panel = await browser.openPage('sidepanel.html');
  await panel.type('input[name="identifier"]', 'grace@');
  const other = await browser.openPage('popup.html');
  const typed = () =>
    panel.evaluate(() => document.querySelector<HTMLInputElement>('input[name="identifier"]')?.value);
  await (await openProvider(browser, other)).close();
  await panel.waitForText('The provider’s window was closed before you were signed in. Try again.');
  expect(await typed()).toBe('grace@');
  await (await openProvider(browser, other)).click(CHOICES.deny);
  await panel.waitForText('The provider did not sign you in. Try again, or another way.');
  expect(await typed()).toBe('grace@');
});

test('a sign-out while the provider’s page is open closes it, and nothing comes of it', async ({
  browser,
  control,
  extensionPath,
  instance,
}) => {
  await setUpProviders(control, await callbackOf(extensionPath));
  const panel = await browser.openPage('sidepanel.html');
  const own = await browser.openPage('own-page.html');
  const provider = await openProvider(browser, panel);
  const answer = await answerOfProvider(provider);
  expect(await ask(own, { type: 'sign-out' })).toMatchObject({ ok: true });
  await panel.waitForText('The provider’s window was closed before you were signed in. Try again.');
  await expect.poll(() => provider.isOpen()).toBe(false);
  await pushAnswer(browser, `${instance.url}/v1/environment`, answer);
  expect(await ask(own, { type: 'get-user' })).toMatchObject({ ok: true, value: null });
  expect(await countNonces(control)).toBe(0);
});
