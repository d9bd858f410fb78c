import { verifyToken } from '@clerk/backend';
import type { Emulator } from 'clerk-emulator';
import type { ExtensionBrowser } from 'extension-driver';
import type { DemoSite } from '../demo-site/index.ts';
import { enterEmailAddress, submitPassword, waitForSignInForm, waitUntilSignedIn } from '../steps/sign-in.ts';
import { getDemoToken } from '../steps/token-demo.ts';
import { Album } from './album.ts';
import { CARD, CARD_NAME } from './card.ts';

/** What the tour goes to besides the extension. */
export interface Servers {
  emulator: Emulator;
  site: DemoSite;
}

/** A part of the tour, which adds its steps to the album. */
export type Part = (pictures: Album) => Promise<void>;

/**
 * Walks the whole path in a real browser, as a person would, with a progress line and a screenshot for every step.
 *
 * @param folder Where the screenshots go; it is emptied first.
 * @returns The exit code: 0 when every step worked, 1 at the first that did not.
 */
export async function walkTour(parts: Part[], folder: string): Promise<number> {
  const pictures = await Album.create(folder);
  const started = performance.now();
  try {
    for (const part of parts) await part(pictures);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`\nAll ${pictures.count} steps worked, in ${seconds} s. Screenshots: ${pictures.folder}`);
    return 0;
  } catch (error) {
    console.error(`\nStep ${pictures.count + 1} failed: ${error instanceof Error ? error.message : error}`);
    console.error(`Screenshots of the steps before it: ${pictures.folder}`);
    return 1;
  }
}

/** The tour's first part: from the sign-in to single sign-on. */
export async function walkExtension(
  browser: ExtensionBrowser,
  { emulator, site }: Servers,
  pictures: Album,
): Promise<void> {
  const { seededUser } = emulator;
  const popup = await browser.openPopup();
  await waitForSignInForm(popup);
  await pictures.add('Popup open, signed out', popup);

  await enterEmailAddress(popup, seededUser.emailAddress);
  await popup.waitForText('Enter your password');
  await pictures.add('E-mail address given in Clerk’s own form', popup);

  await submitPassword(popup, seededUser.password);
  await waitUntilSignedIn(popup, 'Ada Lovelace');
  await pictures.add('Signed in', popup);

  await popup.click({ role: 'button', name: 'Open side panel' });
  const panel = await browser.waitForSurface('panel', 'sidepanel.html');
  await waitUntilSignedIn(panel, 'Ada Lovelace');
  await pictures.add('Side panel open', panel);

  await popup.close();
  const demo = await browser.openPage('token-demo.html');
  await demo.waitForText('Signed in as Ada Lovelace.');
  await browser.stopBackground();
  await pictures.add('Popup closed, background stopped, token demo open', demo);

  const token = await getDemoToken(demo);
  await pictures.add('Token received from the background', demo);

  const claims = await verifyToken(token, {
    jwtKey: emulator.jwtKey,
    authorizedParties: [browser.extensionOrigin],
  });
  await pictures.add(`Token verified by @clerk/backend: ${claims.sub}, from ${claims.azp}`, demo);

  const web = await browser.openWebPage(site.url);
  await web.waitForShadowText(CARD, CARD_NAME, 'Ada Lovelace');
  await pictures.add('A web page: its content script shows the person', web);

  await panel.click({ role: 'button', name: 'Sign out' });
  await waitForSignInForm(panel);
  await pictures.add('Signed out in the side panel', panel);

  await demo.waitForText('Nobody is signed in');
  await pictures.add('The token demo saw it', demo);

  await web.waitForShadowText(CARD, CARD_NAME, 'Nobody is signed in');
  await pictures.add('The content script saw it, too', web);

  const again = await browser.openPopup();
  await waitForSignInForm(again);
  await pictures.add('The popup saw it', again);

  await again.click({ role: 'button', name: /Google/ });
  const provider = await browser.waitForSurface('tab', '/oauth_google/authorize');
  await provider.waitForText('Continue as Ada Lovelace');
  await pictures.add('Single sign-on: the provider’s page, in a window of its own', provider);

  await provider.click('#person-1');
  await demo.waitForText('Signed in as Ada Lovelace.');
  await waitUntilSignedIn(panel, 'Ada Lovelace');
  await pictures.add(
    'Back from the provider: signed in everywhere, whether the popup is there or not',
    panel,
  );
}
