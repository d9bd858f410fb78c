import { Agent, request } from 'node:https';
import type { EmulatorControl, SettingsPatch } from 'clerk-emulator';
import type { ExtensionBrowser, Surface } from 'extension-driver';

export { callbackOf } from '../../../../../tools/demo/set-up.ts';

/** Sets an instance up as its developer does: two providers, and the address on the list. */
export async function setUpProviders(
  control: EmulatorControl,
  callback: string,
  settings: SettingsPatch = {},
): Promise<void> {
  await control.configure({
    socialProviders: ['oauth_google', 'oauth_github'],
    redirectUrls: [callback],
    ...settings,
  });
}

/** Presses a provider's button in Clerk's form, and gives the window that opens. */
export async function openProvider(
  browser: ExtensionBrowser,
  page: Surface,
  name = 'Google',
): Promise<Surface> {
  await page.click({ role: 'button', name: new RegExp(name) });
  return waitForProvider(browser, `oauth_${name.toLowerCase()}`);
}

export function waitForProvider(browser: ExtensionBrowser, slug: string): Promise<Surface> {
  return browser.waitForSurface('tab', `${slug}/authorize`);
}

/** The buttons of the stand-in's page, by their ids. */
export const CHOICES = {
  ada: '#person-1',
  newPerson: '#new-person',
  deny: '#deny',
  error: '#error',
  slow: '#slow',
} as const;

/** The button of somebody whom the provider knows. */
export const personWith = ({ emailAddress }: { emailAddress: string }): string =>
  `button[data-email="${emailAddress}"]`;

/** Nonces that were taken to the server, by whichever page or background. */
export async function countNonces(control: EmulatorControl): Promise<number> {
  return (await control.requests()).filter(({ query }) => query.rotating_token_nonce !== undefined).length;
}

/** A web page sends a tab to an address, as any site can. Nobody serves anything at that of the callback. */
export async function pushAnswer(browser: ExtensionBrowser, site: string, answer: string): Promise<Surface> {
  const page = await browser.openWebPage(site);
  await page.evaluate((url: string) => {
    location.href = url;
  }, answer);
  return page;
}

/** Where a request is sent to, asked from outside of the browser. */
function locationOf(url: string, form?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: form === undefined ? 'GET' : 'POST',
        agent: new Agent({ rejectUnauthorized: false }),
        lookup: (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
      },
      (answer) => {
        answer.resume();
        resolve(answer.headers.location ?? '');
      },
    );
    outgoing.on('error', reject);
    outgoing.end(form);
  });
}

/** What the provider's page would lead to: the address with the nonce. */
export async function answerOfProvider(provider: Surface): Promise<string> {
  // Its address is there before its buttons are.
  const { page, account } = await provider.waitFor(() => {
    const button = document.querySelector('#person-1') as HTMLButtonElement;
    return { page: location.href, account: button.value };
  });
  const answer = await fetch(page, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ account }),
  });
  return locationOf(answer.headers.get('location') ?? '');
}
