import { browser } from 'wxt/browser';

/** Opens the token demo in a new tab. A popup closes by itself as the tab takes the focus. */
export function openTokenDemo(): void {
  void browser.tabs.create({ url: browser.runtime.getURL('/token-demo.html') });
}
