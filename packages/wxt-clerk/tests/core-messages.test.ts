// @vitest-environment node
import { describe, expect, test, vi } from 'vitest';
import { coreMessages } from '../src/messages/core-messages';
import type { MessageContext, Part, SiteDocument } from '../src/messages/message';
import { partFor, rowOf, tokenGrantOf } from '../src/messages/sender-policy';
import { ADA, PENDING_ADA } from './support/fake-background';
import { ACCESS } from './support/senders';
import { sessionsOfNobody } from './support/sessions-of-nobody';

const TOKEN = { token: 'a.b.c', expiresAt: 1 };
const PUBLIC_ADA = { firstName: 'Ada', lastName: 'Lovelace', imageUrl: null };
const API_RESPONSE = { status: 200, headers: {}, body: null };

function contextWith(user: typeof ADA | null = ADA) {
  const auth = {
    getToken: vi.fn(async () => TOKEN),
    getUser: vi.fn(async () => user),
    signOut: vi.fn(async () => null),
    refresh: vi.fn(async () => user),
    ...sessionsOfNobody(),
  };
  return { auth, follow: vi.fn(async () => {}), fetchApi: vi.fn(async () => API_RESPONSE) };
}

type Context = ReturnType<typeof contextWith>;
type Options = Record<string, unknown>;

/** Handles a message of our own page. */
async function handle(type: string, context: Context, options: Options = {}): Promise<unknown> {
  const part = partFor('own-page', rowOf(coreMessages, type)) as Part;
  return part.handle(options, { ...context, site: null } as unknown as MessageContext);
}

/** Handles a message of a site's content script, as a site with tokens: a grant may be gone since the router looked. */
async function handleOfSite(
  type: string,
  context: Context,
  { origin = 'https://site.example', ...options }: Options & { origin?: string } = {},
): Promise<unknown> {
  const part = partFor('token-site', rowOf(coreMessages, type)) as Part;
  const site: SiteDocument = { origin, tabId: 7, documentId: 'd', tokenGrant: tokenGrantOf(origin, ACCESS) };
  return part.handle(options, { ...context, site } as MessageContext);
}

describe('what a content script gets', () => {
  test('of the person: name and picture, no id and no address', async () => {
    expect(await handleOfSite('get-user', contextWith())).toEqual(PUBLIC_ADA);
    expect(await handleOfSite('get-user', contextWith(null))).toBeNull();
    expect(await handleOfSite('get-user', contextWith(PENDING_ADA))).toBeNull();
  });

  test('of a subscription: the state now, after its document is one that follows', async () => {
    const context = contextWith();
    expect(await handleOfSite('subscribe', context)).toEqual({ isSignedIn: true, user: PUBLIC_ADA });
    const site = expect.objectContaining({ tabId: 7, documentId: 'd' });
    expect(context.follow).toHaveBeenCalledExactlyOnceWith(site);
    const [followed] = context.follow.mock.invocationCallOrder;
    expect(followed).toBeLessThan(Number(context.auth.getUser.mock.invocationCallOrder[0]));
    for (const user of [null, PENDING_ADA])
      expect(await handleOfSite('subscribe', contextWith(user))).toEqual({ isSignedIn: false, user: null });
  });

  test.each([
    ['https://token.example', undefined, undefined],
    ['https://template.example:8443', 'api', 'api'],
    ['https://template.example:8443', undefined, 'api'],
  ])('of a token, on %s, asking for the template %s: one of %s', async (origin, template, granted) => {
    const context = contextWith();
    expect(await handleOfSite('get-token', context, { origin, template })).toEqual(TOKEN);
    expect(context.auth.getToken).toHaveBeenCalledExactlyOnceWith({ template: granted });
  });

  test.each([
    ['https://token.example', 'api'],
    ['https://template.example:8443', 'admin'],
    ['https://template.example', undefined],
    ['https://site.example', undefined],
  ])('of a token, on %s, asking for the template %s: nothing', async (origin, template) => {
    const context = contextWith();
    await expect(handleOfSite('get-token', context, { origin, template })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(context.auth.getToken).not.toHaveBeenCalled();
  });
});

describe('what our own page gets', () => {
  test('of a token: with all the options that it named', async () => {
    const context = contextWith();
    await handle('get-token', context, { template: 'admin', skipCache: true });
    expect(context.auth.getToken).toHaveBeenCalledExactlyOnceWith({ template: 'admin', skipCache: true });
  });

  test.each([
    ['get-session', 'getSession', [{ sessionId: 'sess_1' }]],
    ['set-active', 'setActive', [{ sessionId: 'sess_1', organizationId: null }]],
    ['touch-session', 'touchSession', [{ intent: 'focus' }]],
    ['end-session', 'endSession', [{ sessionId: 'sess_1' }]],
    ['remove-session', 'removeSession', [{}]],
    ['sign-out', 'signOut', [{ sessionId: 'sess_1' }]],
    ['list-organizations', 'listOrganizations', [{ sessionId: 'sess_1' }]],
  ] as const)('%s: what it named, and no more', async (type, method, options) => {
    const context = contextWith();
    await handle(type, context, ...options);
    expect(context.auth[method]).toHaveBeenCalledExactlyOnceWith(...options);
  });

  test('check-authorization: the question, and of which session', async () => {
    const context = contextWith();
    await handle('check-authorization', context, { role: 'org:admin', sessionId: 'sess_1' });
    expect(context.auth.checkAuthorization).toHaveBeenCalledExactlyOnceWith(
      { role: 'org:admin' },
      { sessionId: 'sess_1' },
    );
  });

  test('of the person: all of it', async () => {
    expect(await handle('get-user', contextWith())).toEqual(ADA);
  });

  test('of the developer’s API: what it answered, asked as the page said', async () => {
    const context = contextWith();
    const url = 'https://api.example/me';
    expect(await handle('fetch-api', context, { url, method: 'GET' })).toEqual(API_RESPONSE);
    expect(context.fetchApi).toHaveBeenCalledExactlyOnceWith(url, { method: 'GET' });
  });
});
