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
