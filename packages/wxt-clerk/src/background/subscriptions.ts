import type { SiteDocument } from '../messages/message';
import type { AuthChanged, AuthChangedNotice } from '../messages/protocol';
import { publicAuthStateOf } from '../messages/public-user';
import type { AuthState } from '../shared/auth-state';
import { createOnce } from './create-once';
import { MOST_SUBSCRIBERS } from './throttles';

/** A document that is told of every change of the auth state. */
export interface Subscriber {
  tabId: number;
  /**
   * Firefox has it from version 153 (https://bugzilla.mozilla.org/show_bug.cgi?id=1891478); without it, whatever is in the
   * tab's top frame is told that something changed.
   */
  documentId?: string | undefined;
}

/** Where the subscribers are kept: memory only, but longer than the background lives. */
export interface SubscriberStore {
  read(): Promise<Subscriber[]>;
  write(subscribers: Subscriber[]): Promise<void>;
}

export interface Subscriptions {
  add(subscriber: Subscriber): Promise<void>;
  /** Tells everybody. Who cannot be told any more is forgotten. */
  push(state: Pick<AuthState, 'user' | 'revision'>): Promise<void>;
}

export interface SubscriptionDependencies {
  store: SubscriberStore;
  /** @throws When the document is gone. */
  deliver(message: AuthChanged | AuthChangedNotice, to: Subscriber): Promise<unknown>;
}

// The tab may have gone on to a page that nobody granted anything.
const NOTICE: AuthChangedNotice = { type: 'auth-changed' };

/** Web pages that follow the auth state, without a connection that would keep the background alive. */
export function createSubscriptions({ store, deliver }: SubscriptionDependencies): Subscriptions {
  let subscribers: Subscriber[] = [];
  const recall = createOnce(async () => {
    subscribers = await store.read();
  });

  async function change(to: (current: Subscriber[]) => Subscriber[]): Promise<void> {
    await recall();
    // Changed before it is stored, so that two changes at once do not undo one another.
    subscribers = to(subscribers);
    await store.write(subscribers);
  }

  const without = (all: Subscriber[], gone: Subscriber[]) =>
    all.filter((each) => !gone.some((other) => isSame(each, other)));

  return {
    add: (subscriber) =>
      // A tab has one top document: those before it would only push other tabs out of the list.
      change((current) => [
        ...current.filter(({ tabId }) => tabId !== subscriber.tabId).slice(1 - MOST_SUBSCRIBERS),
        subscriber,
      ]),
    async push(state) {
      await recall();
      const message: AuthChanged = {
        type: 'auth-changed',
        ...publicAuthStateOf(state),
        revision: state.revision,
      };
      const told = await Promise.all(
        subscribers.map(async (subscriber) => {
          try {
            await deliver(subscriber.documentId === undefined ? NOTICE : message, subscriber);
            return null;
          } catch {
            return subscriber;
          }
        }),
      );
      const gone = told.filter((subscriber) => subscriber !== null);
      if (gone.length > 0) await change((current) => without(current, gone));
    },
  };
}

/** The subscriber that a site's document is; `null` when the browser does not say in which tab it is. */
export function subscriberOf({ tabId, documentId }: SiteDocument): Subscriber | null {
  return tabId === undefined ? null : { tabId, documentId };
}

function isSame(a: Subscriber, b: Subscriber): boolean {
  return a.tabId === b.tabId && a.documentId === b.documentId;
}
