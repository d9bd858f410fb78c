import type { ExtensionBrowser, Surface } from 'extension-driver';
import { chooseOrganization } from '../steps/accounts.ts';
import { addNote } from '../steps/notes.ts';
import { waitUntilSignedIn } from '../steps/sign-in.ts';
import type { Album } from './album.ts';
import { CARD, CARD_API } from './card.ts';
import type { Servers } from './tour.ts';

/** The tour's part with the developer's own API. Ada is signed in when it begins, and the panel is open. */
export async function walkNotes(
  browser: ExtensionBrowser,
  { emulator, site }: Servers,
  pictures: Album,
): Promise<void> {
  const panel = await browser.waitForSurface('panel', 'sidepanel.html');
  await waitUntilSignedIn(panel, 'Ada Lovelace');
  await addNote(panel, 'Ask Charles about the Bernoulli numbers');
  await pictures.add('A note, written in the panel and kept by the API', panel);

  const web = await browser.openWebPage(site.url);
  await web.waitForShadowText(CARD, CARD_API, 'Bernoulli');
  await pictures.add('The card on a web page has it from the API', web);

  await chooseOrganization(panel, /Globex/);
  await panel.waitForText('Administration');
  await addNote(panel, 'Order more punched cards');
  await panel.waitForText('Notes in this organization: 1');
  await pictures.add('A note of an organization, and what the API says to its admins', panel);

  const { seededOrganizations, seededUser, control } = emulator;
  const [{ organizationId }] = seededOrganizations;
  await control.setMembership(organizationId, { userId: seededUser.userId, role: 'org:member' });
  await nextToken(panel);
  await panel.waitFor(() => !document.body.innerText.includes('Administration'));
  await pictures.add('The role is taken away on the server: with the next token its section goes', panel);

  await control.setMembership(organizationId, { userId: seededUser.userId, role: 'org:admin' });
  await chooseOrganization(panel, /Personal account/);
  await panel.waitForText('Bernoulli');
}

/** What comes by itself within a minute. */
async function nextToken(page: Surface): Promise<void> {
  await page.evaluate(() => {
    const { chrome } = globalThis as unknown as {
      chrome: { runtime: { sendMessage(message: object): unknown } };
    };
    return Promise.resolve(chrome.runtime.sendMessage({ type: 'get-token', skipCache: true })).then(
      () => true,
    );
  });
}
