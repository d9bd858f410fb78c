import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { ClaimsStore } from '../src/client/claims-store';
import { tokenKeyOf } from '../src/shared/held-tokens';
import { fakeBackground } from './support/fake-background';
import { keepTokens } from './support/sessions';

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const OF_ADA = { sessionId: 'sess_1', organizationId: null };
const OF_ADA_IN_ORG = { sessionId: 'sess_1', organizationId: 'org_1' };

let background: ReturnType<typeof fakeBackground>;
let store: ClaimsStore;
beforeEach(() => {
  background = fakeBackground({ 'get-token': { ok: true, value: null } });
  store = new ClaimsStore();
});

describe('the claims that a page knows', () => {
  test('are not known before something is read', async () => {
    await keepTokens([{ sessionId: 'sess_1', claims: { plan: 'pro' } }]);
    expect(store.peek(OF_ADA)).toBeUndefined();
    await store.read();
    expect(store.peek(OF_ADA)?.claims).toMatchObject({ sid: 'sess_1', plan: 'pro' });
    expect(store.peek(OF_ADA)?.expiresAt).toBe(60_000);
  });

  test('are those of one session and one organization, of no template', async () => {
    await keepTokens([{ sessionId: 'sess_1', organizationId: 'org_1', claims: { plan: 'team' } }]);
    await store.read();
    expect(store.peek(OF_ADA)).toBeNull();
    expect(store.peek({ ...OF_ADA_IN_ORG, sessionId: 'sess_2' })).toBeNull();
    expect(store.peek(OF_ADA_IN_ORG)?.claims).toMatchObject({ plan: 'team' });
    const key = tokenKeyOf('sess_1', null, 'api');
    await fakeBrowser.storage.session.set({ tokens: { [key]: { token: 'a.b.c' } } });
    expect(store.peek(OF_ADA)).toBeNull();
  });

  test('follow what the background keeps, and are gone with it', async () => {
    const onChange = vi.fn();
    store.subscribe(onChange);
    await store.read();
    await keepTokens([{ sessionId: 'sess_1', claims: { plan: 'free' } }]);
    const first = store.peek(OF_ADA);
    await keepTokens([
      { sessionId: 'sess_1', claims: { plan: 'free' } },
      { sessionId: 'sess_2', claims: {} },
    ]);
    expect(store.peek(OF_ADA)).toBe(first);
    await keepTokens([{ sessionId: 'sess_1', claims: { plan: 'pro' } }]);
    expect(store.peek(OF_ADA)?.claims).toMatchObject({ plan: 'pro' });
    await fakeBrowser.storage.session.remove('tokens');
    expect(store.peek(OF_ADA)).toBeNull();
    expect(onChange).toHaveBeenCalledTimes(5);
  });

  test('never have the token in them', async () => {
    await keepTokens([{ sessionId: 'sess_1', claims: {} }]);
    await store.read();
    expect(JSON.stringify(store.peek(OF_ADA))).not.toContain('signature');
  });

  test('are none of what is no JWT', async () => {
    await fakeBrowser.storage.session.set({
      tokens: { [tokenKeyOf('sess_1', null, undefined)]: { token: 'a' } },
    });
    await store.read();
    expect(store.peek(OF_ADA)).toBeNull();
  });
});

describe('who reads claims', () => {
  const want = async () => {
    store.want(OF_ADA);
    await settled();
  };

  test('has the background get a token where there is none, once', async () => {
    await want();
    await want();
    expect(background.asked).toEqual([{ type: 'get-token', sessionId: 'sess_1' }]);
  });

  test('asks nothing where there is a valid one', async () => {
    await keepTokens([{ sessionId: 'sess_1', claims: {} }]);
    await want();
    expect(background.asked).toEqual([]);
  });

  test('has one that is over made anew, and what it said meanwhile', async () => {
    await keepTokens([{ sessionId: 'sess_1', claims: { plan: 'pro' }, askedAt: Date.now() - 61_000 }]);
    await want();
    expect(background.asked).toHaveLength(1);
    expect(store.peek(OF_ADA)?.claims).toMatchObject({ plan: 'pro' });
  });

  test('bears a background that has no answer, and asks it again later', async () => {
    background = fakeBackground({ 'get-token': { ok: false, error: { code: 'offline', message: '' } } });
    await want();
    await want();
    expect(background.asked).toHaveLength(1);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_001);
    await want();
    expect(background.asked).toHaveLength(2);
  });
});

test('a token’s key is that of its session, organization and template', () => {
  expect(tokenKeyOf('sess_1', null, undefined)).toBe('["sess_1",null,null]');
  expect(tokenKeyOf('sess_1', 'org_1', 'api')).toBe('["sess_1","org_1","api"]');
});
