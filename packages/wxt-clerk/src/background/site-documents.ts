import { browser } from 'wxt/browser';
import type { AuthChanged, AuthChangedNotice } from '../messages/protocol';
import type { Subscriber, SubscriberStore } from './subscriptions';

const STORAGE_KEY = 'subscribers';

/** The subscribers in `storage.session`: closed to content scripts, and gone with the browser. */
export const subscriberStore: SubscriberStore = {
  async read() {
    const stored = await browser.storage.session.get(STORAGE_KEY);
    return (stored[STORAGE_KEY] as Subscriber[] | undefined) ?? [];
  },
  write: (subscribers) => browser.storage.session.set({ [STORAGE_KEY]: subscribers }),
};

/** Sends a message to one document, never to a frame in it. @throws When the document is gone. */
export async function tellDocument(
  message: AuthChanged | AuthChangedNotice,
  { tabId, documentId }: Subscriber,
): Promise<void> {
  const target = documentId === undefined ? { frameId: 0 } : { documentId };
  await browser.tabs.sendMessage(tabId, message, target);
}
