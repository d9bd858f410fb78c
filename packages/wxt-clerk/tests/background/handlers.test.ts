// @vitest-environment node
import { describe, expect, test, vi } from 'vitest';
import type { AuthService } from '../../src/background/auth-service';
import { createHandlers } from '../../src/background/handlers';
import type { SiteDocument } from '../../src/background/router';
import { createSubscriptions } from '../../src/background/subscriptions';
import { ADA } from '../support/fake-background';
import { ACCESS } from '../support/senders';

const TOKEN = { token: 'a.b.c', expiresAt: 1 };
const PUBLIC_ADA = { firstName: 'Ada', lastName: 'Lovelace', imageUrl: null };

function handlersWith(user: typeof ADA | null = ADA) {
  const auth = {
    getToken: vi.fn(async () => TOKEN),
    getUser: vi.fn(async () => user),
  } satisfies Partial<AuthService>;
  const write = vi.fn(async () => {});
  const subscriptions = createSubscriptions({
    store: { read: async () => [], write },
    deliver: async () => {},
  });
  const handlers = createHandlers({
    auth: auth as unknown as AuthService,
    subscriptions,
    fetchApi: async () => ({ status: 200, headers: {}, body: null }),
    access: ACCESS,
  });
  return { ...handlers, auth, write };
}

const site = (origin = 'https://site.example'): SiteDocument => ({ origin, tabId: 7, documentId: 'd' });

describe('what a content script gets', () => {
  test('of the person: name and picture, no id and no address', async () => {
    const { publicHandlers } = handlersWith();
    expect(await publicHandlers['get-user']({ type: 'get-user' }, site())).toEqual(PUBLIC_ADA);
    expect(await handlersWith(null).publicHandlers['get-user']({ type: 'get-user' }, site())).toBeNull();
  });

  test('of the signed-in flag', async () => {
    expect(await handlersWith().publicHandlers['is-signed-in']({ type: 'is-signed-in' }, site())).toBe(true);
    expect(await handlersWith(null).publicHandlers['is-signed-in']({ type: 'is-signed-in' }, site())).toBe(
      false,
    );
  });

  test('of a subscription: the state now, and its document is kept', async () => {
    const { publicHandlers, write } = handlersWith();
    expect(await publicHandlers.subscribe({ type: 'subscribe' }, site())).toEqual({
      isSignedIn: true,
      user: PUBLIC_ADA,
    });
    expect(write).toHaveBeenLastCalledWith([{ tabId: 7, documentId: 'd' }]);
    expect(await publicHandlers.unsubscribe({ type: 'unsubscribe' }, site())).toBeNull();
    expect(write).toHaveBeenLastCalledWith([]);
  });

  test.each([
    ['https://token.example', undefined, undefined],
    ['https://template.example:8443', 'api', 'api'],
    ['https://template.example:8443', undefined, 'api'],
  ])('of a token, on %s, asking for the template %s: one of %s', async (origin, template, granted) => {
    const { publicHandlers, auth } = handlersWith();
    expect(await publicHandlers['get-token']({ type: 'get-token', template }, site(origin))).toEqual(TOKEN);
    expect(auth.getToken).toHaveBeenCalledExactlyOnceWith({ template: granted });
  });

  test.each([
    ['https://token.example', 'api'],
    ['https://template.example:8443', 'admin'],
    ['https://template.example', undefined],
    ['https://site.example', undefined],
  ])('of a token, on %s, asking for the template %s: nothing', async (origin, template) => {
    const { publicHandlers, auth } = handlersWith();
    await expect(
      publicHandlers['get-token']({ type: 'get-token', template }, site(origin)),
    ).rejects.toMatchObject({ code: 'forbidden' });
    expect(auth.getToken).not.toHaveBeenCalled();
  });
});

describe('what our own page gets', () => {
  test('of a subscription: the state, and nothing is kept', async () => {
    const { handlers, write } = handlersWith();
    expect(await handlers.subscribe({ type: 'subscribe' })).toEqual({ isSignedIn: true, user: PUBLIC_ADA });
    expect(await handlers.unsubscribe({ type: 'unsubscribe' })).toBeNull();
    expect(write).not.toHaveBeenCalled();
  });

  test('of a token: with all the options that it named', async () => {
    const { handlers, auth } = handlersWith();
    await handlers['get-token']({ type: 'get-token', template: 'admin', skipCache: true });
    expect(auth.getToken).toHaveBeenCalledExactlyOnceWith({ template: 'admin', skipCache: true });
  });
});
