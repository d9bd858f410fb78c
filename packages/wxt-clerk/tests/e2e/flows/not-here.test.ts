import { waitForSignInForm } from '../../../../../tools/steps/sign-in.ts';
import { test } from '../shared-browser.ts';
import { CONTINUE, GRACE } from './people.ts';

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

  await control.configure({ passkeys: false });
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
  await refused.close();
});
