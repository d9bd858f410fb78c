import { browser } from 'wxt/browser';
import { defineWxtPlugin } from 'wxt/utils/define-wxt-plugin';

/** In `local`: `session` is emptied when an extension is loaded anew. */
const STORAGE_KEY = 'wxt-clerk:development-pages';
/** The browser closes the pages of an extension that it loads anew; those the background must not see as closed by hand. In ms. */
const CLOSED_BY_HAND_AFTER = 500;

/**
 * In development mode, opens the extension's pages again that a reload of it closed, and those of the last start: each
 * once, and in tabs. A side panel and a popup open by a click alone.
 */
export default defineWxtPlugin(() => {
  if (import.meta.env.ENTRYPOINT !== 'background') return;
  const open = new Map<number, string>();
  const isOwn = (url: string | undefined): url is string =>
    Boolean(url?.startsWith(browser.runtime.getURL('/')));
  const store = () => browser.storage.local.set({ [STORAGE_KEY]: [...new Set(open.values())] });

  // Development mode has the permission to see addresses.
  browser.tabs.onUpdated.addListener((tabId, { url }) => {
    if (isOwn(url)) open.set(tabId, url);
    else if (!url || !open.delete(tabId)) return;
    void store();
  });
  browser.tabs.onRemoved.addListener((tabId) => {
    setTimeout(() => open.delete(tabId) && void store(), CLOSED_BY_HAND_AFTER);
  });
  void reopen();

  async function reopen(): Promise<void> {
    const { [STORAGE_KEY]: closed = [] } = await browser.storage.local.get(STORAGE_KEY);
    for (const { id, url } of await browser.tabs.query({}))
      if (id !== undefined && isOwn(url)) open.set(id, url);
    const here = new Set(open.values());
    for (const url of (closed as string[]).filter((each) => !here.has(each))) {
      const { id } = await browser.tabs.create({ url, active: false });
      if (id !== undefined) open.set(id, url);
    }
    // Also those that were there before the listeners were.
    await store();
  }
});
