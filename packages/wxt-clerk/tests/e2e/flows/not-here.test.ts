import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { enterEmailAddress, enterPassword, waitForSignInForm } from '../../../../../tools/steps/sign-in.ts';
import { test } from '../shared-browser.ts';
import { CONTINUE, GRACE, graceIsSignedIn } from './people.ts';

byTurns();

// As in the package's texts.
const NO_CAPTCHA = 'Create your account on the app’s website, then sign in here.';
const NO_PASSKEY = 'Use another method here, and your passkeys on the app’s website.';

test('what an extension cannot do is said in a sentence, with where it can be done', async ({
  browser,
  control,
}) => {
  await control.configure({ botProtection: true });
  const popup = await browser.openPopup();
  await popup.click({ role: 'link', name: 'Sign up' });
  await popup.type('input[name="emailAddress"]', GRACE.emailAddress);
  await popup.type('input[name="password"]', GRACE.password);
  await popup.click(CONTINUE);
  await popup.waitForText(NO_CAPTCHA);
  await popup.close();

  // The browser gives an extension passkeys of hosts that it has a permission for; this one is of another host.
  await control.configure({ botProtection: false, passkeys: true, passkeyRelyingPartyId: 'example.com' });
  const again = await browser.openPopup();
  await again.click({ role: 'link', name: 'Use passkey instead' });
  await again.waitForText(NO_PASSKEY);
  await again.close();

  // Of the client as a whole, and of its sign-in alone.
  await control.configure({ passkeys: false, captchaChallenge: true });
  await control.addFault({
    endpoint: 'GET /v1/client',
    kind: 'status',
    status: 401,
    code: 'requires_captcha',
  });
  const refused = await browser.openPopup();
  await refused.waitForText(NO_CAPTCHA);
  await control.clearFaults();
  await waitForSignInForm(refused);
  await enterEmailAddress(refused, GRACE.emailAddress);
  await refused.waitForText(NO_CAPTCHA);
  await refused.close();
});

test('a locked account is told for how long', async ({ browser, control }) => {
  const { userId } = await control.createUser(GRACE);
  await control.updateUser(userId, { locked: true });
  const popup = await browser.openPopup();
  await enterPassword(popup, GRACE);
  await popup.waitForText('You will be able to try again in 60 minutes');
  await waitForSignInForm(popup);
  await control.updateUser(userId, { locked: false });
  await enterPassword(popup, GRACE);
  await graceIsSignedIn(popup);
  await popup.close();
});
