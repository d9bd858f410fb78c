import { totpCode } from 'clerk-emulator';
import { FapiClient } from 'clerk-emulator/frontend-api-client';
import type { Surface } from 'extension-driver';
import { expect, inject } from 'vitest';
import { enterCode, enterPassword, waitForSignInForm } from '../../../../../tools/steps/sign-in.ts';
import { readCode } from '../fixtures.ts';
import { test } from '../shared-browser.ts';
import { type Flow, testFlows, type World } from './flow.ts';
import {
  CONTINUE,
  enterPhone,
  fillIn,
  GRACE,
  graceIsSignedIn,
  PHONE,
  readSecret,
  submitForm,
} from './people.ts';

const NEW_ADDRESS = 'g.hopper@example.com';

// So long after the sign-in that Clerk wants another proof of who it is.
const LATER_SECONDS = 700;

const button = (name: string | RegExp) => ({ role: 'button', name });
const item = (name: string | RegExp) => ({ role: 'menuitem', name });

async function openAccount(page: Surface): Promise<void> {
  await enterPassword(page, GRACE);
  await graceIsSignedIn(page);
  await page.click(button('Manage account'));
}

async function openSecurity(page: Surface): Promise<void> {
  await openAccount(page);
  await page.click(button('Account'));
  await page.click(button('Security'));
}

/** Nothing below or above moves any more. */
const waitForDevices = (page: Surface) => page.waitForText('This device');

/** Opens what has to be verified again, where the page was opened anew, and types the newest code. */
async function verify(page: Surface, { control }: World, recipient: string): Promise<void> {
  const hasField = await page.evaluate(() =>
    Boolean(document.querySelector('input[autocomplete="one-time-code"]')),
  );
  if (!hasField) {
    const before = await readCode(control, recipient);
    await page.click(
      '.cl-profileSectionItem:has(.cl-badge:not([data-localization-key="badge__primary"])) .cl-menuButton',
    );
    await page.click(item(/^Verify/));
    await expect.poll(() => readCode(control, recipient)).not.toBe(before);
  }
  await enterCode(page, await readCode(control, recipient));
}

// Below the QR code; Clerk writes it with either apostrophe.
const SCAN = /Can.t scan QR code/;

async function addAuthenticatorApp(page: Surface): Promise<void> {
  await waitForDevices(page);
  await page.click(button('Add two-step verification'));
  await page.click(item('Authenticator application'));
  await page.waitForText(SCAN);
}

const FLOWS: Record<string, Flow> = {
  'an e-mail address is added': {
    people: [GRACE],
    begin: async (page, { control }) => {
      await openAccount(page);
      await page.click(button('Add email address'));
      await page.type('input[name="emailAddress"]', NEW_ADDRESS);
      await page.click(button('Add'));
      await readCode(control, NEW_ADDRESS);
    },
    steps: [{ screen: 'Unverified', act: (page, world) => verify(page, world, NEW_ADDRESS) }],
    end: async (page) => {
      await page.waitFor(() => !document.body.innerText.includes('Unverified'));
      await page.click(button('Back'));
      await graceIsSignedIn(page);
    },
  },
  'a phone number is added, after a proof of who it is': {
    settings: { secondFactors: ['phone_code'], reverification: true },
    people: [GRACE],
    begin: async (page, { control }) => {
      await openAccount(page);
      await control.configure({ clockOffsetSeconds: LATER_SECONDS });
      await page.click(button('Add phone number'));
      await enterPhone(page, button('Add'));
      await page.waitForText('Verification required');
      await page.type('input[name="password"]', GRACE.password);
      await page.click(CONTINUE);
      await readCode(control, PHONE);
    },
    steps: [{ screen: 'Unverified', act: (page, world) => verify(page, world, PHONE) }],
    end: (page) => page.waitFor(() => !document.body.innerText.includes('Unverified')),
  },
  'an authenticator app is set up, with its backup codes': {
    isOnlyInMatrix: true,
    settings: { secondFactors: ['totp', 'backup_code'] },
    people: [GRACE],
    begin: async (page) => {
      await openSecurity(page);
      await addAuthenticatorApp(page);
    },
    steps: [
      {
        screen: 'Two-step verification',
        act: async (page) => {
          // Its secret is new each time, so that a page that was opened anew has to ask for one.
          if (!SCAN.test(await page.text())) await addAuthenticatorApp(page);
          const secret = await readSecret(page);
          await page.click(CONTINUE);
          await enterCode(page, totpCode(secret));
        },
      },
    ],
    end: async (page) => {
      await page.waitForText('You can use one of these to sign in');
      await page.click(button('Finish'));
      await page.waitForText('Backup codes');
    },
  },
};

testFlows(FLOWS);

test('another device is signed out, the password changed, and at last the account deleted', async ({
  browser,
  control,
}) => {
  await control.createUser(GRACE);
  const phone = new FapiClient(inject('instances').production);
  const elsewhere = await phone.signIn(GRACE.emailAddress, GRACE.password);
  const page = await browser.openPopup();
  await openSecurity(page);

  await page.click('.cl-activeDeviceListItem .cl-menuButton');
  await page.click(item('Sign out of device'));
  await expect
    .poll(async () => (await control.listSessions()).find(({ sessionId }) => sessionId === elsewhere)?.status)
    .toBe('revoked');

  await page.click(button('Update password'));
  const password = 'picosecond-1906';
  const texts = { currentPassword: GRACE.password, newPassword: password, confirmPassword: password };
  await submitForm(page, texts, button('Save'));

  await page.click(button('Delete account'));
  await fillIn(page, { deleteConfirmation: 'Delete account' });
  await page.click(button('Delete account'));
  await waitForSignInForm(page);
  await page.close();
});
