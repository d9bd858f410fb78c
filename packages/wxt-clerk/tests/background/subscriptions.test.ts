// @vitest-environment node
import { describe, expect, test, vi } from 'vitest';
import { createSubscriptions, type Subscriber } from '../../src/background/subscriptions';
import type { AuthChanged, AuthChangedNotice } from '../../src/messages/protocol';
import { ADA } from '../support/fake-background';

function createMemory(kept: Subscriber[] = []) {
  return {
    get kept() {
      return kept;
    },
    read: async () => structuredClone(kept),
    write: async (subscribers: Subscriber[]) => {
      kept = structuredClone(subscribers);
    },
  };
}

function subscriptionsWith(store = createMemory(), gone: number[] = []) {
  const told: [AuthChanged | AuthChangedNotice, Subscriber][] = [];
  const deliver = vi.fn(async (message: AuthChanged | AuthChangedNotice, to: Subscriber) => {
    if (gone.includes(to.tabId)) throw new Error('Could not establish connection.');
    told.push([message, to]);
  });
  return { subscriptions: createSubscriptions({ store, deliver }), store, told, deliver };
}

const state = { revision: 5, user: ADA };

describe('documents that follow the auth state', () => {
  test('are told who is signed in, without any id or address', async () => {
    const { subscriptions, told } = subscriptionsWith();
    await subscriptions.add({ tabId: 1, documentId: 'd1' });
    await subscriptions.push(state);
    const user = { firstName: 'Ada', lastName: 'Lovelace', imageUrl: null };
    expect(told).toEqual([
      [
        { type: 'auth-changed', isSignedIn: true, user, revision: 5 },
        { tabId: 1, documentId: 'd1' },
      ],
    ]);
  });

  test('are told that nobody is signed in', async () => {
    const { subscriptions, told } = subscriptionsWith();
    await subscriptions.add({ tabId: 1, documentId: 'd1' });
    await subscriptions.push({ revision: 6, user: null });
    expect(told[0]?.[0]).toEqual({ type: 'auth-changed', isSignedIn: false, user: null, revision: 6 });
  });

  test('are told only that something changed where their tab may show another page by now', async () => {
    const { subscriptions, told } = subscriptionsWith();
    await subscriptions.add({ tabId: 1 });
    await subscriptions.push(state);
    expect(told).toEqual([[{ type: 'auth-changed' }, { tabId: 1 }]]);
  });

  test('outlive the background', async () => {
    const { subscriptions, store } = subscriptionsWith();
    await subscriptions.add({ tabId: 1, documentId: 'd1' });
    const next = subscriptionsWith(store);
    await next.subscriptions.push(state);
    expect(next.told).toHaveLength(1);
  });

  test('are told once, however often they subscribe', async () => {
    const { subscriptions, told } = subscriptionsWith();
    for (let time = 0; time < 3; time += 1) await subscriptions.add({ tabId: 1, documentId: 'd1' });
    await subscriptions.push(state);
    expect(told).toHaveLength(1);
  });

  test('are forgotten when they are gone, and keep nobody else from being told', async () => {
    const { subscriptions, store, told, deliver } = subscriptionsWith(createMemory(), [1]);
    await subscriptions.add({ tabId: 1 });
    await subscriptions.add({ tabId: 2 });
    await subscriptions.push(state);
    await subscriptions.push({ ...state, revision: 6 });
    expect(told.map(([, { tabId }]) => tabId)).toEqual([2, 2]);
    expect(deliver).toHaveBeenCalledTimes(3);
    expect(store.kept).toEqual([{ tabId: 2 }]);
  });

  test('take the place of those that their tab showed before, and of nobody else', async () => {
    const { subscriptions, store, told } = subscriptionsWith();
    await subscriptions.add({ tabId: 1, documentId: 'watching for days' });
    for (let load = 0; load < 300; load += 1)
      await subscriptions.add({ tabId: 2, documentId: `reload ${load}` });
    await subscriptions.push(state);
    expect(told.map(([, { documentId }]) => documentId)).toEqual(['watching for days', 'reload 299']);
    expect(store.kept).toHaveLength(2);
  });

  test('are 200 at most: the oldest goes', async () => {
    const { subscriptions, store } = subscriptionsWith();
    for (let tabId = 0; tabId < 201; tabId += 1) await subscriptions.add({ tabId });
    expect(store.kept).toHaveLength(200);
    expect(store.kept[0]).toEqual({ tabId: 1 });
  });

  test('that subscribe at the same time are all kept', async () => {
    const { subscriptions, store } = subscriptionsWith();
    await Promise.all([1, 2, 3].map((tabId) => subscriptions.add({ tabId })));
    expect(store.kept.map(({ tabId }) => tabId)).toEqual([1, 2, 3]);
  });
});
