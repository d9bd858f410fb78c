import { browser } from 'wxt/browser';

// Written by the page that had the mail sent; in memory only.
const STORAGE_KEY = 'mailedLinkUntil';

/** Until when a link in a mail may sign somebody in, in Unix ms; 0 when none is on its way. */
export async function readLinkExpiry(): Promise<number> {
  const stored = await browser.storage.session.get(STORAGE_KEY);
  return (stored[STORAGE_KEY] as number | undefined) ?? 0;
}

/** @param until Unix ms. */
export async function noteLinkExpiry(until: number): Promise<void> {
  await browser.storage.session.set({ [STORAGE_KEY]: until });
}
