import { describe, expect, test, vi } from 'vitest';
import { AuthStore } from '../src/client/auth-store';
import { ADA, fakeBackground, PENDING_ADA } from './support/fake-background';
import { sessionOf } from './support/sessions';

const never = () => new Promise<never>(() => {});
const GRACE = { ...ADA, userId: 'user_2', sessionId: 'sess_2', firstName: 'Grace' };
const BOTH = [sessionOf(ADA), sessionOf(GRACE)];

function follow(store: AuthStore) {
  const onChange = vi.fn();
  store.subscribe(onChange);
  return onChange;
}

describe('what a page knows', () => {
  test('every session that is published, and which one is active', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    const store = new AuthStore();
    expect(store.get()).toMatchObject({ sessions: undefined, activeSessionId: undefined });
    follow(store);
    await publish({ revision: 1, user: ADA, sessions: BOTH });
    expect(store.get()).toMatchObject({ user: ADA, sessions: BOTH, activeSessionId: 'sess_1' });
    await publish({ revision: 2, user: GRACE, sessions: BOTH });
    expect(store.get()).toMatchObject({ user: GRACE, activeSessionId: 'sess_2' });
    await publish({ revision: 3, user: null, sessions: [] });
    expect(store.get()).toMatchObject({ user: null, sessions: [], activeSessionId: null });
  });

  test('the session of somebody with a task left, who is not signed in', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    const store = new AuthStore();
    follow(store);
    await publish({ revision: 1, user: PENDING_ADA });
    expect(store.get()).toMatchObject({ user: null, pending: PENDING_ADA, activeSessionId: 'sess_1' });
  });

  test('after an answer that is newer: the sessions that were published by then', async () => {
    const { publish } = fakeBackground({
      'get-user': async () => {
        await publish({ revision: 2, user: GRACE, sessions: BOTH });
        return { ok: true, value: GRACE, revision: 2 };
      },
    });
    await publish({ revision: 1, user: ADA });
    const store = new AuthStore();
    await store.read();
    await store.ask();
    expect(store.get()).toMatchObject({ user: GRACE, sessions: BOTH, activeSessionId: 'sess_2' });
  });

  test('after an answer before anything was published: no guess at the sessions, and then what is published', async () => {
    const { publish } = fakeBackground({ 'get-user': { ok: true, value: ADA } });
    const store = new AuthStore();
    follow(store);
    await vi.waitFor(() => expect(store.get().user).toEqual(ADA));
    expect(store.get().sessions).toBeUndefined();
    await publish({ revision: 1, user: ADA, sessions: BOTH });
    expect(store.get().sessions).toEqual(BOTH);
  });

  test('no older state, and no other answer for the same', async () => {
    const { publish } = fakeBackground({ 'get-user': { ok: true, value: null } });
    const store = new AuthStore();
    follow(store);
    await publish({ revision: 1, user: ADA });
    await store.ask();
    expect(store.get().user).toEqual(ADA);
    await publish({ revision: 0, user: GRACE });
    expect(store.get().user).toEqual(ADA);
  });

  test('of times that move on without a change of the state, the newest', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    const store = new AuthStore();
    follow(store);
    await publish({ revision: 1, user: ADA, sessions: BOTH });
    const { user } = store.get();
    const verified = sessionOf(ADA, { factorVerificationAge: [0, -1] });
    await publish({ revision: 1, user: ADA, sessions: [verified, sessionOf(GRACE)] });
    expect(store.get().sessions?.[0]).toEqual(verified);
    expect(store.get().user).toBe(user);
  });

  test('of what stays the same, the same object', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    const store = new AuthStore();
    const onChange = follow(store);
    await publish({ revision: 1, user: ADA, sessions: BOTH });
    const { user, sessions } = store.get();
    await publish({
      revision: 2,
      user: { ...ADA },
      sessions: [sessionOf(ADA), sessionOf(GRACE, { lastActiveAt: 5 })],
    });
    expect(store.get().user).toBe(user);
    expect(store.get().sessions?.[0]).toBe(sessions?.[0]);
    expect(store.get().sessions?.[1]?.lastActiveAt).toBe(5);
    onChange.mockClear();
    await publish({
      revision: 3,
      user: ADA,
      sessions: [sessionOf(ADA), sessionOf(GRACE, { lastActiveAt: 5 })],
    });
    expect(onChange).not.toHaveBeenCalled();
  });
});
