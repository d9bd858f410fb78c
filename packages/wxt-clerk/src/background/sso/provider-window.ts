import { browser } from 'wxt/browser';

/** The window with a provider's page. It is of the web, and shares nothing with the extension. */
export interface ProviderWindow {
  /** Opens it, still empty: what it loads could be back before anybody has noted its tab. @returns Its tab. */
  open(): Promise<number>;
  load(tabId: number, url: string): Promise<void>;
  isOpen(tabId: number): Promise<boolean>;
  /** What is closed already is no error. */
  close(tabId: number): Promise<void>;
}

// About what providers lay their pages out for.
const SIZE = { width: 520, height: 720 };

export const providerWindow: ProviderWindow = {
  async open() {
    const window = await browser.windows.create({ type: 'popup', url: 'about:blank', ...SIZE });
    const tabId = window?.tabs?.[0]?.id;
    if (tabId === undefined) throw new Error('No window was opened.');
    return tabId;
  },
  async load(tabId, url) {
    await browser.tabs.update(tabId, { url });
  },
  isOpen: (tabId) =>
    browser.tabs.get(tabId).then(
      () => true,
      () => false,
    ),
  async close(tabId) {
    await browser.tabs.remove(tabId).catch(() => {});
  },
};
