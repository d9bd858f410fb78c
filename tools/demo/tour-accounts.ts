import type { Emulator } from 'clerk-emulator';
import type { ExtensionBrowser } from 'extension-driver';
import { addAccount, chooseOrganization, openAccounts, switchAccount } from '../steps/accounts.ts';
import { waitUntilSignedIn } from '../steps/sign-in.ts';
import type { Album } from './album.ts';

/** The tour's part with a second account and an organization. Ada is signed in when it begins. */
export async function walkAccounts(
  browser: ExtensionBrowser,
  { seededPeople: [, charles] }: Emulator,
  pictures: Album,
): Promise<void> {
  const popup = await browser.openPopup();
  await openAccounts(popup);
  await pictures.add('The list of accounts', popup);
  await popup.press('Escape');

  await addAccount(popup, charles);
  await waitUntilSignedIn(popup, 'Charles Babbage');
  await pictures.add('A second account, added in the popup', popup);

  const panel = await browser.waitForSurface('panel', 'sidepanel.html');
  await waitUntilSignedIn(panel, 'Charles Babbage');
  await chooseOrganization(panel, /Initech/);
  await panel.waitForText('Administration');
  await pictures.add('An organization is chosen in the panel: its admins have a section of their own', panel);

  await popup.waitForText('Initech');
  await pictures.add('The popup shows it, too', popup);

  await switchAccount(panel, /Ada Lovelace/);
  await waitUntilSignedIn(panel, 'Ada Lovelace');
  await panel.waitForText('Personal account');
  await pictures.add('Back to the first account: nothing of the other is left', panel);

  await openAccounts(panel);
  await panel.click({ role: 'menuitem', name: 'Sign out Charles Babbage' });
  await panel.waitFor(() => !document.body.innerText.includes('Charles Babbage'));
  await pictures.add('One of them is signed out, and the other stays', panel);
}
