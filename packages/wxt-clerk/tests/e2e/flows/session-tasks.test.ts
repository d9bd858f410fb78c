import { totpCode } from 'clerk-emulator';
import type { Surface } from 'extension-driver';
import { expect } from 'vitest';
import { enterCode, enterPassword, waitForSignInForm } from '../../../../../tools/steps/sign-in.ts';
import { ask, readCode } from '../fixtures.ts';
import { test } from '../shared-browser.ts';
import { type Flow, testFlows, type World } from './flow.ts';
import { CONTINUE, enterPhone, fillIn, GRACE, graceIsSignedIn, PHONE, readSecret } from './people.ts';
import { openPlace } from './places.ts';

const ORGANIZATIONS = { organizations: true, forceOrganizationSelection: true };
const SECOND_FACTOR = { secondFactorRequired: true };

const signIn = (page: Surface) => enterPassword(page, GRACE);

async function makeOrganization(page: Surface): Promise<void> {
  await page.type('input[name="name"]', 'Navy');
  await page.click(CONTINUE);
}

async function setUpPhone(page: Surface, { control }: World): Promise<void> {
  await enterPhone(page);
  await enterCode(page, await readCode(control, PHONE));
}

/** Who has a task is somebody, and gets no token. */
async function expectPending(page: Surface, key: string): Promise<void> {
  const user = { status: 'pending', currentTask: { key } };
  expect(await ask(page, { type: 'get-user' })).toMatchObject({ ok: true, value: user });
  expect(await ask(page, { type: 'get-token' })).toMatchObject({ ok: true, value: null });
}

const FLOWS: Record<string, Flow> = {
  'an organization is made': {
    isOnlyInMatrix: true,
    settings: ORGANIZATIONS,
    people: [GRACE],
    begin: signIn,
    steps: [{ screen: 'Setup your organization', act: makeOrganization }],
    end: graceIsSignedIn,
  },
  'an organization is chosen': {
    settings: ORGANIZATIONS,
    begin: async (page, { control }) => {
      const { userId } = await control.createUser(GRACE);
      await control.createOrganization({ name: 'Navy', memberUserIds: [userId] });
      await signIn(page);
    },
    steps: [
      {
        screen: 'Choose an organization',
        act: async (page) => {
          await expectPending(page, 'choose-organization');
          await page.click({ role: 'button', name: /Navy/ });
        },
      },
    ],
    end: graceIsSignedIn,
  },
  'a new password is set': {
    begin: async (page, { control }) => {
      const { userId } = await control.createUser(GRACE);
      await control.updateUser(userId, { mustResetPassword: true });
      await signIn(page);
    },
    steps: [
      {
        screen: 'Your account requires a new password',
        act: async (page) => {
          await fillIn(page, { newPassword: 'picosecond-1906', confirmPassword: 'picosecond-1906' });
          await page.click({ role: 'button', name: 'Reset Password' });
        },
      },
    ],
    end: graceIsSignedIn,
  },
  'an authenticator app is set up, and its backup codes are shown': {
    settings: { ...SECOND_FACTOR, secondFactors: ['totp', 'phone_code', 'backup_code'] },
    people: [GRACE],
    begin: signIn,
    steps: [
      {
        screen: 'Set up two-step verification',
        act: async (page) => {
          await page.click({ role: 'button', name: 'Authenticator application' });
          const secret = await readSecret(page);
          await page.click(CONTINUE);
          await enterCode(page, totpCode(secret));
        },
      },
    ],
    end: async (page, { control }) => {
      await page.waitForText('Save these backup codes');
      expect(await control.listSessions()).toMatchObject([{ status: 'active' }]);
      await page.click(CONTINUE);
      await graceIsSignedIn(page);
    },
  },
  'one task comes after the other': {
    settings: { ...SECOND_FACTOR, secondFactors: ['phone_code'], ...ORGANIZATIONS },
    people: [GRACE],
    begin: signIn,
    steps: [
      { screen: 'Setup your organization', act: makeOrganization },
      { screen: 'Add phone number', act: setUpPhone },
    ],
    end: async (page) => {
      await page.click(CONTINUE);
      await graceIsSignedIn(page);
    },
  },
  'the person signs out instead': {
    settings: ORGANIZATIONS,
    people: [GRACE],
    begin: signIn,
    steps: [
      {
        screen: 'Setup your organization',
        act: (page) => page.click({ role: 'link', name: 'Sign out' }),
      },
    ],
    end: async (page, { control }) => {
      await waitForSignInForm(page);
      expect(await control.listSessions()).toMatchObject([{ status: 'removed' }]);
      // The page's Clerk signed out by itself, and then told the background.
      await expect.poll(() => ask(page, { type: 'get-user' })).toMatchObject({ ok: true, value: null });
    },
  },
};

testFlows(FLOWS);

test('a task that is done in the popup is done in the panel, too', async ({ browser, control }) => {
  await control.configure(ORGANIZATIONS);
  await control.createUser(GRACE);
  const panel = await openPlace(browser, 'panel');
  await signIn(panel);
  await panel.waitForText('Setup your organization');
  const popup = await browser.openPopup();
  await makeOrganization(popup);
  await graceIsSignedIn(popup);
  await graceIsSignedIn(panel);
  await panel.click({ role: 'button', name: 'Manage account' });
  await panel.waitForText('Profile details');
});
