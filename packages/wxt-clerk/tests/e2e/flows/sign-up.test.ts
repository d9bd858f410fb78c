import { expect } from 'vitest';
import {
  enterCode,
  requestSignUpCode,
  waitForSignInForm,
  waitUntilSignedIn,
} from '../../../../../tools/steps/sign-in.ts';
import { readCode } from '../fixtures.ts';
import { test } from '../shared-browser.ts';
import { type Flow, testFlows } from './flow.ts';
import { CONTINUE, GRACE, graceIsSignedIn } from './people.ts';

const FLOWS: Record<string, Flow> = {
  'an address is put on the waitlist': {
    settings: { signUpMode: 'waitlist' },
    begin: (page) => page.click({ role: 'link', name: 'Join waitlist' }),
    steps: [],
    end: async (page, { control }) => {
      await page.type('input[name="emailAddress"]', GRACE.emailAddress);
      await page.click({ role: 'button', name: 'Join the waitlist' });
      await page.waitForText('Thanks for joining the waitlist!');
      expect(await control.listWaitlist()).toEqual([GRACE.emailAddress]);
      await page.click({ role: 'link', name: 'Sign in' });
      await waitForSignInForm(page);
    },
  },
  'an account is made': {
    begin: async (page, { control }) => {
      await requestSignUpCode(page, GRACE);
      await readCode(control, GRACE.emailAddress);
    },
    steps: [
      {
        screen: 'Verify your email',
        act: async (page, { control }) => enterCode(page, await readCode(control, GRACE.emailAddress)),
      },
    ],
    end: (page) => waitUntilSignedIn(page, GRACE.emailAddress),
  },
};

testFlows(FLOWS);

test('restricted sign-up lets in who comes with an invitation, and offers nobody else a form', async ({
  browser,
  control,
}) => {
  await control.configure({ signUpMode: 'restricted' });
  const popup = await browser.openPopup();
  await waitForSignInForm(popup);
  expect(await popup.text()).not.toContain('Sign up');
  await popup.close();

  const { ticket } = await control.createInvitation({ emailAddress: GRACE.emailAddress });
  const page = await browser.openPage(`sidepanel.html?__clerk_status=sign_up&__clerk_ticket=${ticket}`);
  await page.type('input[name="password"]', GRACE.password);
  await page.click(CONTINUE);
  await waitUntilSignedIn(page, GRACE.emailAddress);
  await page.close();
});

test('a sign-in token signs in, also for somebody who helps', async ({ browser, control }) => {
  const { userId } = await control.createUser(GRACE);
  const { ticket } = await control.createSignInToken({ userId, actor: { sub: 'user_support' } });
  const page = await browser.openPage(`sidepanel.html?__clerk_ticket=${ticket}`);
  await graceIsSignedIn(page);
  expect(await page.evaluate(() => location.search)).toBe('');
  await page.close();
});
