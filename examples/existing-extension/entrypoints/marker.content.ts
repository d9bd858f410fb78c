import { browser, defineContentScript } from '#imports';

/** Counts visits in storage of its own. It asks wxt-clerk for nothing, so nobody has to grant it anything. */
export default defineContentScript({
  matches: ['http://reader.localhost/*'],
  async main() {
    const { visits = 0 } = await browser.storage.local.get<{ visits?: number }>('visits');
    await browser.storage.local.set({ visits: visits + 1 });
    document.documentElement.dataset.visits = String(visits + 1);
  },
});
