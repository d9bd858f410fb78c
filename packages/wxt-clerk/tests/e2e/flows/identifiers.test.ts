import { expect } from 'vitest';
import { enterCode, waitForSignInForm, waitUntilSignedIn } from '../../../../../tools/steps/sign-in.ts';
import { countRequests, readCode } from '../fixtures.ts';
import { type Flow, testFlows } from './flow.ts';
import { CONTINUE, enterPhone, GRACE, graceIsSignedIn, PHONE, typePhone } from './people.ts';

const FLOWS: Record<string, Flow> = {
  'an account is made with a phone number and a username': {
    settings: { phoneNumbers: true, usernames: true },
    begin: async (page, { control }) => {
      await page.click({ role: 'link', name: 'Sign up' });
      await page.type('input[name="username"]', 'grace');
      await page.type('input[name="password"]', GRACE.password);
      await page.click({ role: 'link', name: 'Use phone instead' });
      await enterPhone(page);
      await readCode(control, PHONE);
    },
    steps: [
      {
        screen: 'Verify your phone',
        act: async (page, { control }) => enterCode(page, await readCode(control, PHONE)),
      },
    ],
    // Her account has no name.
    end: (page) => waitUntilSignedIn(page, 'Signed in'),
  },
  'a phone number and its code': {
    settings: { phoneNumbers: true },
    people: [{ ...GRACE, phoneNumber: PHONE }],
    begin: async (page, { control }) => {
      await waitForSignInForm(page);
      await page.click({ role: 'link', name: 'Use phone' });
      await typePhone(page, 'input[name="identifier"]');
      await page.click(CONTINUE);
      await page.click({ role: 'link', name: 'Use another method' });
      await page.click({ role: 'button', name: /SMS code to/ });
      await readCode(control, PHONE);
    },
    steps: [
      {
        screen: 'Check your phone',
        act: async (page, { control }) => enterCode(page, await readCode(control, PHONE)),
      },
    ],
    end: async (page, { control }) => {
      await graceIsSignedIn(page);
      expect(
        await countRequests(control, '/prepare_first_factor'),
        'opened again it sends no second code',
      ).toBe(1);
    },
  },
};

testFlows(FLOWS);
