import type { ExtensionBrowser, Surface } from 'extension-driver';

/** Where a person signs in: the toolbar popup, or Chrome's side panel and Firefox's sidebar. */
export type Place = 'popup' | 'panel';

export async function openPlace(browser: ExtensionBrowser, place: Place): Promise<Surface> {
  const popup = await browser.openPopup();
  if (place === 'popup') return popup;
  await popup.click({ role: 'button', name: 'Open side panel' });
  return browser.waitForSurface('panel', 'sidepanel.html');
}
