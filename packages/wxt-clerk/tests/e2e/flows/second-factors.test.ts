import { totpCode } from 'clerk-emulator';
import type { Surface } from 'extension-driver';
import { expect } from 'vitest';
import {
  enterCode,
  enterEmailAddress,
  enterPassword,
  requestEmailCode,
} from '../../../../../tools/steps/sign-in.ts';
import { countRequests, readCode } from '../fixtures.ts';
import { type Flow, testFlows, type World } from './flow.ts';
import { CONTINUE, fillIn, GRACE, graceIsSignedIn, PHONE, SECRET } from './people.ts';

const ALTERNATIVES = { role: 'link', name: 'Use another method' };

async function expectOneCode(page: Surface, { control }: World): Promise<void> {
  await graceIsSignedIn(page);
  expect(await countRequests(control, '/prepare_second_factor'), 'opened again it sends no second code').toBe(
    1,
  );
}

const FLOWS: Record<string, Flow> = {
  'the code of an authenticator app': {
    isOnlyInMatrix: true,
    settings: { secondFactors: ['totp', 'backup_code'] },
    people: [{ ...GRACE, totpSecret: SECRET }],
    begin: (page) => enterPassword(page, GRACE),
    steps: [{ screen: 'Two-step verification', act: (page) => enterCode(page, totpCode(SECRET)) }],
    end: graceIsSignedIn,
  },
  'a backup code': {
    settings: { secondFactors: ['totp', 'backup_code'] },
    people: [{ ...GRACE, totpSecret: SECRET, backupCodes: ['one4allx'] }],
    begin: (page) => enterPassword(page, GRACE),
    steps: [
      {
        screen: 'Two-step verification',
        act: async (page) => {
          await page.click(ALTERNATIVES);
          await page.click({ role: 'button', name: 'Use a backup code' });
          await page.type('input[name="code"]', 'one4allx');
          await page.click(CONTINUE);
        },
      },
    ],
    end: graceIsSignedIn,
  },
  'a code by SMS, although there is an authenticator app': {
    settings: { secondFactors: ['totp', 'phone_code'] },
    people: [{ ...GRACE, totpSecret: SECRET, phoneNumber: PHONE }],
    begin: async (page, { control }) => {
      await enterPassword(page, GRACE);
      // The step before has a link of this name, too.
      await page.waitForText('Two-step verification');
      await page.click(ALTERNATIVES);
      await page.click({ role: 'button', name: /Send SMS code/ });
      await readCode(control, PHONE);
    },
    steps: [
      {
        screen: 'Check your phone',
        act: async (page, { control }) => enterCode(page, await readCode(control, PHONE)),
      },
    ],
    end: expectOneCode,
  },
  'a code by mail, because nobody has signed in here before': {
    settings: { clientTrust: true },
    people: [GRACE],
    begin: async (page, { control }) => {
      await enterPassword(page, GRACE);
      await readCode(control, GRACE.emailAddress);
    },
    steps: [
      {
        screen: 'signing in from a new device',
        act: async (page, { control }) => enterCode(page, await readCode(control, GRACE.emailAddress)),
      },
    ],
    end: expectOneCode,
  },
  'a code by mail after the password, from everybody': {
    isOnlyInMatrix: true,
    settings: { secondFactors: ['email_code'] },
    people: [GRACE],
    begin: async (page, { control }) => {
      await enterPassword(page, GRACE);
      await readCode(control, GRACE.emailAddress);
    },
    steps: [
      {
        screen: 'Check your email',
        act: async (page, { control }) => enterCode(page, await readCode(control, GRACE.emailAddress)),
      },
    ],
    end: expectOneCode,
  },
  'a code by mail, then one of the authenticator app': {
    isOnlyInMatrix: true,
    settings: { secondFactors: ['totp'] },
    people: [{ ...GRACE, totpSecret: SECRET }],
    begin: async (page, { control }) => {
      await requestEmailCode(page, GRACE.emailAddress);
      await readCode(control, GRACE.emailAddress);
    },
    steps: [
      {
        screen: 'Check your email',
        act: async (page, { control }) => enterCode(page, await readCode(control, GRACE.emailAddress)),
      },
      { screen: 'Two-step verification', act: (page) => enterCode(page, totpCode(SECRET)) },
    ],
    end: graceIsSignedIn,
  },
  'a forgotten password, with a second factor': {
    settings: { secondFactors: ['totp'] },
    people: [{ ...GRACE, totpSecret: SECRET }],
    begin: async (page, { control }) => {
      await enterEmailAddress(page, GRACE.emailAddress);
      await page.click({ role: 'link', name: 'Forgot password?' });
      await page.click({ role: 'button', name: 'Reset your password' });
      await readCode(control, GRACE.emailAddress);
    },
    steps: [
      {
        screen: 'enter the code sent to your email address',
        act: async (page, { control }) => enterCode(page, await readCode(control, GRACE.emailAddress)),
      },
      {
        screen: 'Set new password',
        act: async (page) => {
          await fillIn(page, { password: 'picosecond-1906', confirmPassword: 'picosecond-1906' });
          await page.click({ role: 'button', name: 'Reset Password' });
        },
      },
      {
        screen: 'verify your identity before resetting',
        act: (page) => enterCode(page, totpCode(SECRET)),
      },
    ],
    end: async (page, { control }) => {
      await graceIsSignedIn(page);
      expect(await countRequests(control, '/prepare_first_factor')).toBe(1);
    },
  },
};

testFlows(FLOWS);
