import { browser } from 'wxt/browser';

/** Which state of the web app this extension has followed: nobody, or when its client last changed. Not secret. */
export interface SeenStore {
  read(): Promise<string | undefined>;
  write(state: string): Promise<void>;
}

const KEY = 'webAppSeen';

/** Outlives the background, not the browser: then it is not known any more who is signed in either. */
export const seenStore: SeenStore = {
  async read() {
    return (await browser.storage.session.get(KEY))[KEY] as string | undefined;
  },
  write: (state) => browser.storage.session.set({ [KEY]: state }),
};
